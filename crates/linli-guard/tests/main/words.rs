//! Words in texts under the rules for China: every pattern is found, every allowed context is left alone, and what
//! ordinary shops write passes.

use super::support::{ORDINARY, broken, cn, said};
use linli_guard::TextKind::{Name, Prose};
use linli_guard::words::Wording;
use linli_guard::{Rule, Rules};

/// The same rules with nothing but these words of a rule.
fn alone(rules: &Rules, rule: &Rule, wording: Wording) -> Rules {
    Rules { rules: vec![Rule { words: vec![wording], ..rule.clone() }], ..rules.clone() }
}

/// What a text must say too, to be read for these words.
fn together(wording: &Wording) -> String {
    wording.together_with().next().map_or(String::new(), |with| format!("{with}。"))
}

#[test]
fn ordinary_texts_of_shops_pass() {
    let rules = cn();
    assert!(ORDINARY.lines().count() >= 300);
    let denied = ORDINARY.lines().map(|text| (text, broken(&rules, text, Prose)));
    let denied: Vec<_> = denied.filter(|(_, ids)| !ids.is_empty()).collect();
    assert!(denied.is_empty(), "{denied:#?}");
    let whole = rules.read(ORDINARY, Prose);
    // FR-8 reads a text as a whole: a page that recruits agents may not speak of income anywhere.
    let others: Vec<_> = whole.iter().filter(|hit| hit.rule.id != "FR-8").map(|hit| &hit.found).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn ordinary_names_of_shops_pass_and_those_of_finance_do_not() {
    let rules = cn();
    for name in
        ["阿公排骨饭", "金融街早餐店", "张记面馆", "春茶上市铺", "老街理发", "City Coffee", "二手书交换站"]
    {
        assert_eq!(broken(&rules, name, Name), [""; 0], "{name}");
    }
    for name in ["邻里理财中心", "积分交易所", "财富管理会所", "金 融超市"] {
        assert_eq!(broken(&rules, name, Name), ["IF-8"], "{name}");
        assert_eq!(broken(&rules, name, Prose), [""; 0], "{name}");
    }
}

#[test]
fn every_pattern_is_found_and_every_context_is_left_alone() {
    let rules = cn();
    let mut wordings = 0;
    for rule in &rules.rules {
        for wording in &rule.words {
            wordings += 1;
            let kind = if wording.names_only { Name } else { Prose };
            for pattern in wording.forbidden() {
                let text = together(wording) + &said(pattern);
                assert!(broken(&rules, &text, kind).contains(&rule.id), "{}: {pattern}", rule.id);
            }
            let alone = alone(&rules, rule, wording.clone());
            for context in wording.allowed() {
                let text = together(wording) + &said(context);
                assert_eq!(broken(&alone, &text, kind), [""; 0], "{}: {context}", rule.id);
            }
        }
    }
    assert!(wordings >= 9, "{wordings}");
}

#[test]
fn contexts_that_are_allowed_hold_something_forbidden() {
    let rules = cn();
    let mut needless = Vec::new();
    for rule in &rules.rules {
        for wording in &rule.words {
            let kind = if wording.names_only { Name } else { Prose };
            let mut bare = wording.clone();
            bare.allow_nothing();
            let alone = alone(&rules, rule, bare);
            for context in wording.allowed() {
                let text = together(wording) + &said(context);
                if broken(&alone, &text, kind).is_empty() {
                    needless.push((&rule.id, context));
                }
            }
        }
    }
    assert!(needless.is_empty(), "{needless:?}");
}

#[test]
fn a_finding_quotes_the_text_and_tells_where() {
    let rules = cn();
    let text = "本店积分只涨\u{200b}不跌，欢迎光临";
    let hits = rules.read(text, Prose);
    let hit = hits.iter().find(|hit| hit.rule.id == "CR-2").expect("found");
    assert_eq!((hit.found.as_str(), &text[..hit.start]), ("只涨\u{200b}不跌", "本店积分"));
    let finding = hit.finding();
    assert!(finding.because.zh.starts_with("“只涨\u{200b}不跌”：") && finding.citation.contains("广告法"));
}

#[test]
fn recruiting_agents_with_figures_is_denied_and_either_alone_is_not() {
    let rules = cn();
    for (text, ids) in [
        ("诚招区域代理，每月20万", &["FR-8"][..]),
        ("加盟热线在门口。三个月回本", &["FR-8"]),
        ("诚招区域代理，提供品牌与培训", &[]),
        ("本店年收入 30 万元以下免税", &[]),
    ] {
        assert_eq!(broken(&rules, text, Prose), ids, "{text}");
    }
}
