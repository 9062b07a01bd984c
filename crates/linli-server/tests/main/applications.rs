//! Applications: from a draft with uploaded documents to an open store with its page, over HTTP.

use crate::support::person::picture;
use crate::support::{TestApp, json, problem, send};
use reqwest::{Method, Response};
use serde_json::{Value, json};

/// Two members who can log in, and a desk.
struct Town {
    app: TestApp,
    member: String,
    member_id: String,
    other: String,
    other_id: String,
}

impl Town {
    async fn new() -> Self {
        let app = TestApp::with_desk().await;
        let (member_id, member) = app.register("13800000011", Value::Null).await;
        let (other_id, other) = app.register("13800000012", Value::Null).await;
        Self { app, member, member_id, other, other_id }
    }

    async fn write(&self, token: &str, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, token, &self.app.nonce(), &body).await
    }

    async fn uploaded(&self, token: &str, target: &str, shade: u8) -> String {
        self.app.uploaded(token, target, picture(shade)).await
    }

    async fn drafted(&self, form: &Value) -> String {
        id(self.write(&self.member, "/v1/applications", form.clone()).await).await
    }

    /// A draft with a document, handed in.
    async fn submitted(&self) -> (String, String) {
        let document = self.uploaded(&self.member, "/v1/scans", 40).await;
        let application = self.drafted(&form(&[&document])).await;
        let submit = format!("/v1/applications/{application}/submit");
        assert_eq!(self.write(&self.member, &submit, json!({})).await.status(), 200);
        (application, document)
    }

    async fn read(&self, token: &str, target: &str) -> Value {
        let response = self.app.look(target, token).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }

    async fn public(&self, target: &str) -> Response {
        send(self.app.unsigned(Method::GET, target)).await
    }
}

async fn id(response: Response) -> String {
    let status = response.status();
    let body = json(response).await;
    assert_eq!(status, 200, "{body}");
    body["id"].as_str().expect("an id").to_string()
}

/// A picture of one colour, as a PNG.
fn form(documents: &[&str]) -> Value {
    json!({
        "page": {
            "name": "东记面馆",
            "address": "天河路 1 号",
            "place": { "latitude_microdegrees": 23_129_163, "longitude_microdegrees": 113_264_435 },
            "hours": [{ "days": [1, 2, 3, 4, 5], "from": "18:00", "to": "02:00" }],
            "description": "手工面。",
            "phone": "020-87654321",
        },
        "district": "440106",
        "contact": { "name": "陈东", "phone": "13800009999" },
        "documents": documents,
    })
}

#[tokio::test]
async fn an_approved_application_is_a_store_with_its_page() {
    let town = Town::new().await;
    let (application, _) = town.submitted().await;
    let (ann, _) = town.app.ready("ann").await;
    let waiting = town.read(&ann, "/v1/applications").await;
    assert_eq!(
        (&waiting["items"][0]["id"], &waiting["items"][0]["version"]),
        (&json!(application), &json!(1))
    );
    let approve = format!("/v1/applications/{application}/approve");
    let key = town.app.nonce();
    let mut stores = Vec::new();
    for _ in 0..2 {
        let body = json!({ "version": 1 });
        stores.push(id(town.app.with_token(Method::POST, &approve, &ann, &key, &body).await).await);
    }
    assert_eq!(stores[0], stores[1], "a repeat is answered with the first result");
    let page = json(town.public(&format!("/v1/stores/{}/page", stores[0])).await).await;
    assert_eq!(page["page"]["name"], "东记面馆");
    assert_eq!(page["page"]["phone"], "020-87654321");
    assert_eq!(page["page"]["hours"][0], json!({ "days": [1, 2, 3, 4, 5], "from": "18:00", "to": "02:00" }));
    assert_eq!(page["region"], "广东省广州市天河区");
    assert!(page["link"].as_str().is_some_and(|link| link.ends_with(&format!("/s/{}", stores[0]))));
    let mine = town.read(&town.member, "/v1/me/stores").await;
    assert_eq!(
        (&mine["items"][0]["store"], &mine["items"][0]["is_owner"]),
        (&json!(stores[0]), &json!(true))
    );
    let own = town.read(&town.member, &format!("/v1/applications/{application}")).await;
    assert_eq!((&own["state"], &own["store"]), (&json!("approved"), &json!(stores[0])));
    let late = town.write(&ann, &approve, json!({ "version": 1 })).await;
    assert_eq!(problem(late).await, (409, "application_state".into()));
}

#[tokio::test]
async fn the_desk_asks_refuses_and_says_why() {
    let town = Town::new().await;
    let (application, document) = town.submitted().await;
    let (ann, _) = town.app.ready("ann").await;
    let target = |what: &str| format!("/v1/applications/{application}/{what}");
    assert_eq!(town.write(&ann, &target("ask"), json!({ "note": "补充营业执照" })).await.status(), 200);
    let asked = town.read(&town.member, &format!("/v1/applications/{application}")).await;
    assert_eq!((&asked["state"], &asked["note"]), (&json!("asked"), &json!("补充营业执照")));
    let second = town.uploaded(&town.member, "/v1/scans", 41).await;
    let changed = town.write(&town.member, &target("change"), form(&[&document, &second])).await;
    assert_eq!(changed.status(), 200);
    assert_eq!(town.write(&town.member, &target("submit"), json!({})).await.status(), 200);
    let stale = town.write(&ann, &target("approve"), json!({ "version": 1 })).await;
    assert_eq!(problem(stale).await, (409, "application_changed".into()));
    let refuse = json!({ "version": 2, "reason": "证照不符" });
    assert_eq!(town.write(&ann, &target("refuse"), refuse).await.status(), 200);
    let refused = town.read(&town.member, &format!("/v1/applications/{application}")).await;
    assert_eq!((&refused["state"], &refused["note"]), (&json!("refused"), &json!("证照不符")));
    let again = town.write(&town.member, &target("submit"), json!({})).await;
    assert_eq!(problem(again).await, (409, "application_state".into()));
}

#[tokio::test]
async fn nobody_else_sees_an_application_or_its_documents() {
    let town = Town::new().await;
    let (application, document) = town.submitted().await;
    let (ann, _) = town.app.ready("ann").await;
    let (chen, _) = town.app.ready("chen").await;
    let one = format!("/v1/applications/{application}");
    let file = format!("/v1/scans/{document}");
    assert_eq!(problem(town.app.look(&one, &town.other).await).await, (404, "unknown_application".into()));
    assert_eq!(problem(town.app.look(&file, &town.other).await).await, (404, "unknown_file".into()));
    for what in ["submit", "withdraw"] {
        let refused = town.write(&town.other, &format!("{one}/{what}"), json!({})).await;
        assert_eq!(problem(refused).await, (404, "unknown_application".into()), "{what}");
    }
    assert_eq!(town.app.look(&one, &chen).await.status(), 403, "finance reviews no applications");
    assert_eq!(town.app.look(&file, &chen).await.status(), 403);
    for token in [&town.member, &ann] {
        let seen = town.app.look(&file, token).await;
        assert_eq!(
            (seen.status().as_u16(), crate::support::header(&seen, "content-type")),
            (200, "image/jpeg".into())
        );
    }
    let for_desk = town.read(&ann, &one).await;
    assert_eq!(for_desk["contact"], json!({ "name": "陈**", "phone": "138****9999" }));
    let whole = town.read(&ann, &format!("{one}/contact")).await;
    assert_eq!(whole, json!({ "name": "陈东", "phone": "+8613800009999" }));
    assert_eq!(town.read(&town.member, &one).await["contact"]["phone"], "+8613800009999");
    // What somebody else has uploaded can't be handed in.
    let stolen = town.write(&town.other, "/v1/applications", form(&[&document])).await;
    assert_eq!(problem(stolen).await, (404, "unknown_file".into()));
    // A draft is nobody's but the member's.
    let draft = town.drafted(&form(&[&document])).await;
    assert_eq!(town.app.look(&format!("/v1/applications/{draft}"), &ann).await.status(), 404);
}

#[tokio::test]
async fn who_agreed_is_bound_to_the_recruiter_when_the_store_opens() {
    let town = Town::new().await;
    let document = town.uploaded(&town.member, "/v1/scans", 42).await;
    let mut form = form(&[&document]);
    form["recruited"] = json!({ "recruiter": town.other_id, "consent": 1 });
    let application = town.drafted(&form).await;
    let submit = format!("/v1/applications/{application}/submit");
    assert_eq!(town.write(&town.member, &submit, json!({})).await.status(), 200);
    let (ann, _) = town.app.ready("ann").await;
    let approve = format!("/v1/applications/{application}/approve");
    let store = id(town.write(&ann, &approve, json!({ "version": 1 })).await).await;
    let known = json(town.app.get(&format!("/v1/stores/{store}")).await).await;
    assert_eq!((&known["owner"], &known["recruiter"]), (&json!(town.member_id), &json!(town.other_id)));
    let own = town.read(&town.member, &format!("/v1/applications/{application}")).await;
    assert_eq!((&own["recruiter"], &own["agreed_to_be_bound"]), (&json!(town.other_id), &json!(true)));
}

#[tokio::test]
async fn eight_approvals_at_once_open_one_store() {
    let town = Town::new().await;
    let (application, _) = town.submitted().await;
    let (ann, _) = town.app.ready("ann").await;
    let approve = format!("/v1/applications/{application}/approve");
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..8 {
        let request = town.app.unsigned(Method::POST, &approve);
        let request = request.header("authorization", format!("Bearer {ann}"));
        let request = request.header("content-type", "application/json");
        let request = request.header("idempotency-key", format!("approve-{number}"));
        tasks.spawn(async move { send(request.body(r#"{"version":1}"#)).await.status().as_u16() });
    }
    let mut statuses = tasks.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(town.read(&town.member, "/v1/me/stores").await["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_is_no_application_or_no_picture_changes_nothing() {
    let town = Town::new().await;
    let document = town.uploaded(&town.member, "/v1/scans", 43).await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut form = form(&[&document]);
        change(&mut form);
        form
    };
    let unknown = "0a".repeat(32);
    for (body, wanted) in [
        (with(&|form| form["page"]["name"] = json!("")), (422, "bad_text")),
        (
            with(&|form| form["page"]["name"] = json!("<script>alert(1)</script>".repeat(3))),
            (422, "bad_text"),
        ),
        (
            with(&|form| form["page"]["place"]["latitude_microdegrees"] = json!(90_000_001)),
            (422, "bad_place"),
        ),
        (with(&|form| form["page"]["place"]["latitude_microdegrees"] = json!(23.5)), (400, "bad_body")),
        (with(&|form| form["page"]["hours"][0]["days"] = json!([1, 1])), (422, "bad_hours")),
        (with(&|form| form["page"]["hours"][0]["to"] = json!("25:00")), (400, "bad_parameter")),
        (with(&|form| form["page"]["phone"] = json!("1' OR '1'='1")), (400, "bad_parameter")),
        (with(&|form| form["page"]["photos"] = json!([unknown])), (404, "unknown_file")),
        (with(&|form| form["page"]["photos"] = json!(["../../etc/passwd"])), (404, "unknown_file")),
        (with(&|form| form["documents"] = json!([document, document])), (422, "bad_list")),
        (with(&|form| form["documents"] = json!([unknown])), (404, "unknown_file")),
        (with(&|form| form["district"] = json!("999999")), (404, "unknown_region")),
        (with(&|form| form["rate"] = json!("99%")), (409, "rate_out_of_range")),
        (with(&|form| form["rate"] = json!(0.2)), (400, "bad_body")),
        (with(&|form| form["contact"]["phone"] = json!("1")), (400, "bad_parameter")),
        (with(&|form| form["recruited"] = json!({ "recruiter": town.member_id })), (409, "own_recruiter")),
        (with(&|form| form["owner"] = json!(town.other_id)), (400, "bad_body")),
    ] {
        let (status, code) = problem(town.write(&town.member, "/v1/applications", body.clone()).await).await;
        assert_eq!((status, code.as_str()), wanted, "{body}");
    }
    assert_eq!(town.read(&town.member, "/v1/me/applications").await["items"], json!([]));
    for (bytes, status) in [
        (Vec::new(), 422),
        (b"<svg onload='alert(1)'/>".to_vec(), 422),
        (b"%PDF-1.7".to_vec(), 422),
        (picture(9)[..40].to_vec(), 422),
        (vec![0; 10_000_001], 413),
    ] {
        assert_eq!(town.app.upload(&town.member, "/v1/photos", bytes).await.status(), status);
    }
}

#[tokio::test]
async fn what_nothing_uses_is_taken_away_after_a_week_and_the_rest_stays() {
    let mut town = Town::new().await;
    let photo = town.uploaded(&town.member, "/v1/photos", 50).await;
    let unused = town.uploaded(&town.member, "/v1/photos", 51).await;
    assert_eq!(town.uploaded(&town.other, "/v1/photos", 50).await, photo, "the same is kept once");
    let document = town.uploaded(&town.member, "/v1/scans", 52).await;
    assert_ne!(town.uploaded(&town.other, "/v1/scans", 52).await, document, "each has their own");
    let mut used = form(&[&document]);
    used["page"]["photos"] = json!([photo]);
    let application = town.drafted(&used).await;
    let seen = town.public(&format!("/v1/photos/{photo}")).await;
    assert_eq!(
        (seen.status().as_u16(), crate::support::header(&seen, "content-type")),
        (200, "image/jpeg".into())
    );
    assert_eq!(town.public(&format!("/v1/photos/{photo}/thumbnail")).await.status(), 200);
    assert_eq!(town.public(&format!("/v1/photos/{document}")).await.status(), 404, "a document is no photo");
    town.app.now.fetch_add(7 * 86_400 + 1, std::sync::atomic::Ordering::SeqCst);
    // The service looks when it starts.
    town.app.restart().await;
    let mut looks = 0;
    for gone in [format!("/v1/photos/{unused}"), format!("/v1/photos/{unused}/thumbnail")] {
        while town.public(&gone).await.status() == 200 {
            looks += 1;
            assert!(looks < 10_000, "{gone} stays");
            tokio::task::yield_now().await;
        }
        assert_eq!(town.public(&gone).await.status(), 404);
    }
    assert_eq!(town.public(&format!("/v1/photos/{photo}")).await.status(), 200);
    assert_eq!(town.public(&format!("/v1/photos/{photo}/thumbnail")).await.status(), 200);
    assert_eq!(town.app.look(&format!("/v1/scans/{document}"), &town.member).await.status(), 200);
    let submit = format!("/v1/applications/{application}/submit");
    assert_eq!(town.write(&town.member, &submit, json!({})).await.status(), 200);
}
