//! Acts of the platform in the journal: they are answered, replayed, kept in snapshots, and stand among commands.

use crate::support::{PLAN, answers, commands, group, place};
use linli_economy::totals::Totals;
use linli_engine::read::{Follower, ReadPlace, SqliteTables};
use linli_engine::{Answers, Form, Group, Limits, Place, Replica, Stamp, Writer, audit, snapshots};
use linli_journal::Header;
use linli_platform::proposal::What;
use linli_platform::{Actor, Deed, KeyAct, Platform, ProposalAct, Scope};
use std::path::Path;

fn add(id: &str) -> Deed {
    let (id, name) = (id.to_string(), "Till".to_string());
    let act = KeyAct::Add { id, name, scopes: vec![Scope::Commands], sealed_secret: vec![7; 60] };
    Deed::new(Actor::Machine, act)
}

fn end(id: &str) -> Deed {
    Deed::new(Actor::Machine, KeyAct::End { id: id.into() })
}

fn acts(deeds: &[Deed]) -> Group {
    let mut group = Group::new();
    deeds.iter().for_each(|deed| group.push_act(None, deed));
    group
}

fn ask(writer: &Writer, group: Group) -> Answers {
    writer.ask(group, Stamp::AsSent, Form::Json).expect("applied")
}

/// A journal with acts among commands, and the results.
fn written(place: &Place) -> String {
    let lines = commands(40);
    let (writer, _) = Writer::start(place.clone(), Limits::default()).expect("started");
    let mut json = ask(&writer, group(&lines[..20])).json;
    json += &ask(&writer, acts(&[add("till"), add("till"), end("nobody"), add("mall"), end("mall")])).json;
    json += &ask(&writer, group(&lines[20..])).json;
    writer.close().expect("closed");
    json
}

fn replica(place: &Place) -> Replica {
    let mut journal = place.store.read().expect("opened");
    snapshots::open(&*place.snapshots, &mut *journal).expect("opened").replica
}

fn has_both_keys(platform: &Platform) -> bool {
    let till = platform.keys.get("till").is_some_and(|key| key.allows(Scope::Commands));
    till && platform.keys.get("mall").is_some_and(|key| key.has_ended)
}

#[test]
fn acts_are_answered_like_commands_and_move_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let json = written(&place(dir.path()));
    let expected = answers(&commands(40));
    // Without the seq, and without the message, which may name a line of what was sent together.
    let plain = |line: &str| {
        let rest = line.split_once(',').expect("a seq and more").1;
        rest.split(r#","message""#).next().expect("a first part").to_string()
    };
    let (lines, of_commands): (Vec<_>, Vec<_>) =
        (json.lines().collect(), expected.lines().map(plain).collect());
    assert!(lines[..20].iter().chain(&lines[25..]).map(|line| plain(line)).eq(of_commands));
    let codes: Vec<_> = lines[20..25]
        .iter()
        .map(|line| line.split(r#""error":""#).nth(1).and_then(|rest| rest.split('"').next()))
        .collect();
    assert_eq!(codes, [None, Some("key_exists"), Some("unknown_key"), None, None]);
    assert!(lines[20].starts_with(r#"{"seq":21,"ok":true,"postings":[],"#), "{}", lines[20]);
}

#[test]
fn acts_are_replayed_kept_in_snapshots_and_audited() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    written(&place);
    let mut whole = Replica::genesis(&Header::new(PLAN.into())).expect("a plan");
    whole.catch_up(&mut *place.store.read().expect("opened"), 45, |_| ()).expect("it replays");
    assert!(has_both_keys(whole.platform()));
    snapshots::make(&*place.snapshots, &mut *place.store.read().expect("opened")).expect("made");
    let opened = replica(&place);
    assert_eq!(opened.platform(), whole.platform());
    assert_eq!(opened.chronicle(), whole.chronicle());
    let chronicle = whole.chronicle();
    let kinds: Vec<_> =
        chronicle.records_before(u64::MAX).map(|(seq, record)| (seq, &*record.kind)).collect();
    assert_eq!(kinds, [(25, "end_key"), (24, "add_key"), (21, "add_key")]);
    assert_eq!(chronicle.now(whole.economy()).totals, Totals::of(whole.economy().state()));
    let sound = audit::audit(&place, |_, _| ()).expect("it agrees");
    assert_eq!(sound.refused.get("key_exists"), Some(&1));
    has_rows(dir.path(), place);
}

/// The read model lists acts among the commands, by their names.
fn has_rows(dir: &Path, engine: Place) {
    let file = dir.join("read.db");
    let place = ReadPlace { engine, tables: std::sync::Arc::new(SqliteTables::new(file.clone())) };
    Follower::open(&place).expect("opened").catch_up(|_| ()).expect("followed");
    let read = rusqlite::Connection::open(file).expect("opened");
    let rows = read.prepare("SELECT kind, id, error FROM commands WHERE seq BETWEEN 21 AND 25").and_then(
        |mut rows| {
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<Vec<(String, String, Option<String>)>, _>>()
        },
    );
    let rows = rows.expect("rows");
    let row = |name: &str, id: &str, error: Option<&str>| (name.into(), id.into(), error.map(Into::into));
    assert_eq!(rows[1], row("add_key", "till", Some("key_exists")));
    assert_eq!(rows[4], row("end_key", "mall", None));
}

#[test]
fn an_act_whose_command_was_sent_by_itself_before_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    let (writer, _) = Writer::start(place.clone(), Limits::default()).expect("started");
    let lines = [r#"{"cmd":"open_member","member":"M1"}"#, r#"{"cmd":"inject","id":"P1","amount":"5.00"}"#];
    ask(&writer, group(&lines.map(String::from)));
    let inject = What::Inject { fen: 500, note: None };
    let propose = ProposalAct::Propose { id: "P1".into(), what: inject, reason: "capital".into() };
    let deeds = [
        Deed::new(Actor::Staff("A".into()), propose),
        Deed::new(Actor::Staff("B".into()), ProposalAct::Approve { id: "P1".into() }),
    ];
    let answers = ask(&writer, acts(&deeds));
    let codes: Vec<_> = answers.refused.iter().map(|(seq, refusal)| (*seq, refusal.code())).collect();
    assert_eq!(codes, [(4, "command_known")], "{}", answers.json);
    writer.close().expect("closed");
    assert!(replica(&place).platform().proposals.open().next().is_some(), "it waits as before");
    audit::audit(&place, |_, _| ()).expect("it agrees");
}
