//! What several tests need: plans, commands, a journal in memory that fails when it is told to.

pub mod faulty;

use linli_economy::command::Line;
use linli_engine::{Group, Place, SnapshotFolder};
use linli_journal::{Header, SqliteStore, Store};
use std::path::Path;
use std::sync::Arc;

pub const PLAN: &str = include_str!("../../../../plans/seed-three.toml");

/// A place in this folder with a journal.
pub fn place(dir: &Path) -> Place {
    let store = SqliteStore::new(dir.join("journal.db"));
    store.create(&Header::new(PLAN.into())).expect("created");
    Place { store: Arc::new(store), snapshots: Arc::new(SnapshotFolder::new(dir.join("snapshots"))) }
}

/// A group of these lines, of no stream.
pub fn group(lines: &[String]) -> Group {
    let mut group = Group::new();
    for (line, number) in lines.iter().zip(1..) {
        group.push(&Line::read(number, line.as_bytes()));
    }
    group
}

pub fn member(id: &str) -> String {
    format!(r#"{{"cmd":"open_member","member":"{id}"}}"#)
}

/// So many commands with orders, repeats, refusals and lines that are none.
pub fn commands(count: u64) -> Vec<String> {
    let mut lines = vec![
        member("M0"),
        r#"{"cmd":"open_store","store":"S1","owner":"M0","district":"440106","recruiter":"M0"}"#.to_string(),
        r#"{"cmd":"open_member","member":"M1","inviter":"M0"}"#.to_string(),
    ];
    for number in lines.len() as u64..count {
        lines.push(match number % 10 {
            0 => format!(r#"{{"cmd":"deposit","id":"D{number}","member":"M1","amount":"{number}"}}"#),
            1 => format!(r#"{{"cmd":"redeem","request":"R{number}","member":"M1","points":"0.5"}}"#),
            2 => format!(r#"{{"cmd":"withdraw","id":"W{number}","member":"M1","amount":"1.00"}}"#),
            3 => format!("line {number} is none"),
            // A repeat of the order before.
            5 => order(number - 1),
            _ => order(number),
        });
    }
    lines
}

fn order(number: u64) -> String {
    let order = format!(r#""order":"O{number}","member":"M1","store":"S1","amount":"{number}.25""#);
    format!(r#"{{"cmd":"settle",{order}}}"#)
}

/// What an economy in memory answers to these lines.
pub fn answers(lines: &[String]) -> String {
    let mut economy = linli_economy::Economy::open(PLAN).expect("a plan");
    let mut json = String::new();
    for (line, number) in lines.iter().zip(1..) {
        economy.receive(&Line::read(number, line.as_bytes())).write_json(&mut json);
        json.push('\n');
    }
    json
}
