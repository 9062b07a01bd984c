//! Sessions open, end, run out and make room.

use super::*;
use crate::person::PersonAct;
use crate::platform::testing::Stage;

const DAY: i64 = 86_400;

fn registered() -> Stage {
    let mut stage = Stage::new();
    let act = PersonAct::Register {
        member: "M1".into(),
        phone: [1; 16],
        sealed_phone: vec![1],
        invitation: None,
        terms: 1,
    };
    assert_eq!(stage.act(Actor::Member("M1".into()), act), Ok(()));
    stage
}

fn account() -> Account {
    Account::Member("M1".into())
}

fn open(stage: &mut Stage, token: u8, totp_step: Option<u64>) -> Result<(), Code> {
    let until = Instant { seconds: stage.now.seconds + 30 * DAY, ..stage.now };
    let (label, address) = ("Firefox, Android".into(), [9; 16]);
    let act = SessionAct::Open {
        account: account(),
        token: [token; 32],
        label,
        device: None,
        address,
        totp_step,
        until,
    };
    stage.act(account().actor(), act)
}

fn tokens(stage: &Stage) -> Vec<u8> {
    stage.platform.sessions.of(&account(), stage.now).map(|(token, _)| token[0]).collect()
}

#[test]
fn a_session_is_found_until_it_ends_or_is_ended() {
    let mut stage = registered();
    assert_eq!(open(&mut stage, 1, None), Ok(()));
    assert_eq!(open(&mut stage, 1, None), Err(Code::BadText), "a token is never used again");
    stage.later(DAY);
    assert_eq!(open(&mut stage, 2, None), Ok(()));
    assert_eq!(tokens(&stage), [1, 2]);
    let end = |token: u8| SessionAct::End { account: account(), token: [token; 32] };
    assert_eq!(stage.act(Actor::Member("M2".into()), end(2)), Err(Code::NotYours));
    assert_eq!(stage.act(account().actor(), end(2)), Ok(()));
    assert_eq!(stage.act(account().actor(), end(2)), Err(Code::UnknownSession));
    stage.later(29 * DAY);
    assert_eq!(tokens(&stage), [] as [u8; 0], "the first has run out");
    assert_eq!(stage.act(account().actor(), end(1)), Err(Code::UnknownSession));
}

#[test]
fn the_oldest_makes_room_and_others_end_together() {
    let mut stage = registered();
    for token in 0..=u8::try_from(MOST_SESSIONS).expect("few") {
        stage.later(1);
        assert_eq!(open(&mut stage, token, None), Ok(()));
    }
    assert_eq!(tokens(&stage).len(), MOST_SESSIONS);
    assert!(!tokens(&stage).contains(&0));
    let others = SessionAct::EndOthers { account: account(), but: Some([5; 32]) };
    assert_eq!(stage.act(account().actor(), others), Ok(()));
    assert_eq!(tokens(&stage), [5]);
}

#[test]
fn a_time_based_code_opens_one_session() {
    let mut stage = registered();
    assert_eq!(open(&mut stage, 1, Some(100)), Ok(()));
    assert_eq!(open(&mut stage, 2, Some(100)), Err(Code::CodeUsed));
    assert_eq!(open(&mut stage, 3, Some(99)), Err(Code::CodeUsed));
    assert_eq!(open(&mut stage, 4, Some(101)), Ok(()));
}

#[test]
fn only_who_is_known_logs_in() {
    let mut stage = Stage::new();
    assert_eq!(open(&mut stage, 1, None), Err(Code::UnknownPerson));
}
