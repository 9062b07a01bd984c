//! Who may do what, whatever it is about: people at desks, the service by itself; and that two people are two. Must not
//! be added here: a right that a colleague has and another has not; the server asks for those before.

use crate::act::Actor;
use crate::refusal::{Code, Refusal};

/// A colleague, or whoever runs the program on its own machine: the two who act for the operator.
pub(crate) fn is_desk(by: &Actor) -> bool {
    matches!(by, Actor::Staff(_) | Actor::Machine)
}

/// Only people at a desk.
pub(crate) fn desk(by: &Actor) -> Result<(), Refusal> {
    if is_desk(by) {
        return Ok(());
    }
    Err(Refusal::new(Code::DeskOnly, format!("only people at a desk may do this, and {by} is none")))
}

/// Only the service by itself.
pub(crate) fn service(by: &Actor) -> Result<(), Refusal> {
    if *by == Actor::Service {
        return Ok(());
    }
    Err(Refusal::new(
        Code::ServiceOnly,
        format!("the service does this by itself, and {by} is not the service"),
    ))
}

/// Somebody else than the one who did the first half; `what` says which half that was.
pub(crate) fn another(by: &Actor, first: &Actor, what: &str) -> Result<(), Refusal> {
    if by != first {
        return Ok(());
    }
    Err(Refusal::new(Code::SecondPersonNeeded, format!("{by} {what}: a second person must do this")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_actor_may_what_is_theirs() {
        let id = || "a".to_owned();
        for (by, at_desk) in [
            (Actor::Machine, true),
            (Actor::Service, false),
            (Actor::Key(id()), false),
            (Actor::Member(id()), false),
            (Actor::Staff(id()), true),
            (Actor::Provider, false),
            (Actor::Visitor, false),
        ] {
            let refused = |result: Result<(), Refusal>| result.map_err(|refusal| refusal.code);
            assert_eq!(refused(desk(&by)), if at_desk { Ok(()) } else { Err(Code::DeskOnly) });
            let serves = by == Actor::Service;
            assert_eq!(refused(service(&by)), if serves { Ok(()) } else { Err(Code::ServiceOnly) });
            assert_eq!(refused(another(&by, &by, "did it")), Err(Code::SecondPersonNeeded));
        }
        assert_eq!(another(&Actor::Staff(id()), &Actor::Machine, "did it"), Ok(()));
    }
}
