//! What is asked, as the bytes that go out.

use super::load::Request;
use super::world::{MEMBERS, SECRET, STORES, World};
use linli_server::signature::Signed;

/// Signed orders of different members in different stores, each under its own key.
pub fn orders(world: &World, count: usize) -> Vec<Request> {
    let line = |number: usize| {
        let (member, store) = (number * 7_919 % MEMBERS, number * 31 % STORES);
        format!(
            r#"{{"cmd":"pay","order":"O{number}","member":"M{member}","store":"S{store}","amount":"58.00"}}"#
        )
    };
    (0..count)
        .map(|number| signed(world, "/v1/orders", "application/json", &format!("o{number}"), &line(number)))
        .collect()
}

/// Orders that are settled at once, many in a call.
pub fn bulk(world: &World, calls: usize, lines: usize) -> Vec<Request> {
    let line = |number: usize| {
        let (member, store) = (number * 7_919 % MEMBERS, number * 31 % STORES);
        format!(
            "{{\"cmd\":\"settle\",\"order\":\"B{number}\",\"member\":\"M{member}\",\"store\":\"S{store}\",\"amount\":\"58.00\"}}\n"
        )
    };
    let body = |call: usize| (call * lines..(call + 1) * lines).map(line).collect::<String>();
    (0..calls)
        .map(|call| signed(world, "/v1/commands", "application/x-ndjson", &format!("b{call}"), &body(call)))
        .collect()
}

/// Members who look at what they have.
pub fn homes(world: &World, count: usize) -> Vec<Request> {
    let request = |number: usize| {
        let token = &world.tokens[number * 7_919 % world.tokens.len()];
        let head =
            format!("GET /v1/me/home HTTP/1.1\r\nhost: linli\r\nauthorization: Bearer {token}\r\n\r\n");
        Request::from(head.into_bytes())
    };
    (0..count).map(request).collect()
}

fn signed(world: &World, target: &str, kind: &str, key: &str, body: &str) -> Request {
    let time = world.now.to_string();
    let signature =
        Signed { time: &time, nonce: key, method: "POST", target, body: body.as_bytes() }.sign(SECRET);
    let length = body.len();
    let head = format!(
        "POST {target} HTTP/1.1\r\nhost: linli\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\
         linli-key: bench\r\nlinli-time: {time}\r\nlinli-signature: {signature}\r\nidempotency-key: {key}\r\n\r\n"
    );
    Request::from((head + body).into_bytes())
}
