//! Ways to say what may not be said: spaces, invisible characters, ornaments, full-width, traditional and look-alike
//! characters; by name, and a thousand by chance from a seed.

use super::support::{ORDINARY, broken, cn, said};
use linli_guard::{Rules, TextKind::Prose};
use linli_random::Random;

#[test]
fn named_evasions_are_found() {
    let rules = cn();
    for (text, id) in [
        ("消费全 返", "CR-2"),
        ("消费 全\u{200b}返", "CR-2"),
        ("消费全\u{2060}\u{feff}返", "CR-2"),
        ("消费全·返", "CR-2"),
        ("消费全★返★", "CR-2"),
        ("消费全反到账", "CR-2"),
        ("穩賺不賠", "CR-2"),
        ("稳嫌不赔", "CR-2"),
        ("躺賺", "CR-2"),
        ("淌赚", "CR-2"),
        ("隻漲不跌", "CR-2"),
        ("只，涨，不，跌", "CR-2"),
        ("只\n涨\n不\n跌", "CR-2"),
        ("０成本创业", "CR-2"),
        ("〇成本创业", "CR-2"),
        ("財富自由", "CR-2"),
        ("財\u{3000}富\u{3000}自\u{3000}由", "CR-2"),
        ("國家扶持", "CR-2"),
        ("月入①萬", "CR-2"),
        ("月入過萬", "CR-2"),
        ("原始股", "IF-2w"),
        ("原 始 殷", "IF-2w"),
        ("公司即將上市", "IF-2w"),
        ("公司即将上\u{5dff}", "IF-2w"),
        ("保證每月收益", "IF-1"),
        ("年化１２％", "IF-1"),
        ("积分两倍返還", "IF-1"),
        ("ＧＵＡＲＡＮＴＥＥＤ ｒｅｔｕｒｎ", "IF-1"),
        ("guаranteed incоme", "IF-1"),
        ("R-I-S-K F-R-E-E", "IF-1"),
        ("發展下線", "PS-10"),
        ("拉 人 頭", "PS-10"),
        ("充１０００送５００", "CR-3w"),
    ] {
        assert!(broken(&rules, text, Prose).iter().any(|found| found == id), "{text} should break {id}");
    }
}

/// Characters between letters that a reader does not mind.
const BETWEEN: [&str; 12] =
    [" ", "\u{3000}", "\u{200b}", "\u{200d}", "\u{2060}", "\u{feff}", "·", "*", "~", "_", "★", "\u{fe0f}"];

/// The same words dressed up: each letter perhaps another shape, something perhaps between them.
fn dressed(rules: &Rules, text: &str, random: &mut Random) -> String {
    let mut dressed = String::new();
    let count = text.chars().count();
    for (place, letter) in text.chars().enumerate() {
        let shapes = shapes(rules, letter);
        let shape = if random.percent(60) { *random.pick(&shapes) } else { letter };
        dressed.push(shape);
        if place + 1 < count && random.percent(60) {
            dressed.push_str(random.pick::<&str>(&BETWEEN));
        }
    }
    dressed
}

fn shapes(rules: &Rules, letter: char) -> Vec<char> {
    let mut shapes = rules.readings.variants(letter);
    shapes.push(letter);
    if let ascii @ '!'..='~' = letter {
        shapes.extend(char::from_u32(u32::from(ascii) + 0xfee0));
        shapes.extend(ascii.to_uppercase());
    }
    shapes
}

#[test]
fn a_thousand_hostile_texts_are_found() {
    let rules = cn();
    let mut patterns = Vec::new();
    for rule in &rules.rules {
        for wording in rule.words.iter().filter(|wording| !wording.names_only) {
            let with = wording.together_with().next().unwrap_or("欢迎");
            patterns.extend(
                wording.forbidden().map(|pattern| (rule.id.clone(), with.to_string(), said(pattern))),
            );
        }
    }
    let ordinary: Vec<&str> = ORDINARY.lines().collect();
    let mut random = Random::new(20_261_130);
    for number in 0..1_000 {
        let (id, with, words) = random.pick(&patterns);
        let (before, after) = (random.pick(&ordinary), random.pick(&ordinary));
        let text = format!("{before}。{with}。{}。{after}", dressed(&rules, words, &mut random));
        assert!(broken(&rules, &text, Prose).contains(id), "{number}: {text} should break {id} ({words})");
    }
}
