//! How far something has come, from events that come twice, late or in the wrong order. Whoever applies an event only
//! when it [`Judgement::Applies`] ends where everybody else ends, whatever the order. Must not be added here: doing it.
//!
//! That a payment is paid stands above that it is closed, and that above declined: money may arrive after all. That a
//! payout failed stands above that it was done: it came back.

use crate::error::{Code, Refusal};
use crate::event::{Event, Happened};

/// What to do with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It is news.
    Applies,
    /// It is known.
    Repeated,
    /// Something that stands above it is known.
    Superseded,
}

/// Judges an event by those that were seen before, in any order; those about other subjects count for nothing.
///
/// # Errors
/// [`Code::EventContradicts`] if one that was seen cannot be true together with it: for people to look at.
pub fn judge(seen: &[Event], event: &Event) -> Result<Judgement, Refusal> {
    let subject = event.happened.subject();
    let mut highest = 0;
    let mut is_known = false;
    for known in seen.iter().filter(|known| known.id == event.id || known.happened.subject() == subject) {
        let relation = if known.id == event.id && known != event {
            Relation::Contradicts
        } else {
            relation(&known.happened, &event.happened)
        };
        match relation {
            Relation::Contradicts => {
                let message =
                    format!("the event {} on {subject} contradicts the event {}", event.id, known.id);
                return Err(Refusal::new(Code::EventContradicts, message));
            }
            Relation::Same => is_known = true,
            Relation::Other => highest = highest.max(rank(&known.happened)),
        }
    }
    Ok(if is_known {
        Judgement::Repeated
    } else if rank(&event.happened) < highest {
        Judgement::Superseded
    } else {
        Judgement::Applies
    })
}

/// Where the subject of these events stands: of those that stand highest the one that happened first.
#[must_use]
pub fn standing(seen: &[Event]) -> Option<&Event> {
    seen.iter().min_by_key(|event| (std::cmp::Reverse(rank(&event.happened)), event.at, &event.id))
}

/// What stands above what, among events on one subject.
fn rank(happened: &Happened) -> u8 {
    match happened {
        Happened::Paid { .. } => 3,
        Happened::Closed { .. } | Happened::PayoutFailed { .. } => 2,
        Happened::Declined { .. }
        | Happened::Refunded { .. }
        | Happened::RefundFailed { .. }
        | Happened::PaidOut { .. }
        | Happened::Split { .. }
        | Happened::SplitFailed { .. }
        | Happened::Released { .. } => 1,
    }
}

/// How two events on one subject go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    Other,
    Contradicts,
}

fn relation(known: &Happened, new: &Happened) -> Relation {
    use Happened::{
        Closed, Declined, Paid, PaidOut, PayoutFailed, RefundFailed, Refunded, Split, SplitFailed,
    };
    match (known, new) {
        (Paid { charge, .. }, Paid { charge: other, .. }) if charge != other => Relation::Other,
        (Declined { .. }, Declined { .. })
        | (RefundFailed { .. }, RefundFailed { .. })
        | (SplitFailed { .. }, SplitFailed { .. }) => Relation::Same,
        (PayoutFailed { amount, .. }, PayoutFailed { amount: other, .. }) if amount == other => {
            Relation::Same
        }
        (
            PaidOut { amount, .. } | PayoutFailed { amount, .. },
            PaidOut { amount: other, .. } | PayoutFailed { amount: other, .. },
        ) if std::mem::discriminant(known) != std::mem::discriminant(new) && amount == other => {
            Relation::Other
        }
        (Refunded { .. }, RefundFailed { .. })
        | (RefundFailed { .. }, Refunded { .. })
        | (Split { .. }, SplitFailed { .. })
        | (SplitFailed { .. }, Split { .. }) => Relation::Contradicts,
        (Paid { .. } | Closed { .. } | Declined { .. }, Paid { .. } | Closed { .. } | Declined { .. })
            if std::mem::discriminant(known) != std::mem::discriminant(new) =>
        {
            Relation::Other
        }
        _ if known == new => Relation::Same,
        _ => Relation::Contradicts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Amount, Id, Line};

    fn id(text: &str) -> Id {
        Id::new(text).expect("an id")
    }

    fn amount(fen: u64) -> Amount {
        Amount::of_fen(fen).expect("an amount")
    }

    fn event(name: &str, happened: Happened) -> Event {
        Event { id: id(name), at: 7, happened }
    }

    fn paid(name: &str, charge: &str, fen: u64) -> Event {
        let (payment, charge) = (id("P1"), id(charge));
        event(name, Happened::Paid { payment, charge, amount: amount(fen), payer: None })
    }

    fn why() -> Line {
        Line::new("because").expect("a line")
    }

    fn ended(name: &str, what: &str) -> Event {
        let happened = match what {
            "declined" => Happened::Declined { payment: id("P1"), why: why() },
            "closed" => Happened::Closed { payment: id("P1") },
            "refunded" => Happened::Refunded {
                refund: id("R1"),
                payment: id("P1"),
                charge: id("C1"),
                amount: amount(5),
            },
            "refund_failed" => Happened::RefundFailed { refund: id("R1"), why: why() },
            "paid_out" => Happened::PaidOut { payout: id("O1"), amount: amount(5) },
            "payout_failed" => Happened::PayoutFailed { payout: id("O1"), amount: amount(5), why: why() },
            "split" => Happened::Split { split: id("S1"), charge: id("C1"), amount: amount(5) },
            "split_failed" => Happened::SplitFailed { split: id("S1"), why: why() },
            other => panic!("no event {other}"),
        };
        event(name, happened)
    }

    #[test]
    fn what_was_seen_decides() {
        use Judgement::{Applies, Repeated, Superseded};
        let (declined, closed) = (ended("E1", "declined"), ended("E2", "closed"));
        let (done, failed) = (ended("E3", "paid_out"), ended("E4", "payout_failed"));
        let money = paid("E5", "C1", 5);
        for (seen, new, judged) in [
            (vec![], &declined, Applies),
            (vec![&declined], &declined, Repeated),
            (vec![&declined], &closed, Applies),
            (vec![&closed], &declined, Superseded),
            (vec![&closed], &money, Applies),
            (vec![&money], &closed, Superseded),
            (vec![&money, &declined], &declined, Repeated),
            (vec![&money], &paid("E6", "C2", 5), Applies),
            (vec![&money], &paid("E6", "C1", 5), Repeated),
            (vec![&done], &failed, Applies),
            (vec![&failed], &done, Superseded),
            (vec![&failed, &done], &failed, Repeated),
            (vec![&money], &done, Applies),
        ] {
            let seen: Vec<_> = seen.into_iter().cloned().collect();
            assert_eq!(judge(&seen, new), Ok(judged), "{seen:?} then {new:?}");
        }
    }

    #[test]
    fn what_cannot_be_true_together_is_named() {
        for (known, new) in [
            (ended("E1", "refunded"), ended("E2", "refund_failed")),
            (ended("E1", "refund_failed"), ended("E2", "refunded")),
            (ended("E1", "split"), ended("E2", "split_failed")),
            (ended("E1", "split_failed"), ended("E2", "split")),
            (paid("E1", "C1", 5), paid("E2", "C1", 6)),
            (paid("E1", "C1", 5), paid("E1", "C2", 5)),
            (paid("E1", "C1", 5), ended("E1", "paid_out")),
            (
                ended("E1", "paid_out"),
                event("E2", Happened::PayoutFailed { payout: id("O1"), amount: amount(6), why: why() }),
            ),
        ] {
            let refusal = judge(std::slice::from_ref(&known), &new).expect_err("a contradiction");
            assert_eq!(refusal.code, Code::EventContradicts);
            assert!(refusal.message.contains("E1"), "{refusal}");
        }
    }

    #[test]
    fn where_it_stands_does_not_depend_on_the_order() {
        let events =
            [ended("E1", "declined"), ended("E2", "closed"), paid("E3", "C1", 5), paid("E4", "C2", 5)];
        for first in 0..events.len() {
            let mut turned = events.to_vec();
            turned.rotate_left(first);
            assert_eq!(standing(&turned), Some(&events[2]));
        }
        assert_eq!(
            standing(&[ended("E2", "payout_failed"), ended("E1", "paid_out")]).map(|e| e.id.as_str()),
            Some("E2")
        );
        assert_eq!(standing(&[]), None);
    }
}
