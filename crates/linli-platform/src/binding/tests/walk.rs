//! A random walk: whatever members do, the facts only grow, and the last one that was not taken back is whom the economy
//! has them bound to.

use super::{bind, inviter, member, release, stage};
use crate::person::Source;
use crate::platform::testing::{Step, steps};
use proptest::prelude::*;

const MEMBERS: [&str; 3] = ["M1", "M2", "M3"];

/// How often somebody was bound, released and refused.
fn walk(steps: &[Step]) -> [usize; 3] {
    let mut stage = stage();
    let mut reached = [0; 3];
    for [what, who, whom] in steps {
        stage.later(1);
        let at = MEMBERS[usize::from(who % 3)];
        let before = MEMBERS.map(|member| stage.platform.bindings.of(member).to_vec());
        let act = match what % 3 {
            0 => release(at),
            1 => bind(at, "M1", Source::Store("S1".into())),
            _ => bind(at, MEMBERS[usize::from(whom % 3)], Source::Member),
        };
        let is_release = what % 3 == 0;
        let done = stage.try_act(member(at), act);
        reached[if done.is_err() { 2 } else { usize::from(is_release) }] += 1;
        for (member, before) in MEMBERS.iter().zip(&before) {
            let now = stage.platform.bindings.of(member);
            let kept = now.iter().zip(before).all(|(now, before)| {
                (now.seq, now.since, &now.invitation) == (before.seq, before.since, &before.invitation)
                    && (before.released.is_none() || now.released == before.released)
            });
            assert!(now.len() >= before.len() && kept, "nothing is rewritten");
            let agreed = now.last().filter(|fact| fact.released.is_none());
            let agreed = agreed.map(|fact| fact.invitation.inviter.clone());
            assert_eq!(agreed, inviter(&stage, member), "{member}");
        }
    }
    reached
}

proptest! {
    #[test]
    fn facts_are_kept_and_say_what_holds(steps in prop::collection::vec(any::<Step>(), 1..60)) {
        walk(&steps);
    }
}

#[test]
fn the_walk_binds_releases_and_is_refused() {
    assert!(walk(&steps(300)).iter().all(|count| *count > 20), "{:?}", walk(&steps(300)));
}
