//! The files around `linli settle`: inputs that cannot be read, folders that cannot be written, and what an earlier
//! settlement left there.

use super::support::{FILES, Folder, names};
use std::fs;

const GOOD: &str = "O1,2026-01-01T08:00:00,M1,S1,1000.00";
const BAD: &str = "O2,2026-01-01T08:00:00,M1,S1,ten";

#[test]
fn the_five_files_are_written_into_a_folder_that_is_made() {
    let folder = Folder::with_orders(&[GOOD]);
    let run = folder.run(&["settle", "--plan", "plan.toml", "--orders", "orders.csv", "--out", "new/out/"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(folder.names(), ["new", "orders.csv", "plan.toml"]);
    assert_eq!(names(&folder.path("new")), ["out"]);
    assert_eq!(names(&folder.path("new/out")), FILES);
}

#[test]
fn a_fault_leaves_an_earlier_settlement_as_it_was() {
    let folder = Folder::with_orders(&[GOOD]);
    folder.settle(&[]);
    folder.write("out/notes.txt", "mine");
    let before = FILES.map(|file| folder.read(&format!("out/{file}")));
    folder.write("orders.csv", format!("{}\n{GOOD}\n{BAD}\n", super::support::ORDERS));
    folder.try_settle(&[]).fails_with("orders.csv, line 3, column 30: ");
    assert_eq!(FILES.map(|file| folder.read(&format!("out/{file}"))), before);
    assert_eq!(folder.names(), ["orders.csv", "out", "plan.toml"]);
    assert_eq!(names(&folder.path("out")).len(), FILES.len() + 1);
}

#[test]
fn a_further_settlement_takes_the_place_of_an_earlier_one() {
    let folder = Folder::with_orders(&[GOOD]);
    folder.settle(&[]);
    folder.write("out/notes.txt", "mine");
    folder.write("orders.csv", format!("{}\n", super::support::ORDERS));
    assert_eq!(folder.settle(&[]).summary["orders"], 0);
    assert_eq!(folder.read("out/notes.txt"), "mine");
}

#[test]
fn what_a_killed_settlement_left_is_cleared_away() {
    let folder = Folder::with_orders(&[GOOD]);
    fs::create_dir(folder.path(".out.partial")).expect("a folder");
    folder.write(".out.partial/statement.csv", "half");
    folder.settle(&[]);
    assert_eq!(folder.names(), ["orders.csv", "out", "plan.toml"]);
}

#[test]
fn a_fault_leaves_no_folder_above_the_one_to_write_either() {
    let folder = Folder::with_orders(&[GOOD, BAD]);
    let run =
        folder.run(&["settle", "--plan", "plan.toml", "--orders", "orders.csv", "--out", "new/deep/out"]);
    run.fails_with("orders.csv, line 3, column 30: ");
    assert_eq!(folder.names(), ["orders.csv", "plan.toml"]);
}

#[test]
fn an_input_that_cannot_be_read_is_named() {
    let folder = Folder::with_orders(&[GOOD]);
    folder.write("broken.csv.zst", "no such compression");
    let rows: String =
        (0..200_000).map(|number| format!("O{number},2026-01-01T08:00:00,M1,S1,1.00\n")).collect();
    let whole =
        zstd::encode_all(format!("{}\n{rows}", super::support::ORDERS).as_bytes(), 1).expect("it compresses");
    folder.write("cut.csv.zst", &whole[..whole.len() / 2]);
    let before = folder.names();
    let says = |plan: &str, orders: &str, further: &[&str], part: &str| {
        let arguments = ["settle", "--plan", plan, "--orders", orders, "--out", "out"];
        folder.run(&[&arguments, further].concat()).fails_with(part);
        assert_eq!(folder.names(), before, "{part}");
    };
    says("none.toml", "orders.csv", &[], "cannot read none.toml: No such file");
    says("plan.toml", "none.csv", &[], "cannot read none.csv: No such file");
    says("plan.toml", "none.csv.zst", &[], "cannot read none.csv.zst: No such file");
    says("plan.toml", ".", &[], "cannot read . after line 0: Is a directory");
    says("plan.toml", "broken.csv.zst", &[], "cannot read broken.csv.zst after line 0: ");
    says("plan.toml", "cut.csv.zst", &[], "cannot read cut.csv.zst after line ");
    says("plan.toml", "orders.csv", &["--stores", "none.csv"], "cannot read none.csv: No such file");
    says("plan.toml", "orders.csv", &["--agents", "none.csv"], "cannot read none.csv: No such file");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = Folder::with_orders(&[GOOD]);
    folder.write("taken", "a file");
    fs::create_dir_all(folder.path("full/prices.csv")).expect("a folder");
    folder.write("full/statement.csv", "from before");
    let before = folder.names();
    for (out, says) in [
        ("taken", "cannot write to taken: it is a file, not a folder"),
        ("taken/out", "cannot create taken/.out.partial: Not a directory"),
        ("full", "cannot write full/prices.csv: it is a folder"),
        ("..", "--out .. names no folder"),
    ] {
        folder
            .run(&["settle", "--plan", "plan.toml", "--orders", "orders.csv", "--out", out])
            .fails_with(says);
        assert_eq!(folder.names(), before, "{out}");
    }
    assert_eq!(
        (folder.read("taken"), folder.read("full/statement.csv")),
        ("a file".into(), "from before".into())
    );
}
