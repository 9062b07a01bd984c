//! `linli move-in`: members and stores of another system, all rows or none, again without a second effect.

use super::support::{Folder, Run};

fn folder() -> Folder {
    let folder = Folder::new();
    let line = b"{\"cmd\":\"open_member\",\"member\":\"M1\"}\n";
    let run = folder.run_with(&["ingest", "--data", "shop", "--plan", "plan.toml", "--stream", "a"], line);
    assert_eq!(run.code, Some(0), "{}", run.err);
    folder
}

fn move_in(folder: &Folder, what: &str, file: &str, text: &str) -> Run {
    folder.write(file, text);
    folder.run(&["move-in", what, file, "--data", "shop"])
}

const MEMBERS: &str =
    "\u{feff}phone,member,inviter\r\n13800000001,M1,\r\n138 0000 0002,M2,M1\r\n+8613800000003,M3,M2\r\n";

#[test]
fn members_and_stores_are_moved_in_once_however_often_the_file_is_given() {
    let folder = folder();
    let moved = move_in(&folder, "members", "members.csv", MEMBERS);
    assert_eq!(
        (moved.code, moved.out.as_str()),
        (Some(0), "3 members moved in, 0 were there\n"),
        "{}",
        moved.err
    );
    let more = format!("{MEMBERS}13800000004,M4,M3\n");
    assert_eq!(move_in(&folder, "members", "members.csv", &more).out, "1 members moved in, 3 were there\n");
    let stores = "store,owner,district,name,address,recruiter\nS1,M1,440106,东记面馆,\"天河路 1 号, 地下\",M2\nS2,M3,440104,茶,北京路,\n";
    let moved = move_in(&folder, "stores", "stores.csv", stores);
    assert_eq!(
        (moved.code, moved.out.as_str()),
        (Some(0), "2 stores moved in, 0 were there\n"),
        "{}",
        moved.err
    );
    assert_eq!(move_in(&folder, "stores", "stores.csv", stores).out, "0 stores moved in, 2 were there\n");
    let audit = folder.run(&["audit", "--data", "shop"]);
    assert_eq!(audit.code, Some(0), "{}", audit.err);
    assert!(audit.out.contains("stores     门店              2"), "{}", audit.out);
    let exported = folder.run(&["export", "commands", "--data", "shop", "--to", "all.jsonl"]);
    assert_eq!(exported.code, Some(0));
    assert!(!folder.read("all.jsonl").contains("13800000002"), "numbers are sealed");
}

#[test]
fn every_reason_against_a_file_is_told_and_nothing_of_it_is_moved_in() {
    let folder = folder();
    let text = "member,phone,inviter\nM1,12345,\nM2,13800000002,M9\nM3,13800000003,\nM4,13800000003,M3\nM3,13800000005,\n,13800000006,\n";
    let refused = move_in(&folder, "members", "m.csv", text);
    let told = "m.csv:2: \"12345\" is no phone number\n\
        m.csv:3: there is no inviter M9: they come before whom they invited\n\
        m.csv:5: the phone number is that of M3\n\
        m.csv:6: M3 stands further up already\n\
        m.csv:7: the member has no id\n\
        linli: 5 of 6 rows cannot be moved in, so none was\n";
    assert_eq!((refused.code, refused.err.as_str()), (Some(1), told));
    let text = "store,owner,district,name,address\nS1,M9,440106,a,b\nS2,M1,999999,a,b\nS3,M1,440106,,b\n";
    let refused = move_in(&folder, "stores", "s.csv", text);
    assert!(refused.err.contains("s.csv:2: there is no member M9"), "{}", refused.err);
    assert!(refused.err.contains("s.csv:3: \"999999\" is no published district"), "{}", refused.err);
    assert!(refused.err.contains("s.csv:4: "), "{}", refused.err);
    for (text, told) in [
        ("member,inviter\nM2,\n", "m.csv:1: the column phone is missing"),
        ("member,phone,age\nM2,13800000002,7\n", "m.csv:1: there is no column \"age\""),
        ("member,phone\nM2\n", "cannot read m.csv"),
        ("member,phone\n\u{fffd}\u{0},x\n", "is no phone number"),
    ] {
        let refused = move_in(&folder, "members", "m.csv", text);
        assert_eq!(refused.code, Some(1), "{text}");
        assert!(refused.err.contains(told), "{text}: {}", refused.err);
    }
    assert!(folder.run(&["audit", "--data", "shop"]).out.contains("members    会员              1"));
}
