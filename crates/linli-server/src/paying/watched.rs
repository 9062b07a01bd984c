//! What the provider is to be asked about, and when: after half a minute, then twice as late each time. Kept in memory:
//! a service that starts finds it anew. Must not be added here: asking.

use super::ask::Effect;
use linli_payments::{Id, Subject};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Seconds before something is asked about first, and at most.
const FIRST_SECONDS: i64 = 30;
const MOST_SECONDS: i64 = 86_400;

/// What is watched: when it is asked about, and after how long the next time.
#[derive(Default)]
pub struct Watched(Mutex<BTreeMap<Subject, (i64, i64)>>);

impl Watched {
    /// Watches what an effect is about, if it is not watched yet.
    pub fn begin(&self, effect: &Effect, now: i64) {
        let subject = match effect {
            Effect::Open(id) | Effect::Close(id) => Id::new(id).map(Subject::Payment),
            Effect::Return(id) => Id::new(id).map(Subject::Refund),
            Effect::PayOut(id) => Id::new(id).map(Subject::Payout),
        };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What is no id of the provider's is not asked of it either.
        if let Ok(subject) = subject {
            all.entry(subject).or_insert((now + FIRST_SECONDS, FIRST_SECONDS));
        }
    }

    /// At most so many that are to be asked about now.
    pub fn due(&self, now: i64, most: usize) -> Vec<Subject> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = all.iter_mut().filter(|(_, (at, _))| *at <= now).take(most);
        due.map(|(subject, (at, gap))| {
            *gap = (*gap * 2).min(MOST_SECONDS);
            *at = now + *gap;
            subject.clone()
        })
        .collect()
    }

    /// There is nothing more to be learnt of this.
    pub fn forget(&self, subject: &Subject) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(subject);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_asked_about_twice_as_late_each_time_until_it_is_over() {
        let watched = Watched::default();
        watched.begin(&Effect::Open("P1".into()), 0);
        let subject = Subject::Payment(Id::new("P1").expect("an id"));
        for (now, is_due) in [(29, false), (30, true), (31, false), (89, false), (90, true), (91, false)] {
            // Hearing of it again makes it neither sooner nor later.
            watched.begin(&Effect::Close("P1".into()), now);
            assert_eq!(watched.due(now, 9) == [subject.clone()], is_due, "{now}");
        }
        watched.forget(&subject);
        assert_eq!(watched.due(i64::MAX / 2, 9), []);
    }
}
