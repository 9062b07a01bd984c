//! `linli replay`: a result line for each command, in the documented form; malformed lines; the file of balances.

use super::support::{Folder, SEED_ONE};
use serde_json::{Value, json};

/// The stream of the specification's example, with the member whom it takes for granted.
const EXAMPLE: [&str; 4] = [
    r#"{"cmd":"open_member","member":"M1"}"#,
    r#"{"cmd":"open_member","member":"M2"}"#,
    r#"{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}"#,
    r#"{"cmd":"settle","order":"O1","member":"M2","store":"S1","amount":"1000.00","at":"2026-01-01T08:00:00Z"}"#,
];

/// Its balances: 2% + 2% for the platform, 16% for the pool, 70% of that minted at 1 yuan, twice the amount awarded.
const BALANCES: &str = r#"{
  "external:payments": {
    "CNY": "-1000.00"
  },
  "mall:issued": {
    "DP": "-2000.00"
  },
  "member:M2:deduction": {
    "DP": "2000.00"
  },
  "member:M2:points": {
    "GP": "112.000000"
  },
  "platform:profit": {
    "CNY": "40.00"
  },
  "pool:issued": {
    "GP": "-112.000000"
  },
  "pool:reserve": {
    "CNY": "160.00"
  },
  "store:S1": {
    "CNY": "800.00"
  }
}
"#;

fn stream(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn results(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The results of this input, from a run that goes well.
fn replay(input: impl AsRef<[u8]>) -> Vec<Value> {
    let run = Folder::new().run_with(&["replay", "--plan", "plan.toml"], input.as_ref());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    results(&run.out)
}

fn opened(seq: u64) -> Value {
    json!({"seq": seq, "ok": true, "postings": [], "exits": [],
        "pool": "0.00", "supply": "0.000000", "price": "1.000000"})
}

/// Postings have no order: sorted, they can be compared.
fn sorted(mut result: Value) -> Value {
    if let Some(postings) = result["postings"].as_array_mut() {
        postings.sort_by_key(ToString::to_string);
    }
    result
}

#[test]
fn the_documented_stream_gives_the_documented_results() {
    let results = replay(stream(&EXAMPLE));
    assert_eq!(results[..3], [opened(1), opened(2), opened(3)]);
    let posting = |account, asset, amount| json!({"account": account, "asset": asset, "amount": amount});
    let expected = json!({
        "seq": 4, "ok": true,
        "postings": [
            posting("external:payments", "CNY", "-1000.00"),
            posting("store:S1", "CNY", "800.00"),
            posting("platform:profit", "CNY", "40.00"),
            posting("pool:reserve", "CNY", "160.00"),
            posting("member:M2:points", "GP", "112.000000"),
            posting("pool:issued", "GP", "-112.000000"),
            posting("member:M2:deduction", "DP", "2000.00"),
            posting("mall:issued", "DP", "-2000.00"),
        ],
        "minted": "112.000000", "exits": [],
        "pool": "160.00", "supply": "112.000000", "price": "1.428571",
    });
    assert_eq!(sorted(results[3].clone()), sorted(expected));
    assert_eq!(results.len(), 4);
}

#[test]
fn a_member_nobody_opened_is_refused_in_a_line_too() {
    let results = replay(stream(&[EXAMPLE[0], EXAMPLE[2], EXAMPLE[3], EXAMPLE[1], EXAMPLE[3]]));
    let message = results[2]["message"].as_str().expect("a sentence");
    assert!(message.contains("M2"), "{message}");
    assert_eq!(results[2], json!({"seq": 3, "ok": false, "error": "unknown_member", "message": message}));
    assert_eq!((&results[4]["seq"], &results[4]["ok"]), (&json!(5), &json!(true)));
}

#[test]
fn blank_lines_are_not_counted() {
    let input = format!("\n{}\n  \n\t\r\n{}\n\n", EXAMPLE[0], EXAMPLE[1]);
    assert_eq!(replay(input), [opened(1), opened(2)]);
    assert_eq!(replay(""), [] as [Value; 0]);
    assert_eq!(replay("\n\n"), [] as [Value; 0]);
}

#[test]
fn the_last_line_needs_no_end_and_lines_may_end_with_crlf() {
    assert_eq!(replay(EXAMPLE[0]), [opened(1)]);
    assert_eq!(replay(EXAMPLE[..2].join("\r\n")), [opened(1), opened(2)]);
    assert_eq!(replay(EXAMPLE[..2].join("\r\n") + "\r\n"), [opened(1), opened(2)]);
}

#[test]
fn a_repeated_command_answers_with_its_first_result() {
    let results = replay(stream(&[&EXAMPLE[..], &[EXAMPLE[3]]].concat()));
    let mut expected = results[3].clone();
    (expected["seq"], expected["replayed"]) = (json!(5), json!(true));
    assert_eq!(sorted(results[4].clone()), sorted(expected));
}

#[track_caller]
fn malformed(result: &Value, seq: u64, line: u64, part: &str) {
    let message = result["message"].as_str().expect("a sentence");
    assert_eq!(*result, json!({"seq": seq, "ok": false, "error": "malformed", "message": message}));
    assert!(message.starts_with(&format!("line {line}: ")) && message.contains(part), "{message}");
}

#[test]
fn a_malformed_line_is_a_result_with_its_line_number_and_the_stream_goes_on() {
    let lines = [
        EXAMPLE[0],
        "",
        "no JSON",
        "[]",
        r#"{"cmd":"fly"}"#,
        r#"{"cmd":"open_member"}"#,
        r#"{"cmd":"open_member","member":"M9","colour":"red"}"#,
        r#"{"cmd":"open_member","member":"M9","member":"M9"}"#,
        r#"{"cmd":"open_member","member":"M9"} {}"#,
        EXAMPLE[1],
    ];
    let results = replay(stream(&lines));
    assert_eq!(results[0], opened(1));
    for (index, part) in ["expected", "an object", "fly", "member", "colour", "member", ""].iter().enumerate()
    {
        let number = u64::try_from(index).expect("small");
        malformed(&results[index + 1], number + 2, number + 3, part);
    }
    assert_eq!(results[8], opened(9));
}

#[test]
fn bytes_that_are_no_utf8_are_malformed() {
    let input =
        [EXAMPLE[0].as_bytes(), b"\n{\"cmd\":\"open_member\",\"member\":\"\xff\"}\n", EXAMPLE[1].as_bytes()];
    let results = replay(input.concat());
    malformed(&results[1], 2, 2, "UTF-8");
    assert_eq!([&results[0], &results[2]], [&opened(1), &opened(3)]);
}

#[test]
fn a_line_over_the_limit_is_malformed_and_one_at_the_limit_is_not() {
    const LIMIT: usize = 4 << 20;
    let padded = |length: usize| format!("{}{}", EXAMPLE[0], " ".repeat(length - EXAMPLE[0].len()));
    for end in ["\n", "\r\n"] {
        let results = replay([&padded(LIMIT), end, EXAMPLE[1], end].concat());
        assert_eq!(results, [opened(1), opened(2)], "{end:?}");
        for length in [LIMIT + 1, LIMIT + 2, LIMIT + 3, 3 * LIMIT] {
            let results = replay([&padded(length), end, EXAMPLE[1], end].concat());
            malformed(&results[0], 1, 1, "longer than 4194304 bytes");
            assert_eq!(results[1..], [opened(2)], "{length} {end:?}");
        }
    }
    let results = replay(padded(LIMIT + 1));
    malformed(&results[0], 1, 1, "longer than 4194304 bytes");
}

#[test]
fn strict_stops_at_the_first_malformed_line_and_writes_no_balances() {
    let folder = Folder::new();
    let input =
        stream(&[EXAMPLE[0], r#"{"cmd":"bind","member":"M7","inviter":"M1"}"#, "", "oops", EXAMPLE[1]]);
    let arguments = ["replay", "--plan", "plan.toml", "--strict", "--balances", "balances.json"];
    let run = folder.run_with(&arguments, input.as_bytes());
    assert_eq!(run.code, Some(2));
    assert_eq!(run.err, "linli: line 4 is malformed: stopped, as --strict says\n");
    let results = results(&run.out);
    assert_eq!((&results[0], &results[1]["error"]), (&opened(1), &json!("unknown_member")));
    malformed(&results[2], 3, 4, "");
    assert_eq!(results.len(), 3);
    assert_eq!(folder.names(), ["plan.toml"]);
}

#[test]
fn strict_stops_for_a_line_over_the_limit_and_for_bytes_that_are_no_utf8() {
    for line in [vec![b' '; (4 << 20) + 1], vec![0xff]] {
        let run = Folder::new().run_with(&["replay", "--plan", "plan.toml", "--strict"], &line);
        assert_eq!(run.code, Some(2));
        malformed(&results(&run.out)[0], 1, 1, "");
    }
}

#[test]
fn strict_minds_neither_refusals_nor_blank_lines() {
    let folder = Folder::new();
    folder.write("stream.jsonl", stream(&[EXAMPLE[0], "", EXAMPLE[0], EXAMPLE[1], EXAMPLE[2], EXAMPLE[3]]));
    let run =
        folder.run(&["replay", "--plan", "plan.toml", "--strict", "--balances", "b.json", "stream.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(results(&run.out)[1]["error"], "already_exists");
    assert_eq!(folder.read("b.json"), BALANCES);
}

#[test]
fn the_balances_are_sorted_and_complete_with_their_decimals() {
    let folder = Folder::new();
    folder.write("stream.jsonl", stream(&EXAMPLE));
    folder.write("balances.json", "what was there before");
    let run = folder.run(&["replay", "--plan", "plan.toml", "--balances", "balances.json", "stream.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(folder.read("balances.json"), BALANCES);
    assert_eq!(folder.names(), ["balances.json", "plan.toml", "stream.jsonl"]);
}

#[test]
fn an_economy_without_commands_has_no_balances_but_its_genesis() {
    let folder = Folder::new();
    let arguments = ["replay", "--plan", "plan.toml", "--balances", "balances.json"];
    assert_eq!(folder.run(&arguments).code, Some(0));
    assert_eq!(folder.read("balances.json"), "{}\n");
    folder.write("plan.toml", SEED_ONE.replace(r#"genesis = "0.00""#, r#"genesis = "1000.00""#));
    assert_eq!(folder.run(&arguments).code, Some(0));
    let expected = json!({
        "external:capital": {"CNY": "-1000.00"}, "platform:genesis": {"GP": "1000.000000"},
        "pool:issued": {"GP": "-1000.000000"}, "pool:reserve": {"CNY": "1000.00"},
    });
    assert_eq!(serde_json::from_str::<Value>(&folder.read("balances.json")).expect("JSON"), expected);
}

#[test]
fn a_file_a_dash_and_standard_input_are_read_alike() {
    let folder = Folder::new();
    let input = stream(&EXAMPLE);
    folder.write("stream.jsonl", &input);
    folder.write("stream.jsonl.zst", zstd::encode_all(input.as_bytes(), 3).expect("it compresses"));
    let replay = ["replay", "--plan", "plan.toml"];
    let expected = folder.run(&[&replay[..], &["stream.jsonl"]].concat());
    assert_eq!((expected.code, expected.out.lines().count()), (Some(0), 4));
    for run in [
        folder.run(&[&replay[..], &["stream.jsonl.zst"]].concat()),
        folder.run_with(&replay, input.as_bytes()),
        folder.run_with(&[&replay[..], &["-"]].concat(), input.as_bytes()),
    ] {
        assert_eq!((run.code, run.err.as_str(), run.out), (Some(0), "", expected.out.clone()));
    }
}

#[test]
fn what_cannot_be_read_or_written_is_named() {
    let folder = Folder::new();
    folder.write("stream.jsonl", "");
    folder.write("broken.zst", "no such compression");
    let says =
        |arguments: &[&str], part: &str| folder.run(&[&["replay"], arguments].concat()).fails_with(part);
    says(&["--plan", "plan.toml", "none.jsonl"], "cannot read none.jsonl: No such file");
    says(&["--plan", "plan.toml", "."], "cannot read . after line 0: Is a directory");
    says(&["--plan", "plan.toml", "broken.zst"], "cannot read broken.zst after line 0: ");
    says(&["--plan", "none.toml", "stream.jsonl"], "cannot read none.toml: No such file");
    says(
        &["--plan", "plan.toml", "--balances", "none/b.json", "stream.jsonl"],
        "cannot write none/b.json: No such",
    );
    says(&["--plan", "plan.toml", "--balances", "..", "stream.jsonl"], ".. names no file");
    assert_eq!(folder.names(), ["broken.zst", "plan.toml", "stream.jsonl"]);
}

#[test]
fn a_missing_plan_is_a_fault_of_usage() {
    let run = Folder::new().run(&["replay"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("--plan"), "{}", run.err);
}
