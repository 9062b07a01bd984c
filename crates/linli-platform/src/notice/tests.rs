//! What people may do with their notifications.

use super::NoticeKind::{Commission, Order, Rule};
use super::*;
use crate::act::Actor;
use crate::platform::testing::Stage;
use crate::refusal::Code;

fn account() -> Account {
    Account::Member("M1".into())
}

fn wish(shown: &[NoticeKind], sent: &[NoticeKind]) -> NoticeAct {
    let wishes = Wishes { shown: shown.iter().copied().collect(), sent: sent.iter().copied().collect() };
    NoticeAct::SetWishes { account: account(), wishes }
}

#[test]
fn everybody_says_for_themselves_what_they_want_and_is_always_shown_rules() {
    let mut stage = Stage::new();
    let by = || Actor::Member("M1".into());
    assert!(
        stage.platform.notices.shows(&account(), Commission),
        "all is shown until somebody says otherwise"
    );
    for (act, result) in [
        (wish(&[Order, Rule], &[Order]), Ok(())),
        (wish(&[Order], &[]), Err(Code::BadList)),
        (wish(&[Rule], &[Order]), Err(Code::BadList)),
    ] {
        assert_eq!(stage.act(by(), act), result);
    }
    assert!(
        !stage.platform.notices.shows(&account(), Commission)
            && stage.platform.notices.shows(&account(), Order)
    );
    for other in [Actor::Member("M2".into()), Actor::Staff("M1".into()), Actor::Machine] {
        assert_eq!(stage.act(other, wish(&[Rule], &[])), Err(Code::NotYours));
    }
}

#[test]
fn what_is_marked_has_ids_and_an_end() {
    let mut stage = Stage::new();
    let read = |notices: Vec<String>| NoticeAct::Read { account: account(), notices };
    let by = || Actor::Member("M1".into());
    for (act, result) in [
        (read(vec!["17-0".into()]), Ok(())),
        (read(vec!["a".into(); 100]), Ok(())),
        (read(Vec::new()), Err(Code::BadList)),
        (read(vec!["a".into(); 101]), Err(Code::BadList)),
        (read(vec!["a\n".into()]), Err(Code::BadText)),
        (NoticeAct::ReadUpTo { account: account(), seq: u64::MAX }, Ok(())),
    ] {
        assert_eq!(stage.act(by(), act), result);
    }
}
