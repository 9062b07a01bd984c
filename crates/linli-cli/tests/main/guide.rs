//! The guide is what the program does: the blocks of docs/api.md that are marked `sh run` are run as they stand, from the
//! first to the last, in one shell, in a folder of their own. Only the port is another. A line `# prints TEXT` says what
//! the lines before it in its block print. Must not be added here: what the guide does not say.

use super::support::Folder;
use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

const GUIDE: &str = include_str!("../../../../docs/api.md");

/// Where the guide says that the service listens.
const ADDRESS: &str = "127.0.0.1:8080";

/// Before the blocks: the first that goes wrong ends the run, and an answer of 400 or more is wrong. Whatever the guide
/// has left running ends with it.
const FRAME: &str = r#"set -euo pipefail
exec </dev/null
curl() { command curl --silent --show-error --fail-with-body --max-time 60 "$@"; }
trap 'jobs -p | xargs --no-run-if-empty kill || true; wait' EXIT
"#;

/// A block of the guide.
struct Block<'a> {
    line: usize,
    text: &'a str,
}

/// The blocks with this mark.
fn blocks<'a>(guide: &'a str, mark: &str) -> Vec<Block<'a>> {
    let opening = format!("```{mark}\n");
    let starts = guide.match_indices(&opening).filter(|(at, _)| *at == 0 || guide[..*at].ends_with('\n'));
    let block = |(at, _): (usize, &str)| {
        let start = at + opening.len();
        let text = guide[start..].split("```").next().expect("a split has a first part");
        Block { line: guide[..start].lines().count() + 1, text }
    };
    starts.map(block).collect()
}

impl Block<'_> {
    /// The lines in the shell that runs them all, with what they print in a file.
    fn script(&self) -> String {
        let line = self.line;
        format!("echo {line} >at\n{{\n{}}} >{line}.out 2>{line}.err\n", self.text)
    }

    fn promises(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter_map(|line| line.strip_prefix("# prints "))
    }
}

/// The whole guide as one script.
fn script(blocks: &[Block<'_>]) -> String {
    blocks.iter().fold(FRAME.to_string(), |mut script, block| {
        let _ = write!(script, "{}", block.script());
        script
    })
}

/// An address that nothing listens on.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

/// The search path with the program that is tested in front.
fn search_path() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_linli")).parent().expect("a folder");
    format!("{}:{}", program.display(), std::env::var("PATH").expect("a search path"))
}

#[test]
fn the_lines_of_the_guide_work() {
    let blocks = blocks(GUIDE, "sh run");
    assert!(blocks.len() > 3, "the guide has lost its mark");
    let folder = Folder::new();
    let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plans");
    std::os::unix::fs::symlink(plans, folder.path("plans")).expect("a link");
    folder.write("guide.sh", script(&blocks).replace(ADDRESS, &free_address()));
    let mut command = Command::new("bash");
    command.arg("guide.sh").current_dir(folder.path(".")).env("PATH", search_path()).stdin(Stdio::null());
    let run = command.output().expect("bash runs");
    let printed = |block: &Block<'_>, kind: &str| {
        let bytes = std::fs::read(folder.path(&format!("{}.{kind}", block.line))).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    if !run.status.success() {
        let at = folder.read("at");
        let at = blocks.iter().find(|block| block.line.to_string() == at.trim()).expect("one was begun");
        let (out, err) = (printed(at, "out"), printed(at, "err"));
        let beside = String::from_utf8_lossy(&run.stderr).into_owned();
        panic!("docs/api.md:{}:\n{}\nprinted: {out}\nand said: {err}{beside}", at.line, at.text);
    }
    for block in &blocks {
        let out = printed(block, "out");
        for promise in block.promises() {
            assert!(
                out.contains(promise),
                "docs/api.md:{} does not print {promise}, but:\n{out}",
                block.line
            );
        }
    }
}

#[test]
fn no_block_of_the_guide_is_only_shown() {
    let shown: Vec<_> = blocks(GUIDE, "sh").iter().map(|block| block.line).collect();
    assert_eq!(shown, [0; 0], "lines of docs/api.md that nobody runs");
}

#[test]
fn a_block_is_found_with_its_line_and_what_it_promises() {
    let guide = "a\n```sh run\necho b\n# prints b\n```\n```sh\nnot this\n```\n```sh run\nfalse\n```\n";
    let blocks = blocks(guide, "sh run");
    let found: Vec<_> = blocks.iter().map(|block| (block.line, block.text)).collect();
    assert_eq!(found, [(3, "echo b\n# prints b\n"), (10, "false\n")]);
    assert_eq!(blocks[0].promises().collect::<Vec<_>>(), ["b"]);
    let run =
        Command::new("bash").arg("-c").arg(script(&blocks)).current_dir(Folder::new().path(".")).output();
    assert_eq!(run.expect("bash runs").status.code(), Some(1), "a line that fails ends the run");
}
