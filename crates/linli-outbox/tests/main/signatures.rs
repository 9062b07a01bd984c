//! Signatures of webhooks: those of Standard Webhooks' own libraries, and everything that is not believed.

use linli_outbox::webhook::{Headers, Received, Secret, TOLERANCE_SECONDS, Unsignable};

const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const AT: i64 = 1_614_265_330;
const BODY: &[u8] = br#"{"test": 2432232314}"#;

fn secret(text: &str) -> Secret {
    Secret::parse(text).expect("a secret")
}

/// The secret of the libraries' tests.
fn theirs() -> Secret {
    secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
}

/// The bytes 0 to 31.
fn ours() -> Secret {
    secret(crate::support::SECRET)
}

fn code(received: &Received<'_>, now: i64) -> &'static str {
    received.verify(&[theirs()], now).map_or_else(|error| error.code(), |()| "verified")
}

#[test]
fn signatures_are_those_of_the_libraries() {
    for (secret, id, at, body, signature) in [
        (theirs(), ID, AT, BODY, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        (ours(), ID, AT, BODY, "v1,O4Gjv1HqPqsMrjmczoggs/sWA8gZD0VyHG+fLh4+ktI="),
        (
            ours(),
            "webhook:E1:17",
            1_767_225_600,
            "{\"a\":\"\u{90bb}\u{91cc}\"}".as_bytes(),
            "v1,JKIPY41dnABLgO/r07fDB1+LcU79KFAX2cPJSKPUOuQ=",
        ),
    ] {
        let headers = Headers::sign(id, at, body, &[secret]).expect("signed");
        assert_eq!(headers.signature, signature);
        assert_eq!((headers.id.as_str(), headers.timestamp), (id, at.to_string()));
    }
}

#[test]
fn while_a_secret_is_replaced_either_is_enough() {
    let headers = Headers::sign(ID, AT, BODY, &[ours(), theirs()]).expect("signed");
    assert_eq!(
        headers.signature,
        "v1,O4Gjv1HqPqsMrjmczoggs/sWA8gZD0VyHG+fLh4+ktI= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    );
    let received =
        Received { id: ID, timestamp: &headers.timestamp, signature: &headers.signature, body: BODY };
    for secrets in [vec![ours()], vec![theirs()], vec![secret(&theirs().reveal()), ours()]] {
        received.verify(&secrets, AT).expect("verified");
    }
    assert_eq!(received.verify(&[], AT).expect_err("no secret").code(), "webhook_signature_wrong");
}

#[test]
fn one_right_signature_among_others_is_enough() {
    let right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    let with =
        |signature: &str| code(&Received { id: ID, timestamp: "1614265330", signature, body: BODY }, AT);
    for signature in
        [right.to_owned(), format!("{wrong} v2,abc {right} {wrong}"), format!("v1a,AAAA {right}")]
    {
        assert_eq!(with(&signature), "verified", "{signature}");
    }
    for signature in [
        "",
        "v1,",
        " ",
        wrong,
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1A==",
        "v1,g0hM",
        "v1,!",
    ] {
        assert_eq!(with(signature), "webhook_signature_wrong", "{signature}");
    }
    assert_eq!(with(&format!("{} {right}", "v1,AAAA ".repeat(600))), "webhook_signature_wrong", "too long");
}

#[test]
fn what_was_changed_is_not_believed() {
    let headers = Headers::sign(ID, AT, BODY, &[theirs()]).expect("signed");
    let received =
        Received { id: ID, timestamp: &headers.timestamp, signature: &headers.signature, body: BODY };
    assert_eq!(code(&received, AT), "verified");
    let id = "msg_p5jXN8AQM9LWM0D4loKWxJeK";
    for changed in [
        Received { id, ..received },
        Received { timestamp: "1614265331", ..received },
        Received { body: br#"{"test": 2432232315}"#, ..received },
        Received { body: b"", ..received },
    ] {
        assert_eq!(code(&changed, AT), "webhook_signature_wrong", "{changed:?}");
    }
    for (changed, expected) in [
        (Received { id: "", ..received }, "webhook_id_malformed"),
        (Received { id: "a.b", ..received }, "webhook_id_malformed"),
        (Received { timestamp: "", ..received }, "webhook_timestamp_malformed"),
        (Received { timestamp: "+1614265330", ..received }, "webhook_timestamp_malformed"),
        (Received { timestamp: "1614265330.0", ..received }, "webhook_timestamp_malformed"),
        (Received { timestamp: "99999999999999999999", ..received }, "webhook_timestamp_malformed"),
        (Received { timestamp: "9223372036854775807", ..received }, "webhook_expired"),
    ] {
        assert_eq!(code(&changed, AT), expected, "{changed:?}");
    }
}

#[test]
fn a_signature_holds_for_five_minutes_before_and_after() {
    let headers = Headers::sign(ID, AT, BODY, &[theirs()]).expect("signed");
    let received =
        Received { id: ID, timestamp: &headers.timestamp, signature: &headers.signature, body: BODY };
    for (now, expected) in [
        (AT - TOLERANCE_SECONDS - 1, "webhook_expired"),
        (AT - TOLERANCE_SECONDS, "verified"),
        (AT + TOLERANCE_SECONDS, "verified"),
        (AT + TOLERANCE_SECONDS + 1, "webhook_expired"),
        (i64::MAX, "webhook_expired"),
        (i64::MIN, "webhook_expired"),
    ] {
        assert_eq!(code(&received, now), expected, "{now}");
    }
}

#[test]
fn an_id_with_a_dot_or_no_secret_is_not_signed() {
    for id in ["", "a.b", "a b", "a\n", "\u{90bb}"] {
        assert_eq!(Headers::sign(id, AT, BODY, &[theirs()]), Err(Unsignable::Id), "{id}");
    }
    assert_eq!(Headers::sign(ID, AT, BODY, &[]), Err(Unsignable::NoSecret));
}
