//! What the tests share: a folder of its own for each, the program run in it, and its files read back. Must not be
//! added here: anything that computes money (see `model.rs`).

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

pub const SEED_ONE: &str = include_str!("../../../../plans/seed-one.toml");
pub const SEED_THREE: &str = include_str!("../../../../plans/seed-three.toml");
pub const SAMPLE_ORDERS: &str = include_str!("../data/sample-orders.csv");
pub const SAMPLE_STORES: &str = include_str!("../data/sample-stores.csv");
pub const SAMPLE_AGENTS: &str = include_str!("../data/sample-agents.csv");

/// The columns of a file of orders.
pub const ORDERS: &str = "order_id,paid_at,member_id,store_id,amount";
/// The files that a settlement writes.
pub const FILES: [&str; 5] = ["balances.csv", "exits.csv", "prices.csv", "statement.csv", "summary.json"];

/// Balances as texts, by account and asset.
pub type Balances = BTreeMap<String, BTreeMap<String, String>>;

/// A folder with `plan.toml`, which is seed-one, where the program runs.
pub struct Folder(TempDir);

/// What a run of the program left.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        folder.write("plan.toml", SEED_ONE);
        folder
    }

    /// A folder with these rows as `orders.csv`.
    pub fn with_orders(rows: &[&str]) -> Self {
        let folder = Self::new();
        folder.write("orders.csv", csv_of(ORDERS, rows));
        folder
    }

    /// A folder with the sample of this crate.
    pub fn with_sample() -> Self {
        let folder = Self::new();
        folder.write("orders.csv", SAMPLE_ORDERS);
        folder.write("stores.csv", SAMPLE_STORES);
        folder.write("agents.csv", SAMPLE_AGENTS);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("a file in an own folder");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Everything in the folder, sorted, hidden names too.
    pub fn names(&self) -> Vec<String> {
        names(self.0.path())
    }

    /// The program, about to run here, with nothing on its standard input.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).spawn().expect("the program starts"))
    }

    /// Runs with these bytes on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.to_vec();
        // It may stop reading early; what it left and said is what the tests look at.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let run = Run::of(child);
        writer.join().expect("the writer does not panic");
        run
    }

    /// `linli settle` of `orders.csv` into `out`, with these further arguments.
    pub fn try_settle(&self, further: &[&str]) -> Run {
        let arguments = ["settle", "--plan", "plan.toml", "--orders", "orders.csv", "--out", "out"];
        self.run(&[&arguments, further].concat())
    }

    /// The same, which must go well; gives what it wrote.
    pub fn settle(&self, further: &[&str]) -> Settled {
        let run = self.try_settle(further);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        Settled::read(&self.path("out"))
    }

    /// The same with `--skip-bad`, whatever it lists.
    pub fn settle_skipping(&self) -> Settled {
        assert_eq!(self.try_settle(&["--skip-bad"]).code, Some(0));
        Settled::read(&self.path("out"))
    }

    /// The settlement with `stores.csv` and `agents.csv`, as the sample has them.
    pub fn settle_sample(&self) -> Settled {
        self.settle(&["--stores", "stores.csv", "--agents", "agents.csv"])
    }
}

impl Run {
    pub fn of(child: Child) -> Self {
        let output = child.wait_with_output().expect("the program ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The run was refused: exit code 1, nothing printed but a message with this part.
    #[track_caller]
    pub fn fails_with(&self, part: &str) {
        assert!(
            self.err.starts_with("linli: ") && self.err.contains(part),
            "{part:?} is not in {:?}",
            self.err
        );
        assert_eq!((self.code, self.out.as_str()), (Some(1), ""), "{part}");
    }
}

/// What a settlement wrote.
pub struct Settled {
    pub statement: Vec<Row>,
    pub balances: Balances,
    pub exits: Vec<Row>,
    pub prices: Vec<Row>,
    pub summary: serde_json::Value,
}

/// One row of a file, by column.
pub type Row = BTreeMap<String, String>;

impl Settled {
    pub fn read(folder: &Path) -> Self {
        Self { statement: rows_of(&folder.join("statement.csv")), ..Self::without_statement(folder) }
    }

    /// All but the statement, which is long for a long file.
    pub fn without_statement(folder: &Path) -> Self {
        let mut balances = Balances::new();
        for mut row in rows_of(&folder.join("balances.csv")) {
            let mut field = |name| row.remove(name).expect("a column of balances.csv");
            let before =
                balances.entry(field("account")).or_default().insert(field("asset"), field("amount"));
            assert_eq!(before, None, "a balance stands once");
        }
        Self {
            statement: Vec::new(),
            balances,
            exits: rows_of(&folder.join("exits.csv")),
            prices: rows_of(&folder.join("prices.csv")),
            summary: summary_of(folder),
        }
    }

    /// The balance of an account, 0 where the file has none.
    pub fn balance(&self, account: &str, asset: &str) -> &str {
        self.balances.get(account).and_then(|assets| assets.get(asset)).map_or("0", String::as_str)
    }

    /// One column of the statement.
    pub fn column(&self, name: &str) -> Vec<&str> {
        self.statement.iter().map(|row| row[name].as_str()).collect()
    }

    /// A figure of the summary, in units.
    pub fn figure(&self, name: &str, decimals: usize) -> i128 {
        units(self.summary[name].as_str().unwrap_or_else(|| panic!("no text {name}")), decimals)
    }

    /// The sum of the balances whose account is so.
    pub fn sum(&self, asset: &str, decimals: usize, wanted: impl Fn(&str) -> bool) -> i128 {
        let accounts = self.balances.iter().filter(|(account, _)| wanted(account));
        accounts.filter_map(|(_, assets)| assets.get(asset)).map(|amount| units(amount, decimals)).sum()
    }
}

pub fn rows_of(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{error}"));
    reader.deserialize().map(|row| row.expect("a row of CSV")).collect()
}

pub fn summary_of(folder: &Path) -> serde_json::Value {
    let text = fs::read_to_string(folder.join("summary.json")).expect("a summary");
    serde_json::from_str(&text).expect("JSON")
}

/// The text of a file of CSV.
pub fn csv_of(header: &str, rows: &[&str]) -> String {
    format!("{header}\n{}\n", rows.join("\n"))
}

/// The names in a folder, sorted, hidden ones too.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The units of a decimal text that has exactly so many decimals; `0` alone is 0.
pub fn units(text: &str, decimals: usize) -> i128 {
    if text == "0" {
        return 0;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or_else(|| panic!("{text} has no decimals"));
    assert_eq!(fraction.len(), decimals, "the decimals of {text}");
    format!("{whole}{fraction}").parse().unwrap_or_else(|_| panic!("{text} is no number"))
}
