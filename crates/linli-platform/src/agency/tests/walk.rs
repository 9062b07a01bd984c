//! A random walk: whatever the desk does and however late the service is, who holds a region by the economy is whose
//! appointment serves, and no two open terms of a region meet.

use super::{Standing, appoint, dismiss, do_due, holder, renew, stage};
use crate::calendar::DAY;
use crate::platform::testing::{Stage, Step, staff, steps};
use proptest::prelude::*;
use std::collections::BTreeSet;

const REGIONS: [&str; 3] = ["440106", "440100", "south"];

/// The names of the acts that were done.
fn walk(steps: &[Step]) -> BTreeSet<&'static str> {
    let mut stage = stage();
    let (mut count, mut done) = (0, BTreeSet::new());
    for [what, which, much] in steps {
        let region = REGIONS[usize::from(which % 3)];
        let days = i64::from(much % 120);
        let open = stage.platform.agencies.all().filter(|(_, one)| one.is_open()).map(|(id, _)| id);
        let open: Vec<String> = open.map(str::to_owned).collect();
        let known = open.get(usize::from(*which) % open.len().max(1)).map_or("A0", String::as_str);
        let act = match what % 5 {
            0 | 1 => {
                count += 1;
                let agent = if what % 2 == 0 { "M1" } else { "M2" };
                appoint(&stage, &format!("A{count}"), region, agent, (days % 40 - 5, days))
            }
            2 => renew(&stage, known, days + 30),
            3 => dismiss(known),
            _ => {
                stage.later(days * DAY / 2);
                // One act can make another due, as a term that has passed altogether begins and ends.
                while let done_now @ [_, ..] = &*do_due(&mut stage) {
                    done.extend(done_now);
                }
                check(&stage);
                continue;
            }
        };
        let (before, name) = (stage.platform.clone(), act.name());
        match stage.act(staff("ann"), act) {
            Ok(()) => drop(done.insert(name)),
            Err(_) => assert_eq!(stage.platform, before),
        }
        check(&stage);
    }
    done
}

fn check(stage: &Stage) {
    for region in REGIONS {
        let serving: Vec<_> = stage.platform.agencies.of_region(region).collect();
        let open: Vec<_> = serving.iter().filter(|(_, one)| one.is_open()).collect();
        let meeting = open.iter().enumerate().any(|(place, (_, one))| {
            open[place + 1..].iter().any(|(_, other)| one.from < other.until && other.from < one.until)
        });
        assert!(!meeting, "{region}: {open:?}");
        let serving = serving.iter().find(|(_, one)| one.stage == Standing::Serving);
        assert_eq!(serving.map(|(_, one)| one.agent.clone()), holder(stage, region), "{region}");
    }
}

proptest! {
    #[test]
    fn whose_term_it_is_holds_the_region(steps in prop::collection::vec(any::<Step>(), 1..60)) {
        walk(&steps);
    }
}

#[test]
fn the_walk_does_every_act() {
    let done = walk(&steps(600));
    let all = [
        "appoint_agent",
        "begin_agency",
        "announce_end_of_agency",
        "renew_agency",
        "end_agency",
        "dismiss_agent",
    ];
    assert_eq!(done, all.into());
}
