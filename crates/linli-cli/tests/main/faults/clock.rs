//! A clock that goes backwards: a command that was before the last one is refused, durably, and each time again.

use super::folder::{Folder, told};
use super::judge;
use super::outsider::{Outsider, PATIENCE};

/// Members that are opened at these hours, one a line.
fn lines(hours: &[&str]) -> String {
    let line = |(number, hour): (usize, &&str)| {
        format!(
            "{{\"cmd\":\"open_member\",\"member\":\"M{number}\",\"at\":\"2026-03-01T{hour}:00:00+08:00\"}}\n"
        )
    };
    hours.iter().enumerate().map(line).collect()
}

#[test]
fn a_time_that_goes_back_is_refused_and_stays_refused() {
    let folder = Folder::new();
    let stream = lines(&["10", "12", "11", "12", "09", "13"]);
    let results = folder.replay(&stream);
    let refused: Vec<bool> = results.lines().map(|line| line.contains("\"time_reversed\"")).collect();
    assert_eq!(refused, [false, false, true, false, true, false], "{results}");
    // Killed right after the refusal: it is as durable as any other answer.
    let mut outsider = Outsider::start(folder.ingest("tills"));
    let some: String = stream.split_inclusive('\n').take(3).collect();
    outsider.say(&some);
    assert_eq!(outsider.listen(3, PATIENCE), 3);
    assert!(results.starts_with(&outsider.kill().acknowledged));
    for _ in 0..2 {
        let output = folder.run(folder.ingest("tills"), &stream);
        assert!(output.status.success() && output.stdout == results.as_bytes(), "{}", told(&output));
    }
    assert_eq!(judge::results(&folder.data()).expect("a sound store"), results);
}

/// The clock of the economy is in the journal: a stream of another day finds it where it was.
#[test]
fn the_time_of_one_stream_holds_for_the_next_after_a_restart() {
    let folder = Folder::new();
    assert!(folder.run(folder.ingest("late"), &lines(&["12"])).status.success());
    let output = folder.run(folder.ingest("early"), &lines(&["11"]));
    assert!(told(&output).contains("1 lines") && output.status.success(), "{}", told(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"time_reversed\""));
}
