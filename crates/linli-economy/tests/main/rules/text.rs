//! Reads a file of rules: settings and rules, cut into blocks and items with their line numbers. What the
//! items mean is elsewhere (`words.rs` for commands, `expect.rs` for what follows). Must not be added here:
//! a default that a reader of the file cannot see.

use std::collections::BTreeMap;

/// One command, expectation or plan line, and where it stands.
#[derive(Clone, Debug)]
pub struct Item {
    pub line: usize,
    pub text: String,
}

/// Where a rule begins: a plan, and what has happened before.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    pub plan: Option<Item>,
    pub given: Vec<Item>,
}

#[derive(Clone, Debug)]
pub enum Step {
    Given(Item),
    When { command: Item, then: Vec<Item> },
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub line: usize,
    pub setting: Setting,
    pub steps: Vec<Step>,
}

/// The words that begin a block; every other line continues the one before.
const BLOCKS: [&str; 7] = ["setting", "rule", "in", "plan", "given", "when", "then"];

/// The rules of a file's text.
pub fn rules(text: &str) -> Result<Vec<Rule>, String> {
    let mut reader = Reader { settings: BTreeMap::new(), rules: Vec::new(), target: Target::None };
    let mut block = "";
    for (line, raw) in whole_lines(text) {
        for content in blocks(without_comment(&raw)) {
            let (first, rest) = content.split_once(' ').unwrap_or((content, ""));
            let items = match BLOCKS.iter().find(|known| **known == first) {
                Some(known) => {
                    block = known;
                    reader.begin(block, line, rest.trim())?;
                    rest
                }
                None => content,
            };
            for text in split(items) {
                reader.item(block, Item { line, text: text.to_string() })?;
            }
        }
    }
    reader.rules.iter().try_for_each(complete)?;
    Ok(reader.rules)
}

enum Target {
    None,
    Setting(String),
    Rule,
}

struct Reader {
    settings: BTreeMap<String, Setting>,
    rules: Vec<Rule>,
    target: Target,
}

impl Reader {
    fn begin(&mut self, block: &str, line: usize, rest: &str) -> Result<(), String> {
        match block {
            "setting" => {
                self.target = Target::Setting(name(line, rest)?);
                if self.settings.insert(name(line, rest)?, Setting::default()).is_some() {
                    return Err(format!("{line}: a second setting {rest}"));
                }
            }
            "rule" => {
                let rule =
                    Rule { name: name(line, rest)?, line, setting: Setting::default(), steps: Vec::new() };
                if self.rules.iter().any(|known| known.name == rule.name) {
                    return Err(format!("{line}: a second rule {rest}"));
                }
                self.rules.push(rule);
                self.target = Target::Rule;
            }
            _ => {}
        }
        Ok(())
    }

    fn item(&mut self, block: &str, item: Item) -> Result<(), String> {
        let line = item.line;
        let refused = |what: &str| Err(format!("{line}: {what}: {}", item.text));
        match (block, &self.target) {
            ("setting" | "rule", _) => Ok(()),
            ("in", _) => self.base(&item),
            ("plan", _) => {
                let plan = &mut self.setting().ok_or(format!("{line}: a plan of nothing"))?.plan;
                match plan {
                    Some(plan) => {
                        let word = if plan.text.contains(" with ") { "," } else { " with" };
                        plan.text = format!("{}{word} {}", plan.text.trim_end_matches(','), item.text);
                    }
                    None => *plan = Some(item),
                }
                Ok(())
            }
            ("given", Target::Setting(_)) => {
                self.setting().expect("it was begun").given.push(item);
                Ok(())
            }
            ("given", Target::Rule) => {
                self.steps().push(Step::Given(item));
                Ok(())
            }
            ("when", Target::Rule) => {
                self.steps().push(Step::When { command: item, then: Vec::new() });
                Ok(())
            }
            ("then", Target::Rule) => match self.steps().last_mut() {
                Some(Step::When { then, .. }) => {
                    then.push(item);
                    Ok(())
                }
                _ => refused("a `then` without its `when`"),
            },
            _ => refused("stands in no rule"),
        }
    }

    /// `in NAME`: begins with a setting of this file.
    fn base(&mut self, item: &Item) -> Result<(), String> {
        let unknown = || format!("{}: no setting {}", item.line, item.text);
        let base = self.settings.get(&item.text).cloned().ok_or_else(unknown)?;
        *self.setting().ok_or_else(unknown)? = base;
        Ok(())
    }

    fn setting(&mut self) -> Option<&mut Setting> {
        match &self.target {
            Target::None => None,
            Target::Setting(name) => self.settings.get_mut(name),
            Target::Rule => self.rules.last_mut().map(|rule| &mut rule.setting),
        }
    }

    fn steps(&mut self) -> &mut Vec<Step> {
        &mut self.rules.last_mut().expect("a rule was begun").steps
    }
}

/// Every `when` says what follows from it.
fn complete(rule: &Rule) -> Result<(), String> {
    let mut whens = 0;
    for step in &rule.steps {
        if let Step::When { command, then } = step {
            whens += 1;
            if then.is_empty() {
                return Err(format!("{}: a `when` without its `then`", command.line));
            }
        }
    }
    if whens == 0 {
        return Err(format!("{}: {} says nothing", rule.line, rule.name));
    }
    Ok(())
}

/// A rule's name is a sentence in snake case.
fn name(line: usize, text: &str) -> Result<String, String> {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if text.is_empty() || !text.chars().all(plain) {
        return Err(format!("{line}: {text:?} is not a name_in_snake_case"));
    }
    Ok(text.to_string())
}

fn without_comment(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    if line.contains("json ") {
        return line;
    }
    line.split_once(" #").map_or(line, |(content, _)| content).trim()
}

/// The lines of a table without remarks and blank lines, with their numbers.
pub fn items(text: &str) -> impl Iterator<Item = (usize, String)> {
    let lines = whole_lines(text).into_iter().map(|(line, raw)| (line, without_comment(&raw).to_string()));
    lines.filter(|(_, content)| !content.is_empty())
}

/// The lines with their numbers; one that ends with a backslash goes on in the next.
fn whole_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut goes_on = false;
    for (index, raw) in text.lines().enumerate() {
        let (content, next_too) = raw.strip_suffix('\\').map_or((raw, false), |content| (content, true));
        match lines.last_mut().filter(|_| goes_on) {
            Some((_, line)) => line.push_str(content.trim_start()),
            None => lines.push((index + 1, content.to_string())),
        }
        goes_on = next_too;
    }
    lines
}

/// `when … then …` may stand in one line.
fn blocks(line: &str) -> Vec<&str> {
    match line.find(" then ").filter(|_| line.starts_with("when ")) {
        Some(place) => vec![line[..place].trim(), line[place..].trim()],
        None => vec![line],
    }
}

/// The items of a line: cut at semicolons, but for raw commands.
fn split(text: &str) -> Vec<&str> {
    let text = text.trim();
    if text.starts_with("json ") {
        return vec![text];
    }
    text.split(';').map(str::trim).filter(|item| !item.is_empty()).collect()
}
