//! The form of the proof files: every lemma names the code that it models, has an example of its assumptions
//! and refutes at least one wrong rule; and the modelled functions are those that the tests hold to the
//! lemmas.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// What the lemmas model and the tests run: file under `src/`, function.
const MODELLED: &[(&str, &str)] = &[
    ("exits.rs", "Target::reached"),
    ("limits.rs", "Entered::admits_order"),
    ("member.rs", "Payback::note"),
    ("pool.rs", "Pool::burn"),
    ("pool.rs", "Pool::inject"),
    ("pool.rs", "Pool::mint"),
    ("pool.rs", "Pool::open"),
    ("pool.rs", "Pool::price"),
    ("pool.rs", "Pool::redemption"),
    ("pool.rs", "Pool::refund"),
    ("pool.rs", "Pool::refund_part"),
    ("pool.rs", "Price::partial_cmp"),
    ("pool.rs", "Price::points_floor"),
    ("pool.rs", "Price::worth_floor"),
    ("pool.rs", "retained"),
    ("rate.rs", "Rate::share_floor"),
    ("state/balances.rs", "State::check_points"),
    ("state/redeem.rs", "State::exit"),
    ("state/redeem.rs", "State::inject"),
    ("state/redeem.rs", "State::redeem"),
    ("member.rs", "Payback::charge"),
    ("state/refund.rs", "State::points_part"),
    ("wide.rs", "compare_products"),
    ("wide.rs", "mul3_div2_floor"),
    ("wide.rs", "mul_div_ceil"),
    ("wide.rs", "mul_div_floor"),
];

struct Lemma {
    file: String,
    name: String,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The proof files by name.
fn files() -> BTreeMap<String, String> {
    let entries = fs::read_dir(root().join("proofs")).expect("the proofs are in the repository");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let files = paths.filter(|path| path.extension().is_some_and(|extension| extension == "smt2"));
    let name = |path: &PathBuf| path.file_name().expect("a file").to_string_lossy().into_owned();
    files.map(|path| (name(&path), fs::read_to_string(&path).expect("a text"))).collect()
}

/// The lemmas of all files: each goes from its `; lemma: ` to the next.
fn lemmas() -> Vec<Lemma> {
    let mut lemmas = Vec::new();
    for (file, text) in files() {
        let mut parts = text.split("; lemma: ");
        assert!(!parts.next().expect("a head").contains("(echo"), "{file}: a claim before the first lemma");
        for part in parts {
            let (name, text) = part.split_once('\n').expect("a lemma has lines");
            lemmas.push(Lemma { file: file.clone(), name: name.to_owned(), text: text.to_owned() });
        }
    }
    lemmas
}

impl Lemma {
    /// The files under `src/` and the functions that it models.
    fn models(&self) -> Vec<(&str, &str)> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("; models: "));
        let split = |line| {
            let (path, function): (&str, &str) =
                str::split_once(line, ' ').unwrap_or_else(|| panic!("{}: {line}", self.name));
            let file = path.strip_prefix("crates/linli-economy/src/");
            (file.unwrap_or_else(|| panic!("{}: {path} is not the economy's", self.name)), function)
        };
        lines.map(split).collect()
    }

    /// What it claims, in order: the names before `: unsat` and `: sat`.
    fn claims(&self) -> Vec<&str> {
        let echoes = self.text.lines().filter_map(|line| line.strip_prefix("(echo \""));
        echoes.map(|echo| echo.strip_suffix("\")").expect("an echo is one line")).collect()
    }
}

#[test]
fn every_lemma_has_an_example_and_refutes_a_wrong_rule() {
    for lemma in lemmas() {
        let (file, name, claims) = (&lemma.file, &lemma.name, lemma.claims());
        let proved = claims.iter().filter(|claim| claim.ends_with(": unsat")).count();
        assert!(proved == 1 && claims.contains(&&*format!("{name}: unsat")), "{file}: {name}: {claims:?}");
        let count = |kind: &str| {
            let form =
                |claim: &&&str| claim.starts_with(&format!("{name}, {kind}")) && claim.ends_with(": sat");
            claims.iter().filter(form).count()
        };
        let (possible, refuted) = (count("possible"), count("but "));
        assert!(possible > 0, "{file}: {name}: no example of its assumptions");
        assert!(refuted > 0, "{file}: {name}: it refutes no wrong rule");
        assert_eq!(claims.len(), 1 + possible + refuted, "{file}: {name}: a claim of no known kind");
    }
}

#[test]
fn every_lemma_models_a_function_that_is_there() {
    for lemma in lemmas() {
        let models = lemma.models();
        assert!(!models.is_empty(), "{}: {} models nothing", lemma.file, lemma.name);
        for (file, function) in models {
            let path = root().join("crates/linli-economy/src").join(file);
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
            let (owner, name) = function.split_once("::").map_or((None, function), |(a, b)| (Some(a), b));
            let has_owner = owner.is_none_or(|owner| {
                text.contains(&format!("impl {owner} {{")) || text.contains(&format!(" for {owner} {{"))
            });
            assert!(has_owner && text.contains(&format!("fn {name}(")), "{}: {file} {function}", lemma.name);
        }
    }
}

#[test]
fn the_modelled_functions_are_those_that_are_tested() {
    let lemmas = lemmas();
    let modelled: BTreeSet<_> = lemmas.iter().flat_map(Lemma::models).collect();
    assert_eq!(modelled, MODELLED.iter().copied().collect());
}

#[test]
fn definitions_are_the_same_in_every_file() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for (file, text) in files() {
        for line in text.split("; lemma: ").next().expect("a head").lines() {
            let Some(definition) = line.strip_prefix("(define-fun ") else { continue };
            let name = definition.split(' ').next().expect("a name").to_owned();
            let first = known.entry(name).or_insert_with(|| definition.to_owned());
            assert_eq!(first, definition, "{file}");
        }
    }
    assert!(known.contains_key("floor_of") && known.contains_key("falls"));
}

#[test]
fn the_solver_assumes_nothing_that_is_not_written() {
    for (file, text) in files() {
        let forms = text.lines().filter(|line| line.starts_with('('));
        for line in forms {
            let head = line[1..].split([' ', ')']).next().expect("a word");
            let plain = ["assert", "check-sat", "declare-const", "define-fun", "echo", "pop", "push"];
            assert!(plain.contains(&head), "{file}: {line}");
        }
        let count = |form: &str| text.lines().filter(|line| *line == form).count();
        assert_eq!(count("(push)"), count("(pop)"), "{file}");
    }
}
