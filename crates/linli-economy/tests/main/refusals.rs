//! The order among the refusals of each command, from the table `rules/refusals.order`: every two refusals
//! are brought about by one command, and the earlier wins. Must not be added here: an order of the test's
//! own.

use crate::rules::{World, items, lines_of, plan_text, unchanged};
use linli_economy::Economy;
use linli_economy::refusal::Code;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

type Fields = Map<String, Value>;

const TABLE: &str = include_str!("rules/refusals.order");

/// What breaks one rule, or `both` rules.
struct Violation {
    line: usize,
    codes: Vec<String>,
    fields: Fields,
}

/// One command: as it is accepted, what breaks each of its rules, and which two cannot be broken together.
#[derive(Default)]
struct Command {
    name: String,
    accepted: Fields,
    violations: Vec<Violation>,
    both: Vec<Violation>,
    never: Vec<[String; 2]>,
}

struct Table {
    world: Economy,
    commands: Vec<Command>,
}

fn table() -> Table {
    let (mut plan, mut given, mut commands) = (String::new(), Vec::new(), Vec::<Command>::new());
    for (line, text) in items(TABLE) {
        let (word, rest) = text.split_once(' ').unwrap_or((&text, ""));
        let rest = rest.trim();
        let Some(command) = commands.last_mut().filter(|_| word != "command") else {
            match word {
                "plan" => plan = plan_text(rest).expect("the table's plan"),
                "given" => {}
                "command" => commands.push(Command { name: rest.into(), ..Command::default() }),
                _ => given.extend(text.split(';').map(|item| item.trim().to_string())),
            }
            continue;
        };
        match word {
            "accepted" => command.accepted = fields(line, rest),
            "both" => {
                let words: Vec<&str> = rest.splitn(3, ' ').collect();
                let codes = vec![words[0].to_string(), words[1].to_string()];
                command.both.push(Violation { line, codes, fields: patch(line, words[2]) });
            }
            "never" => {
                let words: Vec<&str> = rest.splitn(3, ' ').collect();
                command.never.push([words[0].to_string(), words[1].to_string()]);
            }
            code => {
                let codes = vec![code.to_string()];
                command.violations.push(Violation { line, codes, fields: patch(line, rest) });
            }
        }
    }
    let mut world = World::open(&plan).expect("the table's plan");
    for text in given {
        for line in lines_of(&text).unwrap_or_else(|what| panic!("{text}: {what}")) {
            let result = world.apply(&line).unwrap_or_else(|what| panic!("{text}: {what}"));
            assert_eq!(result["ok"], true, "{text}: {result}");
        }
    }
    Table { world: world.economy, commands }
}

fn fields(line: usize, text: &str) -> Fields {
    let plan = plan_text("seed-one").expect("a shipped plan");
    let text = text.replace("PLAN", &Value::from(plan).to_string());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("refusals.order:{line}: {error}"))
}

fn patch(line: usize, text: &str) -> Fields {
    fields(line, &format!("{{{text}}}"))
}

/// Both patches in one, unless a field would need two values.
fn together(a: &Fields, b: &Fields) -> Option<Fields> {
    let clash = a.iter().any(|(name, value)| b.get(name).is_some_and(|other| other != value));
    (!clash).then(|| a.iter().chain(b).map(|(name, value)| (name.clone(), value.clone())).collect())
}

impl Command {
    /// The codes in their order.
    fn order(&self) -> Vec<String> {
        let mut order: Vec<String> = Vec::new();
        for violation in &self.violations {
            let code = &violation.codes[0];
            match order.iter().position(|known| known == code) {
                Some(place) => {
                    assert_eq!(place + 1, order.len(), "refusals.order:{}: {code}", violation.line);
                }
                None => order.push(code.clone()),
            }
        }
        order
    }

    /// Everything that breaks these two rules at once.
    fn breaking(&self, first: &str, second: &str) -> Vec<Fields> {
        let listed = self.both.iter().filter(|both| both.codes == [first, second]);
        let mut all: Vec<Fields> = listed.map(|both| both.fields.clone()).collect();
        for a in self.breaking_one(first) {
            all.extend(self.breaking_one(second).filter_map(|b| together(a, b)));
        }
        all
    }

    fn breaking_one(&self, code: &str) -> impl Iterator<Item = &Fields> {
        let of = self.violations.iter().filter(move |violation| violation.codes[0] == code);
        of.map(|violation| &violation.fields)
    }

    /// The command's line with these fields instead of its own.
    fn line(&self, changed: &Fields) -> String {
        let mut fields = self.accepted.clone();
        fields.extend(changed.clone());
        Value::Object(fields).to_string()
    }
}

/// Applies the line to the table's world; gives the refusal's code, after which nothing may have changed.
fn refusal(world: &Economy, line: &str) -> String {
    let mut economy = world.clone();
    let code = match economy.apply(line).outcome() {
        Ok(_) => "accepted",
        Err(refusal) => refusal.code.name(),
    };
    if code != "accepted" {
        unchanged(world, &economy).unwrap_or_else(|what| panic!("{line}: {what}"));
    }
    code.to_string()
}

#[test]
fn each_rule_broken_alone_gives_its_refusal() {
    let Table { world, commands } = table();
    for command in &commands {
        let line = command.line(&Fields::new());
        assert_eq!(refusal(&world, &line), "accepted", "{}: {line}", command.name);
        for violation in &command.violations {
            let line = command.line(&violation.fields);
            let of = format!("refusals.order:{}: {}: {line}", violation.line, command.name);
            assert_eq!(refusal(&world, &line), violation.codes[0], "{of}");
        }
    }
}

#[test]
fn of_every_two_refusals_the_earlier_wins() {
    let Table { world, commands } = table();
    let mut pairs = 0;
    for command in &commands {
        let order = command.order();
        for (place, first) in order.iter().enumerate() {
            for second in &order[place + 1..] {
                let breaking = command.breaking(first, second);
                let never = command.never.contains(&[first.clone(), second.clone()]);
                let name = &command.name;
                assert_ne!(
                    breaking.is_empty(),
                    !never,
                    "{name}: {first} with {second}: say how, or why never"
                );
                for fields in breaking {
                    let line = command.line(&fields);
                    assert_eq!(refusal(&world, &line), *first, "{name}: {first} before {second}: {line}");
                    pairs += 1;
                }
            }
        }
    }
    assert!(pairs > 400, "only {pairs} pairs");
}

#[test]
fn the_table_has_every_command_and_every_refusal_but_overflow() {
    let Table { commands, .. } = table();
    let names: BTreeSet<&str> =
        commands.iter().map(|command| command.accepted["cmd"].as_str().expect("a command")).collect();
    assert_eq!(names.len(), 28, "{names:?}");
    let named: BTreeSet<String> = commands.iter().flat_map(Command::order).collect();
    let codes = Code::ALL.iter().filter(|code| **code != Code::Overflow);
    assert_eq!(named, codes.map(|code| code.name().to_string()).collect());
}

#[test]
fn what_cannot_be_read_is_refused_before_the_id_and_the_id_before_the_time() {
    let Table { commands, .. } = table();
    for command in &commands {
        let order = command.order();
        let own = ["id_reused"].iter().filter(|code| order.iter().any(|known| known == *code));
        let first: Vec<&str> = ["malformed"].iter().chain(own).chain(&["time_reversed"]).copied().collect();
        assert_eq!(order[..first.len()], first[..], "{}", command.name);
    }
}
