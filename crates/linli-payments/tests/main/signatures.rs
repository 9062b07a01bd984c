//! The form of a signed call, and who is believed. The codes were computed with openssl:
//! `printf 'LINLI-PAYMENT-V1\n1767225600\nE1\n{"a":1}' | openssl dgst -sha256 -hmac this-is-a-secret-of-32-bytes-----`.

use linli_payments::signature::{ID_HEADER, SIGNATURE_HEADER, TIME_HEADER};
use linli_payments::{Code, Id, Refusal, Secret, SignedCall};

const SECRET: &[u8] = b"this-is-a-secret-of-32-bytes-----";
const LONG: &[u8] = b"another secret, of more than thirty-two bytes and even more than sixty-four of them";
const AT: i64 = 1_767_225_600;

fn secret(bytes: &[u8]) -> Secret {
    Secret::new(bytes).expect("a secret")
}

fn id(text: &str) -> Id {
    Id::new(text).expect("an id")
}

fn read(headers: [(&str, &str); 3], body: &[u8]) -> Result<SignedCall, Refusal> {
    let find = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    SignedCall::from_headers(find, body.to_vec())
}

#[test]
fn the_code_is_what_another_program_computes() {
    for (bytes, call_id, time, body, code) in [
        (
            SECRET,
            "E1",
            AT,
            "{\"a\":1}",
            "v1=e9770f2e5ce58a82068ed06ad18512da72e50d7cdb9e018443c1e5b15b760af0",
        ),
        (LONG, "-._Az09", 0, "", "v1=aff671cf58c052ddd06d7af372a1f6273a7114bde7f7e05ee681cbe8bf5c925b"),
    ] {
        let call = SignedCall::sign(&secret(bytes), id(call_id), time, body.as_bytes().to_vec());
        assert_eq!(call.headers()[2], (SIGNATURE_HEADER, code.to_owned()));
        let time = time.to_string();
        let headers = [(TIME_HEADER, &*time), (ID_HEADER, call_id), (SIGNATURE_HEADER, code)];
        assert_eq!(read(headers, body.as_bytes()).expect("well-formed"), call);
    }
}

#[test]
fn what_was_changed_or_signed_by_another_is_not_believed() {
    let call = SignedCall::sign(&secret(SECRET), id("E1"), AT, b"{}".to_vec());
    assert_eq!(call.verify(&[secret(LONG), secret(SECRET)], AT).expect("one of two"), b"{}");
    let [(_, time), (_, call_id), (_, code)] = call.headers();
    let flipped = code.replace(&code[3..4], if &code[3..4] == "0" { "1" } else { "0" });
    for (time, call_id, code, body) in [
        (&*time, &*call_id, &*code, "{ }"),
        ("1767225601", &*call_id, &*code, "{}"),
        (&*time, "E2", &*code, "{}"),
        (&*time, &*call_id, &*flipped, "{}"),
    ] {
        let headers = [(TIME_HEADER, time), (ID_HEADER, call_id), (SIGNATURE_HEADER, code)];
        let changed = read(headers, body.as_bytes()).expect("well-formed");
        let refusal = changed.verify(&[secret(SECRET)], AT).expect_err("changed");
        assert_eq!(refusal.code, Code::SignatureWrong);
    }
    for secrets in [vec![], vec![secret(LONG)]] {
        assert_eq!(call.verify(&secrets, AT).expect_err("not known").code, Code::SignatureWrong);
    }
}

#[test]
fn a_call_holds_for_five_minutes_before_and_after_its_time() {
    let call = SignedCall::sign(&secret(SECRET), id("E1"), AT, Vec::new());
    for (now, result) in [
        (AT - 301, Err(Code::SignatureExpired)),
        (AT - 300, Ok(())),
        (AT + 300, Ok(())),
        (AT + 301, Err(Code::SignatureExpired)),
        (i64::MIN, Err(Code::SignatureExpired)),
        (i64::MAX, Err(Code::SignatureExpired)),
    ] {
        let verified = call.verify(&[secret(SECRET)], now).map(drop).map_err(|refusal| refusal.code);
        assert_eq!(verified, result, "{now}");
    }
}

#[test]
fn headers_of_another_form_are_named() {
    let call = SignedCall::sign(&secret(SECRET), id("E1"), AT, Vec::new());
    let code = call.headers()[2].1.clone();
    let short = &code[..66];
    let upper = code.to_uppercase().replace("V1", "v1");
    for (time, call_id, code, named) in [
        ("", "E1", &*code, TIME_HEADER),
        ("-1", "E1", &*code, TIME_HEADER),
        ("01", "E1", &*code, TIME_HEADER),
        ("+1", "E1", &*code, TIME_HEADER),
        ("99999999999999999999", "E1", &*code, TIME_HEADER),
        ("1", "", &*code, ID_HEADER),
        ("1", "E\n1", &*code, ID_HEADER),
        ("1", "E1", &code[3..], SIGNATURE_HEADER),
        ("1", "E1", short, SIGNATURE_HEADER),
        ("1", "E1", &*upper, SIGNATURE_HEADER),
    ] {
        let headers = [(TIME_HEADER, time), (ID_HEADER, call_id), (SIGNATURE_HEADER, code)];
        let refusal = read(headers, b"").expect_err(named);
        assert_eq!(refusal.code, Code::SignatureMalformed);
        assert!(refusal.message.starts_with(named), "{refusal}");
    }
    assert_eq!(
        SignedCall::from_headers(|_| None, Vec::new()).expect_err("none").code,
        Code::SignatureMalformed
    );
}

#[test]
fn a_secret_is_long_enough_and_never_shown() {
    for (bytes, fits) in [(31, false), (32, true), (256, true), (257, false)] {
        assert_eq!(Secret::new(&vec![b'x'; bytes]).is_ok(), fits, "{bytes}");
    }
    assert_eq!(format!("{:?}", secret(SECRET)), "Secret");
    let call = SignedCall::sign(&secret(SECRET), id("E1"), AT, b"openid-77".to_vec());
    assert!(!format!("{call:?}").contains("77"));
}
