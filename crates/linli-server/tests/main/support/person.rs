//! How the tests log in and ask as people do.

use super::{TestApp, json, send};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

/// The time-based code of a secret now.
pub fn totp(secret: &str, now: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("a secret");
    let totp = totp_rs::Builder::new().with_secret(secret).build().expect("the usual settings");
    totp.generate(u64::try_from(now).expect("after 1970")).to_string()
}

/// A picture of one colour.
pub fn picture(shade: u8) -> Vec<u8> {
    let image = image::RgbImage::from_pixel(16, 8, image::Rgb([shade, 90, 120]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

impl TestApp {
    pub fn form(&self, target: &str, body: &Value) -> RequestBuilder {
        let request = self.unsigned(Method::POST, target).header("content-type", "application/json");
        request.body(body.to_string())
    }

    pub async fn open(&self, target: &str, body: &Value) -> Response {
        send(self.form(target, body)).await
    }

    /// The code that was sent last.
    pub async fn last_code(&self) -> String {
        let messages = json(send(self.unsigned(Method::GET, "/v1/sandbox/messages")).await).await;
        // Notices have none.
        let mut codes =
            messages.as_array().expect("a list").iter().filter_map(|message| message["code"].as_str());
        codes.next().expect("a code").to_string()
    }

    pub async fn code_for(&self, phone: &str) -> String {
        assert_eq!(self.open("/v1/login/codes", &json!({ "phone": phone })).await.status(), 202);
        self.last_code().await
    }

    /// The token of whoever registers with this number.
    pub async fn register(&self, phone: &str, invitation: Value) -> (String, String) {
        let code = self.code_for(phone).await;
        let register = json!({ "terms": 1, "invitation": invitation });
        let body = json!({ "phone": phone, "code": code, "register": register });
        let response = self.open("/v1/login", &body).await;
        assert_eq!(response.status(), 200);
        let body = json(response).await;
        assert_eq!(body["is_new"], true);
        (body["account"].as_str().expect("an id").into(), body["token"].as_str().expect("a token").into())
    }

    pub async fn with_token(
        &self,
        method: Method,
        target: &str,
        token: &str,
        key: &str,
        body: &Value,
    ) -> Response {
        let request = self.unsigned(method, target).header("authorization", format!("Bearer {token}"));
        let request = request.header("content-type", "application/json").header("idempotency-key", key);
        send(request.body(body.to_string())).await
    }

    pub async fn look(&self, target: &str, token: &str) -> Response {
        send(self.unsigned(Method::GET, target).header("authorization", format!("Bearer {token}"))).await
    }

    /// A file that somebody uploads.
    pub async fn upload(&self, token: &str, target: &str, bytes: Vec<u8>) -> Response {
        let request = self.unsigned(Method::POST, target).header("authorization", format!("Bearer {token}"));
        let request = request.header("content-type", "application/octet-stream");
        send(request.header("idempotency-key", self.nonce()).body(bytes)).await
    }

    /// One that is taken; gives its id.
    pub async fn uploaded(&self, token: &str, target: &str, bytes: Vec<u8>) -> String {
        let response = self.upload(token, target, bytes).await;
        assert_eq!(response.status(), 200);
        json(response).await["id"].as_str().expect("an id").into()
    }
}
