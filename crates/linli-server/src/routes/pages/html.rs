//! The pay page in HTML, in the language of whoever looks, without a script. Must not be added here: a decision, an amount
//! that nobody has computed.

use super::pay::{Due, Payer, Seller};
use crate::docs_page::escape;
use crate::pages::{Frame, Language, Words, filled};
use crate::routes::binding::ShownInvitation;

/// The page of a store or of a code.
pub fn page(
    language: Language,
    seller: &Seller,
    payer: &Payer,
    due: &Due<'_>,
    asked: Option<&ShownInvitation>,
    key: &str,
) -> String {
    let words = Words::of(language);
    let here = match due {
        Due::Any => format!("/s/{}", encoded(&seller.store)),
        Due::Exactly { code, .. } => format!("/c/{}", encoded(code)),
    };
    let body = format!(
        "<section class=card><div><h1>{}</h1><p class=soft>{}</p></div>{}</section>{}",
        escape(&seller.name),
        escape(&seller.address),
        form(words, seller, payer, due, &here, key),
        asked.map_or(String::new(), |asked| invitation(words, asked, payer, &seller.store, key)),
    );
    let title = filled(words.text("page.pay_title"), &[("store", &seller.name)]);
    Frame { words, title: &title, here: &here, refresh: None }.around(&body)
}

/// The form, or why nothing can be paid.
fn form(words: Words, seller: &Seller, payer: &Payer, due: &Due<'_>, here: &str, key: &str) -> String {
    if !seller.takes_orders {
        return format!("<p class=notice>{}</p>", words.text("page.closed"));
    }
    let amount = match due {
        Due::Any => format!(
            "<div class=field><label for=amount>{}</label><div class=amount><span aria-hidden=true>¥</span>\
             <input id=amount name=amount required inputmode=decimal autocomplete=off maxlength=14 \
             pattern=\"[0-9]{{1,11}}(\\.[0-9]{{1,2}})?\" title=\"{1}\" aria-describedby=amount-hint></div>\
             <p id=amount-hint class=soft>{1}</p></div>",
            words.text("page.amount"),
            words.text("page.amount_hint"),
        ),
        Due::Exactly { yuan, state: "offered" | "held", .. } => {
            format!("<p class=soft>{}</p><p class=big>¥{yuan}</p>", words.text("page.amount"))
        }
        Due::Exactly { yuan, state, .. } => {
            return format!(
                "<p class=big>¥{yuan}</p><p class=notice>{}</p>",
                words.named("page.code", state)
            );
        }
    };
    format!(
        "<form class=stack method=post action=\"{here}/pay\"><input type=hidden name=key value=\"{key}\">{amount}{}\
         <button>{}</button>{}</form>",
        spending(words, payer),
        words.text("page.pay"),
        as_whom(words, payer, &seller.store),
    )
}

/// A part of it from the spend balance, for a member who has one.
fn spending(words: Words, payer: &Payer) -> String {
    let Payer::Member { spend: Some(spend), .. } = payer else { return String::new() };
    format!(
        "<div class=field><label for=from_spend>{}</label><input id=from_spend name=from_spend inputmode=decimal \
         autocomplete=off maxlength=14 pattern=\"[0-9]{{1,11}}(\\.[0-9]{{1,2}})?\" aria-describedby=spend-hint>\
         <p id=spend-hint class=soft>{}</p></div>",
        words.text("page.from_spend"),
        filled(words.text("page.spend_hint"), &[("amount", spend)]),
    )
}

fn as_whom(words: Words, payer: &Payer, store: &str) -> String {
    match payer {
        Payer::Member { shown, .. } => {
            let text = filled(words.text("page.as_member"), &[("member", &escape(shown))]);
            format!("<p class=soft>{text}</p>")
        }
        Payer::Visitor => format!(
            "<p class=soft>{} <a href=\"/app/login?store={}\">{}</a></p>",
            words.text("page.as_visitor"),
            encoded(store),
            words.text("page.log_in_first"),
        ),
    }
}

/// Who invites, what they earn from whoever agrees, and a form of its own to agree.
fn invitation(words: Words, asked: &ShownInvitation, payer: &Payer, store: &str, key: &str) -> String {
    let shares: String = asked
        .earns
        .shares
        .iter()
        .map(|share| {
            format!(
                "<tr><th scope=row>{}<td class=money>{}<td class=money>¥{}</tr>",
                words.named("earned", share.rule),
                share.rate,
                share.of_100_yuan,
            )
        })
        .collect();
    let consent = match words.language {
        Language::Chinese => asked.consent.text_zh,
        Language::English => asked.consent.text_en,
    };
    let store = encoded(store);
    let agree = match payer {
        Payer::Member { .. } => format!(
            "<form class=stack method=post action=\"/s/{store}/agree\"><input type=hidden name=key value=\"b-{key}\">\
             <input type=hidden name=consent value={}><button class=second>{}</button></form>",
            asked.consent.version,
            words.text("page.agree"),
        ),
        Payer::Visitor => format!(
            "<p><a class=\"button second\" href=\"/app/login?store={store}\">{}</a></p>",
            words.text("page.register"),
        ),
    };
    format!(
        "<details class=card><summary>{}</summary><p>{}</p><table><thead><tr><th scope=col>{}<th scope=col class=money>{}\
         <th scope=col class=money>{}</tr></thead><tbody>{shares}</tbody></table><p class=soft>{}</p>\
         <p class=soft>{}</p>{agree}</details>",
        words.text("page.invitation"),
        filled(words.text("page.invites"), &[("inviter", &escape(&asked.inviter))]),
        words.text("page.of_what"),
        words.text("page.rate"),
        words.text("page.of_100"),
        escape(consent),
        words.text("page.optional"),
    )
}

/// An id as it stands in an address.
pub fn encoded(id: &str) -> String {
    crate::links::escaped(id)
}
