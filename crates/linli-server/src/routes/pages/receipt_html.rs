//! The receipt in HTML, in the language of whoever looks, without a script. Must not be added here: an amount that nobody has
//! computed.

use super::html::encoded;
use super::receipt::{Paid, Receipt};
use crate::docs_page::escape;
use crate::pages::{Frame, Language, Words, filled};
use crate::routes::payments::OrderOfPayment;
use crate::routes::split::Split;

/// Seconds between two looks at a payment that is not decided yet.
const LOOK_AGAIN: u8 = 3;

/// The page of a payment.
pub fn page(language: Language, receipt: &Receipt) -> String {
    let words = Words::of(language);
    let payment = &receipt.payment;
    let here = format!("/p/{}", encoded(&payment.payment));
    let refresh = match (payment.state, &payment.page, receipt.goes_on) {
        ("open", Some(page), true) => Some((0, page.as_str())),
        ("open" | "arrived", ..) => Some((LOOK_AGAIN, here.as_str())),
        _ => None,
    };
    let title = words.text("page.receipt");
    let body = format!("{}{}", head(words, receipt), orders(words, receipt));
    Frame { words, title, here: &here, refresh }.around(&body)
}

fn head(words: Words, receipt: &Receipt) -> String {
    let payment = &receipt.payment;
    let mut html = format!(
        "<section class=card><h1>{}</h1><p class=big>¥{}</p><p class=\"{}\" role=status>{}</p>",
        words.text("page.receipt"),
        payment.amount,
        if payment.state == "carried_out" { "gain" } else { "notice" },
        words.named("page.payment", payment.state),
    );
    if payment.due_back != "0.00" || payment.given_back != "0.00" {
        html += &row(words, "page.due_back", &payment.due_back);
        html += &row(words, "page.given_back", &payment.given_back);
    }
    if let Some(page) = &payment.page {
        let (page, go) = (escape(page), words.text("page.go_pay"));
        html += &format!("<p class=stack><a class=button href=\"{page}\">{go}</a></p>");
    }
    let store = payment.orders.iter().find_map(|order| order.store.as_deref());
    if let ("declined" | "closed" | "expired", Some(store)) = (payment.state, store) {
        let again = words.text("page.again");
        html += &format!("<p><a class=button href=\"/s/{}\">{again}</a></p>", encoded(store));
    }
    html += &format!(
        "<dl><dt>{}<dd>{}<dt>{}<dd><code>{}</code></dl></section>",
        words.text("page.since"),
        shanghai(&payment.since),
        words.text("page.payment_id"),
        escape(&payment.payment),
    );
    html
}

fn row(words: Words, key: &str, amount: &str) -> String {
    format!("<p class=row><span>{}</span><span class=money>¥{amount}</span></p>", words.text(key))
}

fn orders(words: Words, receipt: &Receipt) -> String {
    receipt.payment.orders.iter().zip(&receipt.orders).map(|(order, paid)| card(words, order, paid)).collect()
}

fn card(words: Words, order: &OrderOfPayment, paid: &Paid) -> String {
    let mut html = format!(
        "<section class=card><h2>{}</h2><p class=row><span>{}</span><span class=money>¥{}</span></p>",
        escape(&paid.seller),
        words.text("page.amount"),
        order.amount,
    );
    if order.from_spend != "0.00" {
        html += &row(words, "page.from_spend", &order.from_spend);
    }
    if let Some(split) = &paid.split {
        html += &went(words, split);
    }
    let order = escape(&order.order);
    html + &format!("<p class=soft>{} <code>{order}</code></p></section>", words.text("page.order"))
}

/// Where each yuan went, which sums to what was paid.
fn went(words: Words, split: &Split) -> String {
    let mut html = format!(
        "<h2>{}</h2><p class=soft>{}</p><table><tbody>",
        words.text(if split.is_settled() { "page.went" } else { "page.goes" }),
        filled(
            words.text("page.by_plan"),
            &[("plan", &escape(&split.plan.name)), ("version", &split.plan.version.to_string())]
        ),
    );
    for leg in &split.legs {
        // The store's rate is what is kept of the order; the store gets the rest.
        let told = |rate: &str| match leg.to {
            "store" => filled(words.text("split.after_take"), &[("rate", rate)]),
            _ => rate.to_string(),
        };
        let rate = leg.rate.as_deref().map(|rate| format!(" <span class=soft>{}</span>", told(rate)));
        let rate = rate.unwrap_or_default();
        html += &format!(
            "<tr><th scope=row>{}{rate}<td class=money>¥{}</tr>",
            escape(&words.named("part", leg.to)),
            leg.amount,
        );
    }
    html += &format!(
        "<tr><th scope=row>{}<td class=money>¥{}</tr></tbody><tfoot><tr><th scope=row>{}<td class=money>¥{}</tr></tfoot></table>",
        words.text("part.pool"),
        split.pool.amount,
        words.text("page.sum"),
        split.amount,
    );
    if split.pool.minted.bytes().any(|digit| digit.is_ascii_digit() && digit != b'0') {
        let text = filled(words.text("page.minted"), &[("points", &split.pool.minted)]);
        html += &format!("<p>{text}</p><p class=soft>{}</p>", words.text("page.no_promise"));
    }
    html
}

/// A time as people of the platform read it: `2026-01-31 08:00:00` by the clock of Asia/Shanghai.
fn shanghai(text: &str) -> String {
    let read = linli_economy::time::Instant::parse(text);
    let Some(at) = read else { return escape(text) };
    let at = linli_economy::time::Instant { seconds: at.seconds + 8 * 3_600, nanoseconds: 0 };
    at.to_string().replace('T', " ").trim_end_matches('Z').to_string()
}
