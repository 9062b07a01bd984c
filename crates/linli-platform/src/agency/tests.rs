//! The rules of agents' terms, given, when and then, through the engine's way of doing acts.

mod walk;

use super::{AgencyAct, Stage as Standing};
use crate::act::{Act, Actor};
use crate::calendar::DAY;
use crate::platform::testing::{Refused, Stage, staff};
use crate::refusal::Code;
use linli_economy::region::Region;
use linli_economy::time::Instant;

pub(super) fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.commands(
        r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}"#,
    );
    stage
}

pub(super) fn in_days(stage: &Stage, days: i64) -> Instant {
    Instant { seconds: stage.now.seconds + days * DAY, ..stage.now }
}

pub(super) fn appoint(stage: &Stage, id: &str, region: &str, agent: &str, days: (i64, i64)) -> AgencyAct {
    let (from, until) = (in_days(stage, days.0), in_days(stage, days.1));
    AgencyAct::Appoint {
        id: id.into(),
        region: region.into(),
        agent: agent.into(),
        from,
        until,
        fee_fen: 500_000,
    }
}

fn dismiss(id: &str) -> AgencyAct {
    AgencyAct::Dismiss { id: id.into(), reason: "moved away".into() }
}

fn renew(stage: &Stage, id: &str, days: i64) -> AgencyAct {
    AgencyAct::Renew { id: id.into(), until: in_days(stage, days), fee_fen: 0 }
}

/// Who holds a region by the economy.
pub(super) fn holder(stage: &Stage, region: &str) -> Option<String> {
    let region = Region::parse(region).expect("a region");
    let mut agents = stage.economy.state().agents();
    agents.find(|(held, _)| *held == region).map(|(_, agent)| stage.economy.member_name(agent).to_owned())
}

/// Does what is due; gives the names of the acts.
pub(super) fn do_due(stage: &mut Stage) -> Vec<&'static str> {
    let due = stage.platform.due(&stage.economy, stage.now, 100);
    due.into_iter()
        .map(|act| {
            let name = act.name();
            assert_eq!(stage.act(Actor::Service, act), Ok(()), "{name}");
            name
        })
        .collect()
}

fn standing(stage: &Stage, id: &str) -> Standing {
    stage.platform.agencies.get(id).expect("an appointment").stage
}

#[test]
fn a_term_begins_now_is_announced_thirty_days_before_and_ends_by_itself() {
    let mut stage = stage();
    let act = appoint(&stage, "A1", "440106", "M1", (0, 365));
    assert_eq!(stage.act(staff("ann"), act), Ok(()));
    assert_eq!(
        (holder(&stage, "440106").as_deref(), standing(&stage, "A1")),
        (Some("M1"), Standing::Serving)
    );
    stage.later(335 * DAY - 1);
    assert_eq!(do_due(&mut stage), Vec::<&str>::new());
    stage.later(1);
    assert_eq!(do_due(&mut stage), ["announce_end_of_agency"]);
    assert_eq!(do_due(&mut stage), Vec::<&str>::new(), "once");
    stage.later(30 * DAY - 1);
    assert_eq!((do_due(&mut stage), holder(&stage, "440106").is_some()), (vec![], true));
    stage.later(1);
    assert_eq!(do_due(&mut stage), ["end_agency"]);
    assert_eq!((holder(&stage, "440106"), standing(&stage, "A1")), (None, Standing::Ended));
}

#[test]
fn a_term_that_begins_later_follows_the_one_before_at_the_same_moment() {
    let mut stage = stage();
    let first = appoint(&stage, "A1", "south", "M1", (0, 10));
    let second = appoint(&stage, "A2", "south", "M2", (10, 20));
    assert_eq!(stage.act(staff("ann"), first), Ok(()));
    assert_eq!(stage.act(staff("ann"), second), Ok(()));
    assert_eq!((holder(&stage, "south").as_deref(), standing(&stage, "A2")), (Some("M1"), Standing::Waiting));
    stage.later(10 * DAY);
    let done = do_due(&mut stage);
    assert_eq!(done[..2], ["end_agency", "begin_agency"]);
    assert_eq!(holder(&stage, "south").as_deref(), Some("M2"));
}

#[test]
fn a_renewal_moves_the_end_and_is_announced_anew() {
    let mut stage = stage();
    let act = appoint(&stage, "A1", "440100", "M1", (0, 20));
    assert_eq!(stage.act(staff("ann"), act), Ok(()));
    assert_eq!(do_due(&mut stage), ["announce_end_of_agency"], "thirty days or less are left");
    let act = renew(&stage, "A1", 100);
    assert_eq!(stage.act(staff("ann"), act), Ok(()));
    stage.later(20 * DAY);
    assert_eq!((do_due(&mut stage), holder(&stage, "440100").is_some()), (vec![], true));
    stage.later(50 * DAY);
    assert_eq!(do_due(&mut stage), ["announce_end_of_agency"]);
    stage.later(30 * DAY);
    assert_eq!((do_due(&mut stage), holder(&stage, "440100")), (vec!["end_agency"], None));
    assert_eq!(stage.platform.agencies.get("A1").map(|one| one.fees_fen.clone()), Some(vec![500_000, 0]));
}

#[test]
fn a_term_that_passes_while_the_service_is_down_never_begins() {
    let mut stage = stage();
    let first = appoint(&stage, "A1", "south", "M1", (2, 5));
    let second = appoint(&stage, "A2", "south", "M2", (6, 20));
    assert_eq!(stage.act(staff("ann"), first), Ok(()));
    assert_eq!(stage.act(staff("ann"), second), Ok(()));
    stage.later(10 * DAY);
    assert_eq!(do_due(&mut stage), ["end_agency", "begin_agency"]);
    assert_eq!(stage.act(Actor::Service, AgencyAct::Begin { id: "A1".into() }), Err(Code::AppointmentState));
    assert_eq!((holder(&stage, "south").as_deref(), standing(&stage, "A1")), (Some("M2"), Standing::Ended));
}

#[test]
fn the_desk_ends_a_term_earlier_and_before_it_begins() {
    let mut stage = stage();
    let serving = appoint(&stage, "A1", "440106", "M1", (0, 100));
    let waiting = appoint(&stage, "A2", "440106", "M2", (100, 200));
    assert_eq!(stage.act(staff("ann"), serving), Ok(()));
    assert_eq!(stage.act(staff("ann"), waiting), Ok(()));
    assert_eq!(stage.act(staff("ann"), dismiss("A2")), Ok(()));
    assert_eq!(holder(&stage, "440106").as_deref(), Some("M1"));
    assert_eq!(stage.act(staff("ann"), dismiss("A1")), Ok(()));
    assert_eq!((holder(&stage, "440106"), standing(&stage, "A1")), (None, Standing::Dismissed));
    assert_eq!(stage.act(staff("ann"), dismiss("A1")), Err(Code::AppointmentState));
    stage.later(300 * DAY);
    assert_eq!(do_due(&mut stage), Vec::<&str>::new());
}

#[test]
fn what_a_program_has_dismissed_ends_all_the_same() {
    let mut stage = stage();
    let act = appoint(&stage, "A1", "440106", "M1", (0, 10));
    assert_eq!(stage.act(staff("ann"), act), Ok(()));
    stage.commands("{\"cmd\":\"dismiss\",\"region\":\"440106\"}\n{\"cmd\":\"appoint\",\"region\":\"440106\",\"agent\":\"M2\"}");
    stage.later(10 * DAY);
    assert!(do_due(&mut stage).contains(&"end_agency"));
    assert_eq!(holder(&stage, "440106").as_deref(), Some("M2"), "who is somebody else stays");
}

#[test]
fn nobody_holds_a_region_that_another_holds_at_that_time() {
    let mut stage = stage();
    let act = appoint(&stage, "A1", "440106", "M1", (10, 20));
    assert_eq!(stage.act(staff("ann"), act), Ok(()));
    for days in [(0, 11), (19, 30), (5, 40), (12, 15)] {
        let act = appoint(&stage, "A2", "440106", "M2", days);
        assert_eq!(stage.act(staff("ann"), act), Err(Code::RegionHeld), "{days:?}");
    }
    for (id, days) in [("A3", (0, 10)), ("A4", (20, 30))] {
        let act = appoint(&stage, id, "440106", "M2", days);
        assert_eq!(stage.act(staff("ann"), act), Ok(()), "{days:?}");
    }
    let act = renew(&stage, "A3", 11);
    assert_eq!(stage.act(staff("ann"), act), Err(Code::RegionHeld));
}

#[test]
fn who_a_program_has_appointed_is_not_pushed_out() {
    let mut stage = stage();
    stage.commands(r#"{"cmd":"appoint","region":"440106","agent":"M2"}"#);
    let act = appoint(&stage, "A1", "440106", "M1", (0, 10));
    match stage.try_act(staff("ann"), act) {
        Err(Refused::Economy(line)) => assert!(line.contains("region_taken"), "{line}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(stage.platform.agencies.get("A1"), None);
}

#[test]
fn what_is_no_appointment_is_refused() {
    let mut stage = stage();
    let good = appoint(&stage, "A1", "440106", "M1", (0, 10));
    assert_eq!(stage.act(staff("ann"), good), Ok(()));
    let with = |id: &str, region: &str, agent: &str, days| appoint(&stage, id, region, agent, days);
    let acts = [
        (with("A1", "440103", "M1", (0, 10)), Code::AppointmentExists),
        (with("a b", "440103", "M1", (0, 10)), Code::BadText),
        (with("A2", "449999", "M1", (0, 10)), Code::UnknownRegion),
        (with("A2", "440000x", "M1", (0, 10)), Code::UnknownRegion),
        (with("A2", "华南", "M1", (0, 10)), Code::UnknownRegion),
        (with("A2", "440103", "M9", (0, 10)), Code::UnknownMember),
        (with("A2", "440103", "M1", (5, 5)), Code::BadTerm),
        (with("A2", "440103", "M1", (-10, 0)), Code::BadTerm),
        (with("A2", "440103", "M1", (0, 4_000)), Code::BadTerm),
        (with("A2", "440103", "M1", (4_000, 4_001)), Code::BadTerm),
        (renew(&stage, "A1", 10), Code::BadTerm),
        (renew(&stage, "A9", 20), Code::UnknownAppointment),
        (dismiss("A9"), Code::UnknownAppointment),
        (AgencyAct::Dismiss { id: "A1".into(), reason: String::new() }, Code::BadText),
        (AgencyAct::End { id: "A1".into() }, Code::ServiceOnly),
    ];
    for (act, code) in acts {
        assert_eq!(stage.act(staff("ann"), act.clone()), Err(code), "{act:?}");
    }
    for act in [AgencyAct::End { id: "A1".into() }, AgencyAct::Begin { id: "A1".into() }] {
        assert!(stage.act(Actor::Service, act).is_err());
    }
    let by_member = appoint(&stage, "A2", "440103", "M1", (0, 10));
    assert_eq!(stage.act(Actor::Member("M1".into()), by_member), Err(Code::DeskOnly));
}

#[test]
fn a_region_is_one_of_the_published_list_or_a_macro_region() {
    for (text, is_one) in [
        ("440106", true),
        ("440100", true),
        ("440000", true),
        ("441900", true),
        ("south", true),
        ("440199", false),
        ("449900", false),
        ("990000", false),
        ("0000", false),
        ("00", false),
        ("", false),
        ("44", false),
        ("South", false),
        ("４40106", false),
    ] {
        assert_eq!(super::is_region(text), is_one, "{text:?}");
    }
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let at = |seconds| Instant { seconds, nanoseconds: 0 };
    let id = || "A".to_owned();
    let appoint = AgencyAct::Appoint {
        id: id(),
        region: "south".into(),
        agent: "M1".into(),
        from: at(1),
        until: at(2),
        fee_fen: 300,
    };
    let forms: [(AgencyAct, &[u8]); 6] = [
        (appoint, b"\x00\x01A\x05south\x02M1\x02\x00\x04\x00\xac\x02"),
        (AgencyAct::Begin { id: id() }, b"\x01\x01A"),
        (AgencyAct::Announce { id: id(), until: at(2) }, b"\x02\x01A\x04\x00"),
        (AgencyAct::Renew { id: id(), until: at(3), fee_fen: 1 }, b"\x03\x01A\x06\x00\x01"),
        (AgencyAct::End { id: id() }, b"\x04\x01A"),
        (AgencyAct::Dismiss { id: id(), reason: "r".into() }, b"\x05\x01A\x01r"),
    ];
    for (act, form) in forms {
        assert_eq!(postcard::to_stdvec(&act).as_deref(), Ok(form), "{act:?}");
        assert_eq!(Act::from(act).subject(), "A");
    }
}
