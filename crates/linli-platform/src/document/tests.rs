//! Rules and announcements by tables, and a random walk over all that can be done with them.

use super::*;
use crate::act::Actor;
use crate::calendar::DAY;
use crate::person::PersonAct;
use crate::platform::testing::{Stage, staff, steps};
use crate::refusal::Code;

fn texts(title: &str) -> Texts {
    Texts {
        title_zh: title.into(),
        title_en: title.into(),
        text_zh: "文\n字".into(),
        text_en: "A text".into(),
    }
}

fn draft(id: &str, kind: Kind) -> DocumentAct {
    DocumentAct::Draft { id: id.into(), kind, texts: texts(id) }
}

fn publish(id: &str, from: Option<Instant>) -> DocumentAct {
    DocumentAct::Publish { id: id.into(), from }
}

fn withdraw(id: &str) -> DocumentAct {
    DocumentAct::Withdraw { id: id.into(), reason: "a mistake".into() }
}

fn read(id: &str, member: &str) -> DocumentAct {
    DocumentAct::Read { id: id.into(), account: Account::Member(member.into()) }
}

const TERMS: Kind = Kind::Rule(Topic::Terms);

fn terms(stage: &Stage) -> u32 {
    stage.platform.documents.terms_in_force(stage.now)
}

fn after(stage: &Stage, seconds: i64) -> Option<Instant> {
    Some(Instant { seconds: stage.now.seconds + seconds, ..stage.now })
}

#[test]
fn a_rule_holds_after_its_days_of_notice_until_the_next_version_does() {
    let mut stage = Stage::new();
    assert_eq!(terms(&stage), FIRST_TERMS);
    assert_eq!(stage.by_machine(draft("T2", TERMS)), Ok(()));
    let week = 7 * DAY;
    assert_eq!(stage.by_machine(publish("T2", after(&stage, week - 1))), Err(Code::DateTooSoon));
    assert_eq!(stage.by_machine(publish("T2", after(&stage, 367 * DAY))), Err(Code::DateTooFar));
    assert_eq!(stage.by_machine(publish("T2", None)), Ok(()));
    assert_eq!(stage.by_machine(publish("T2", None)), Err(Code::DocumentState));
    assert_eq!(
        stage.platform.documents.coming(Topic::Terms, stage.now).map(|coming| coming.version),
        Some(Some(2))
    );
    stage.later(week - 1);
    assert_eq!(terms(&stage), 1);
    stage.later(1);
    assert_eq!(terms(&stage), 2);
    assert!(stage.platform.documents.coming(Topic::Terms, stage.now).is_none());
    assert_eq!(stage.by_machine(withdraw("T2")), Err(Code::DocumentState), "what holds stays");
    assert_eq!(stage.by_machine(draft("T3", TERMS)), Ok(()));
    assert_eq!(stage.by_machine(publish("T3", after(&stage, 10 * DAY))), Ok(()));
    assert_eq!(stage.by_machine(draft("T4", TERMS)), Ok(()));
    assert_eq!(stage.by_machine(publish("T4", None)), Err(Code::RuleWaits));
    assert_eq!(stage.by_machine(withdraw("T3")), Ok(()));
    assert_eq!(stage.by_machine(publish("T4", None)), Ok(()));
    stage.later(week);
    assert_eq!(terms(&stage), 4, "the number of what was withdrawn is not used again");
    let versions: Vec<_> =
        stage.platform.documents.versions(Topic::Terms).map(|version| version.version).collect();
    assert_eq!(versions, [Some(2), Some(4)]);
}

#[test]
fn nobody_registers_under_terms_that_are_not_in_force() {
    let mut stage = Stage::new();
    let register = |number: u8, terms| PersonAct::Register {
        member: format!("M{number}"),
        phone: [number; 16],
        sealed_phone: vec![1],
        invitation: None,
        terms,
    };
    let by = |number: u8| Actor::Member(format!("M{number}"));
    for wrong in [0, 2] {
        assert_eq!(stage.act(by(1), register(1, wrong)), Err(Code::TermsChanged));
    }
    assert_eq!(stage.act(by(1), register(1, 1)), Ok(()));
    assert_eq!(stage.by_machine(draft("T2", TERMS)), Ok(()));
    assert_eq!(stage.by_machine(publish("T2", None)), Ok(()));
    assert_eq!(stage.act(by(2), register(2, 1)), Ok(()), "the first ones hold for a week more");
    stage.later(7 * DAY);
    assert_eq!(stage.act(by(3), register(3, 1)), Err(Code::TermsChanged));
    assert_eq!(stage.act(by(3), register(3, 2)), Ok(()));
    assert_eq!(stage.platform.people.get("M3").expect("registered").terms, Some(2));
}

#[test]
fn an_announcement_is_shown_at_once_or_from_its_date_until_it_is_withdrawn() {
    let mut stage = Stage::new();
    for id in ["A1", "A2"] {
        assert_eq!(stage.by_machine(draft(id, Kind::Announcement)), Ok(()));
    }
    assert_eq!(stage.by_machine(publish("A1", None)), Ok(()));
    assert_eq!(stage.by_machine(publish("A2", after(&stage, -1))), Err(Code::DateTooSoon));
    assert_eq!(stage.by_machine(publish("A2", after(&stage, 60))), Ok(()));
    let is_public =
        |stage: &Stage, id: &str| stage.platform.documents.get(id).expect("there").is_public(stage.now);
    assert_eq!((is_public(&stage, "A1"), is_public(&stage, "A2")), (true, false));
    stage.later(60);
    assert!(is_public(&stage, "A2"));
    assert_eq!(stage.by_machine(withdraw("A2")), Ok(()));
    assert_eq!(stage.by_machine(withdraw("A2")), Err(Code::DocumentState));
    assert!(!is_public(&stage, "A2"));
}

#[test]
fn who_has_read_what_is_kept_once_and_only_of_what_is_shown() {
    let mut stage = Stage::new();
    let member = |id: &str| Actor::Member(id.into());
    assert_eq!(stage.by_machine(draft("A1", Kind::Announcement)), Ok(()));
    assert_eq!(
        stage.act(member("M1"), read("A1", "M1")),
        Err(Code::UnknownDocument),
        "a draft is nobody's to read"
    );
    assert_eq!(stage.by_machine(publish("A1", None)), Ok(()));
    assert_eq!(stage.act(member("M2"), read("A1", "M1")), Err(Code::NotYours));
    let first = stage.now;
    for _ in 0..2 {
        assert_eq!(stage.act(member("M1"), read("A1", "M1")), Ok(()));
        stage.later(5);
    }
    let own = DocumentAct::Read { id: "A1".into(), account: Account::Staff("ann".into()) };
    assert_eq!(stage.act(staff("ann"), own), Ok(()));
    let documents = &stage.platform.documents;
    assert_eq!(documents.read_at("A1", &Account::Member("M1".into())), Some(first));
    assert_eq!(documents.count_readers("A1"), 2);
    let after = Account::Member("M1".into());
    let rest: Vec<_> = documents.readers("A1", Some(&after)).map(|(account, _)| account.clone()).collect();
    assert_eq!(rest, [Account::Staff("ann".into())]);
}

#[test]
fn what_is_no_document_is_refused_and_changes_nothing() {
    let mut stage = Stage::new();
    assert_eq!(stage.by_machine(draft("A1", Kind::Announcement)), Ok(()));
    let before = stage.platform.clone();
    let edit = |change: fn(&mut Texts)| {
        let mut texts = texts("a");
        change(&mut texts);
        DocumentAct::Edit { id: "A1".into(), texts }
    };
    for (act, code) in [
        (draft("A1", TERMS), Code::DocumentExists),
        (draft("a b", TERMS), Code::BadText),
        (edit(|texts| texts.title_zh.clear()), Code::BadText),
        (edit(|texts| texts.title_en = "a\nb".into()), Code::BadText),
        (edit(|texts| texts.text_en.clear()), Code::BadText),
        (edit(|texts| texts.text_zh = "字".repeat(20_001)), Code::BadText),
        (edit(|texts| texts.text_zh = "a\u{202e}".into()), Code::BadText),
        (publish("A9", None), Code::UnknownDocument),
        (DocumentAct::Withdraw { id: "A1".into(), reason: String::new() }, Code::BadText),
        (DocumentAct::SetNotice { days: 91 }, Code::BadNumber),
    ] {
        assert_eq!(stage.by_machine(act.clone()), Err(code), "{act:?}");
    }
    for by in [Actor::Member("M1".into()), Actor::Key("k".into()), Actor::Provider] {
        assert_eq!(stage.act(by, draft("A2", TERMS)), Err(Code::DeskOnly));
    }
    assert_eq!(stage.act(staff("ann"), DocumentAct::SetNotice { days: 0 }), Err(Code::ServiceOnly));
    assert_eq!(stage.platform, before);
}

#[test]
fn whatever_is_done_one_version_holds_and_versions_only_grow() {
    let mut stage = Stage::new();
    assert_eq!(stage.by_machine(DocumentAct::SetNotice { days: 1 }), Ok(()));
    let (mut last, mut accepted, mut refused) = (FIRST_TERMS, 0, 0);
    for [what, whom, much] in steps(3_000) {
        let id = format!("D{}", whom % 40);
        let kind = if whom % 4 == 0 { Kind::Announcement } else { TERMS };
        let act = match what % 6 {
            0 => draft(&id, kind),
            1 => DocumentAct::Edit { id: id.clone(), texts: texts("b") },
            2 | 3 => publish(&id, (much % 3 == 0).then(|| after(&stage, i64::from(much) * 4)).flatten()),
            4 if much % 4 == 0 => withdraw(&id),
            _ => read(&id, "M1"),
        };
        let by =
            if matches!(act, DocumentAct::Read { .. }) { Actor::Member("M1".into()) } else { staff("ann") };
        let before = stage.platform.clone();
        match stage.act(by, act) {
            Ok(()) => accepted += 1,
            Err(_) => {
                refused += 1;
                assert_eq!(stage.platform, before);
            }
        }
        stage.later(i64::from(much % 8_000));
        let now = terms(&stage);
        assert!(now >= last, "{now} after {last}");
        last = now;
        let documents = &stage.platform.documents;
        let coming = documents.versions(Topic::Terms).filter(|version| !version.is_in_force(stage.now));
        assert!(coming.count() <= 1);
    }
    assert!(accepted > 200 && refused > 200 && last > 3, "{accepted} {refused} {last}");
}
