//! Values that a column could lose: more than 64 bits, letters that a database lacks.

use super::place::{BOTH, Shop};
use linli_engine::read::verify;

const MEMBER: &str = r#"{"cmd":"open_member","member":"A"}"#;
const STORE: &str = r#"{"cmd":"open_store","store":"S","owner":"A","district":"440106"}"#;

fn huge_plan() -> String {
    let plan = include_str!("../../../../../plans/seed-one.toml");
    plan.replace("start_price = \"1.00\"", "start_price = \"0.01\"")
}

#[test]
fn units_beyond_64_bits_are_kept_to_the_last_one() {
    for kind in BOTH {
        let shop = Shop::open(kind, &huge_plan());
        shop.append(&[MEMBER.into(), STORE.into()]);
        let order = |number| {
            format!(
                r#"{{"cmd":"settle","order":"O{number}","member":"A","store":"S","amount":"100000000000.00"}}"#
            )
        };
        for number in 0..30 {
            shop.append(&[order(number)]);
            shop.follow();
        }
        let issued = "SELECT amount FROM balances WHERE account = 'pool:issued'";
        let issued: i128 = shop.tables.one(issued).parse().expect("digits");
        assert!(issued < i128::from(i64::MIN), "{issued}");
        let days = shop.tables.one("SELECT supply_micro_points FROM prices");
        assert_eq!(days.parse::<i128>().expect("digits"), -issued);
        verify(&shop.read, |_, _| ()).expect("what the journal says");
    }
}

#[test]
fn a_letter_that_a_database_lacks_is_written_otherwise() {
    for kind in BOTH {
        let shop = Shop::open(kind, &huge_plan());
        let members = [r"a\u0000b", "a␀b", "a␀0b", r"\u0000", "邻里", "O'Brien", r#"\""#, r"%\\_"];
        let line = |id: &&str| MEMBER.replace(r#""A""#, &format!("\"{id}\""));
        let lines: Vec<String> = members.iter().map(line).collect();
        shop.append(&lines);
        shop.append(&[format!(r#"{{"cmd":"inject","id":"{}","amount":"1.00"}}"#, members[0])]);
        shop.follow();
        let ids = shop.tables.query("SELECT id FROM members ORDER BY registered_seq");
        let ids: Vec<&str> = ids.iter().map(|row| row[0].as_deref().expect("an id")).collect();
        assert_eq!(ids, ["a␀0b", "a␀␀b", "a␀␀0b", "␀0", "邻里", "O'Brien", "\"", r"%\_"]);
        verify(&shop.read, |_, _| ()).expect("what the journal says");
    }
}

#[test]
fn an_empty_journal_makes_an_empty_read_model_with_its_genesis() {
    for kind in BOTH {
        let plan = huge_plan().replace("genesis = \"0.00\"", "genesis = \"1000.00\"");
        let shop = Shop::open(kind, &plan);
        shop.follow();
        verify(&shop.read, |_, _| ()).expect("what the journal says");
        assert_eq!(shop.tables.one("SELECT kind FROM commands"), "genesis");
        assert_eq!(shop.tables.one("SELECT name FROM plans WHERE version = 1"), "seed-one");
        let reserve = "SELECT amount FROM postings WHERE account = 'pool:reserve'";
        assert_eq!(shop.tables.one(reserve), "100000");
        assert_eq!(shop.tables.one("SELECT count(*) FROM balances"), "4");
    }
}
