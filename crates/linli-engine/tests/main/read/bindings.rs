//! Who was bound to whom is a fact with a date and a source, which nothing rewrites; so is who held which region.

use super::place::{BOTH, Kind, Shop, Texts, parts, random_lines};
use crate::support::PLAN;

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

fn joined(rows: &[Texts]) -> Vec<String> {
    let text =
        |row: &Texts| row.iter().map(|value| value.as_deref().unwrap_or("-")).collect::<Vec<_>>().join(" ");
    rows.iter().map(text).collect()
}

#[test]
fn every_change_of_an_inviter_is_a_fact_with_its_source() {
    for kind in BOTH {
        let shop = Shop::open(kind, PLAN);
        shop.append(&lines(&[
            r#"{"cmd":"open_member","member":"A"}"#,
            r#"{"cmd":"open_member","member":"B","inviter":"A"}"#,
            r#"{"cmd":"open_member","member":"C"}"#,
            r#"{"cmd":"bind","member":"C","inviter":"B"}"#,
            r#"{"cmd":"bind","member":"C","inviter":"A"}"#,
            r#"{"cmd":"release","member":"B"}"#,
            r#"{"cmd":"open_member","member":"D","inviter":"C"}"#,
        ]));
        shop.follow();
        shop.append(&lines(&[
            r#"{"cmd":"bind","member":"B","inviter":"D"}"#,
            r#"{"cmd":"bind","member":"B","inviter":"A"}"#,
            r#"{"cmd":"rebind","case":"K1","members":["D","B","D"],"to":"A"}"#,
            r#"{"cmd":"rebind","case":"K2","all_of":"A","to":"D"}"#,
            r#"{"cmd":"rebind","case":"K2","all_of":"A","to":"D"}"#,
        ]));
        shop.follow();
        let bindings = "SELECT member, inviter, from_seq, until_seq, source, case_id FROM bindings
            ORDER BY from_seq, member";
        assert_eq!(
            joined(&shop.tables.query(bindings)),
            [
                "B A 2 6 registration -",
                "C B 4 - bind -",
                "D C 7 10 registration -",
                // B to D would close a circle; so would D to itself.
                "B A 9 11 bind -",
                "D A 10 - rebind K1",
                "B D 11 - rebind K2",
            ]
        );
        assert_eq!(
            joined(&shop.tables.query("SELECT id, inviter FROM members ORDER BY id")),
            ["A -", "B D", "C B", "D A"]
        );
    }
}

#[test]
fn nothing_rewrites_a_fact_and_the_last_one_is_what_holds() {
    let mut facts_in_all = 0;
    for seed in 500..504 {
        let (plan, lines) = random_lines(seed, 600);
        let shop = Shop::open(Kind::Sqlite, &plan);
        let facts = ["SELECT * FROM relations ORDER BY seq, line", "SELECT * FROM agents ORDER BY seq"];
        let mut known = facts.map(|_| Vec::new());
        for part in parts(seed, &lines) {
            shop.append(part);
            shop.follow();
            for (facts, known) in facts.iter().zip(&mut known) {
                let rows = shop.tables.query(facts);
                assert_eq!(rows[..known.len()], known[..], "seed {seed}");
                *known = rows;
            }
        }
        facts_in_all += known.iter().map(Vec::len).sum::<usize>();
        let open = "SELECT member, inviter FROM bindings WHERE until_seq IS NULL ORDER BY member";
        let held = "SELECT id, inviter FROM members WHERE inviter IS NOT NULL ORDER BY id";
        assert_eq!(shop.tables.query(open), shop.tables.query(held), "seed {seed}");
    }
    assert!(facts_in_all > 50, "the streams bind and appoint");
}

#[test]
fn agents_hold_regions_from_when_to_when() {
    for kind in BOTH {
        let shop = Shop::open(kind, PLAN);
        shop.append(&lines(&[
            r#"{"cmd":"open_member","member":"A"}"#,
            r#"{"cmd":"open_member","member":"B"}"#,
            r#"{"cmd":"appoint","region":"440106","agent":"A"}"#,
            r#"{"cmd":"appoint","region":"south","agent":"A"}"#,
            r#"{"cmd":"appoint","region":"440106","agent":"B"}"#,
            r#"{"cmd":"dismiss","region":"440106"}"#,
            r#"{"cmd":"appoint","region":"440106","agent":"B"}"#,
        ]));
        shop.follow();
        let agencies = "SELECT region, agent, from_seq, until_seq FROM agencies ORDER BY from_seq";
        assert_eq!(joined(&shop.tables.query(agencies)), ["440106 A 3 6", "south A 4 -", "440106 B 7 -"]);
    }
}
