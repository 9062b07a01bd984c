//! The binary forms: lines as the journal keeps them, results as digests see them, snapshots. The golden bytes
//! never change: journals of years ago are read with them.

use crate::support::snapshot;
use linli_economy::Economy;
use linli_economy::command::Line;
use linli_random::Random;
use linli_random::Stream;

const PLAN: &str = include_str!("../../../../plans/seed-three.toml");

/// A line of every form and its bytes.
const GOLDEN: &str = include_str!("binary/golden.txt");

fn encoded(line: &Line<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    line.encode(&mut bytes);
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_command_has_the_bytes_that_it_always_had() {
    let mut now = String::new();
    for text in GOLDEN.lines().filter(|line| line.starts_with('{')) {
        let line = Line::read(1, text.as_bytes()).expect("a command");
        let bytes = encoded(&line);
        assert_eq!(Line::decode(&bytes).as_ref(), Ok(&line), "{text}");
        assert_eq!(Line::read(1, line.to_json().as_bytes()).as_ref(), Ok(&line), "{text}");
        now.push_str(&format!("{text}\n{}\n", hex(&bytes)));
    }
    let commands = GOLDEN.matches("\"cmd\":").count();
    assert!(commands >= 30, "each kind of command stands there");
    assert!(now == GOLDEN, "the bytes have changed; they would be:\n{now}");
}

#[test]
fn a_command_is_about_its_order_or_its_own_id_else_about_whom_it_names_first() {
    for text in GOLDEN.lines().filter(|line| line.starts_with('{')) {
        let line = Line::read(1, text.as_bytes()).expect("a command");
        let object: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let own = ["cancel", "refund", "request", "case", "id", "order", "store", "member", "region"];
        let about = own.into_iter().find_map(|field| object[field].as_str());
        assert_eq!(Some(line.command.subject()), about, "{text}");
        assert_eq!(line.command.name(), object["cmd"], "{text}");
    }
}

#[test]
fn whatever_a_stream_holds_is_read_back_as_it_was() {
    for seed in 0..100 {
        let mut stream = Stream::new(seed);
        for _ in 0..300 {
            let text = stream.line();
            let Ok(line) = Line::read(1, text.as_bytes()) else { continue };
            assert_eq!(Line::decode(&encoded(&line)).as_ref(), Ok(&line), "{text}");
            let written = line.to_json();
            assert_eq!(Line::read(1, written.as_bytes()).as_ref(), Ok(&line), "{text}\n{written}");
        }
    }
}

#[test]
fn damaged_bytes_are_no_line_or_a_sound_one() {
    let mut random = Random::new(3);
    let mut economy = Economy::open(PLAN).expect("a plan");
    for text in GOLDEN.lines().filter(|line| line.starts_with('{')) {
        let bytes = encoded(&Line::read(1, text.as_bytes()).expect("a command"));
        for cut in 0..bytes.len() {
            assert!(Line::decode(&bytes[..cut]).is_err(), "{text} cut at {cut}");
        }
        for _ in 0..2_000 {
            let mut damaged = bytes.clone();
            for _ in 0..random.between(1, 3) {
                let place = usize::try_from(random.below(damaged.len() as u64)).expect("small");
                damaged[place] = random.bits().to_le_bytes()[0];
            }
            if let Ok(line) = Line::decode(&damaged) {
                economy.receive(&Ok(line));
            }
        }
    }
    economy.state().check().expect("the books balance");
}

#[test]
fn what_reading_text_makes_sure_of_holds_for_bytes_too() {
    let bytes = |text: &str| encoded(&Line::read(1, text.as_bytes()).expect("a command"));
    let replaced = |text: &str, from: &[u8], to: &[u8]| {
        let mut bytes = bytes(text);
        let place = bytes.windows(from.len()).position(|part| part == from).expect("it is there");
        bytes[place..place + from.len()].copy_from_slice(to);
        bytes
    };
    let weights = r#"{"cmd":"distribute","id":"D","weights":[{"member":"M","weight":1000000000000}]}"#;
    let limit = [0x80, 0xa0, 0x94, 0xa5, 0x8d, 0x1d];
    let above = [0x81, 0xa0, 0x94, 0xa5, 0x8d, 0x1d];
    let payment = r#"{"cmd":"pay","order":"O","member":"M","store":"S","amount":"1.00","from_spend":"1.00"}"#;
    let anonymous = bytes(payment);
    let member = anonymous.windows(3).position(|part| part == [1, 1, b'M']).expect("it is there");
    let anonymous = [&anonymous[..member], &[0], &anonymous[member + 3..]].concat();
    let settle = bytes(r#"{"cmd":"settle","order":"O"}"#);
    for unsound in [
        replaced(weights, &limit, &above),
        replaced(payment, b"S", b":"),
        replaced(payment, b"1.00", b"1,00"),
        [&[1, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0][..], &settle[1..]].concat(),
        [&[1, 0, 0x80, 0x94, 0xeb, 0xdc, 0x03], &settle[1..]].concat(),
        anonymous,
    ] {
        assert!(Line::decode(&unsound).is_err(), "{unsound:?}");
    }
}

#[test]
fn a_snapshot_that_is_cut_or_longer_is_none() {
    let mut economy = Economy::open(PLAN).expect("a plan");
    economy.apply(r#"{"cmd":"open_member","member":"M1"}"#);
    let bytes = snapshot(&economy);
    assert!(Economy::from_snapshot(&bytes).is_ok());
    for cut in 0..bytes.len() {
        assert!(Economy::from_snapshot(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    assert!(Economy::from_snapshot(&[&bytes[..], &[0]].concat()).is_err());
}

#[test]
fn a_snapshot_stops_at_the_first_fault_of_where_it_goes() {
    let mut economy = Economy::open(PLAN).expect("a plan");
    for member in 0..10_000 {
        economy.apply(&format!(r#"{{"cmd":"open_member","member":"M{member}"}}"#));
    }
    let mut sizes = Vec::new();
    let whole: Result<(), &str> = economy.write_snapshot(|block| {
        sizes.push(block.len());
        Ok(())
    });
    assert!(whole.is_ok() && sizes.len() > 2 && sizes[..sizes.len() - 1].iter().all(|&size| size >= 1 << 16));
    let mut blocks = 0;
    let written = economy.write_snapshot(|_| {
        blocks += 1;
        if blocks == 2 { Err("full") } else { Ok(()) }
    });
    assert_eq!((written, blocks), (Err("full"), 2));
    assert_eq!(economy.write_snapshot(|_| Err("gone")), Err("gone"));
}

#[test]
fn results_and_figures_tell_different_states_apart() {
    let mut economy = Economy::open(PLAN).expect("a plan");
    let mut seen = Vec::new();
    for line in [
        r#"{"cmd":"open_member","member":"M1"}"#,
        r#"{"cmd":"open_member","member":"M1"}"#,
        r#"{"cmd":"deposit","id":"D1","member":"M1","amount":"5.00"}"#,
        r#"{"cmd":"deposit","id":"D1","member":"M1","amount":"5.00"}"#,
        r#"{"cmd":"deposit","id":"D2","member":"M1","amount":"5.01"}"#,
        r#"{"cmd":"inject","id":"I1","amount":"5.00"}"#,
    ] {
        let mut bytes = Vec::new();
        economy.apply(line).encode(&mut bytes);
        economy.encode_figures(&mut bytes);
        seen.push(bytes);
        let mut result = Vec::new();
        economy.apply("no command").encode(&mut result);
        assert_eq!(result, b"\x02\x09malformed");
    }
    let figures = |amount: &str| {
        let mut economy = Economy::open(PLAN).expect("a plan");
        economy.apply(&format!(r#"{{"cmd":"inject","id":"I1","amount":"{amount}"}}"#));
        let mut bytes = Vec::new();
        economy.encode_figures(&mut bytes);
        bytes
    };
    assert_ne!(figures("5.00"), figures("5.01"));
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all);
}
