//! The page of the sandbox in HTML, in Chinese and English, without a script. Must not be added here: a decision.

use crate::docs_page::escape;
use linli_economy::time::Instant;
use linli_payments::sandbox::{Page, PageState};

/// Of each act: what stands in its address, and on its button.
const BUTTONS: [(&str, &str, &str); 6] = [
    ("approve", "支付", "Pay"),
    ("decline", "拒绝支付", "Decline"),
    ("delay", "一分钟后支付", "Pay in a minute"),
    ("delay-late", "二十分钟后支付（已过期）", "Pay in twenty minutes, too late"),
    ("answer-twice", "支付，并通知两次", "Pay, and report it twice"),
    ("pay-twice", "支付两次", "Pay twice"),
];

/// The page of a payment with this reference.
pub fn page(reference: &str, page: &Page) -> String {
    let Page { payment, amount, title, expires, state } = page;
    let (title, payment) = (escape(title.as_str()), escape(payment.as_str()));
    let until = time(*expires);
    let mut html = format!(
        "<!doctype html><html lang=zh><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>沙箱支付 Sandbox payment</title><link rel=stylesheet href=/docs/style.css>\
         <h1>沙箱支付 <small>Sandbox payment</small></h1>\
         <p class=note>沙箱中没有真实资金。No money moves in a sandbox.</p>\
         <table><tr><th>金额 Amount<td>¥{amount}<tr><th>内容 For<td>{title}<tr><th>支付单 Payment<td><code>{payment}</code>\
         <tr><th>有效至 Valid until<td>{until}<tr><th>状态 State<td>{}</table>",
        words(*state)
    );
    html += &format!("<p><a href=\"/p/{payment}\">付款凭证 Receipt</a>");
    if matches!(state, PageState::Waiting | PageState::Declined) {
        let reference = escape(reference);
        for (act, chinese, english) in BUTTONS {
            html += &format!(
                "<form method=post action=\"/sandbox/pay/{reference}/{act}\"><button>{chinese} {english}</button></form>"
            );
        }
    }
    html
}

fn words(state: PageState) -> String {
    match state {
        PageState::Waiting => "待支付 waiting".into(),
        PageState::Declined => "已拒绝，可重新选择 declined; you may decide again".into(),
        PageState::Delayed(at) => format!("将于 {} 支付 will be paid then", time(at)),
        PageState::Paid => "已支付 paid".into(),
        PageState::Closed => "已关闭 closed".into(),
    }
}

fn time(seconds: i64) -> String {
    Instant { seconds, nanoseconds: 0 }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::sandbox::page::ACTS;
    use linli_payments::{Amount, Id, Line};

    fn of(state: PageState) -> String {
        let (payment, title) = (Id::new("P1").expect("an id"), Line::new("<b>\"店\"&").expect("a line"));
        let amount = Amount::of_fen(8_800).expect("an amount");
        page("abc", &Page { payment, amount, title, expires: 0, state })
    }

    #[test]
    fn each_act_has_its_button_while_the_payer_can_decide() {
        let names: Vec<_> = BUTTONS.iter().map(|(act, ..)| *act).collect();
        assert_eq!(names, ACTS.map(|(act, _)| act));
        for (state, count) in [
            (PageState::Waiting, 6),
            (PageState::Declined, 6),
            (PageState::Delayed(60), 0),
            (PageState::Paid, 0),
            (PageState::Closed, 0),
        ] {
            assert_eq!(of(state).matches("<form method=post").count(), count, "{state:?}");
        }
    }

    #[test]
    fn what_others_wrote_is_text_on_the_page() {
        let html = of(PageState::Waiting);
        assert!(html.contains("&lt;b&gt;&quot;店&quot;&amp;") && !html.contains("<b>"), "{html}");
        assert!(!html.contains("<script") && html.contains("¥88.00"));
    }
}
