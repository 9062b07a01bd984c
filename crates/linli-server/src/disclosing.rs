//! What members really got back, as it must be told beside every price: looked up once a day, because it goes through all
//! orders. Must not be added here: a figure of days to come, a way not to tell it.

use linli_economy::given_back::GivenBack;
use linli_economy::state::State;
use linli_economy::time::Instant;
use linli_engine::books::day_of;
use std::sync::{Mutex, PoisonError};

/// The figures of the last day that somebody asked on.
#[derive(Default)]
pub struct Disclosing(Mutex<Option<Known>>);

#[derive(Clone, Copy)]
struct Known {
    day: i64,
    at: Instant,
    figures: GivenBack,
}

impl Disclosing {
    /// The figures of today's first look, and its time. Before anybody has spent anything they are looked up each time.
    pub fn figures(&self, state: &State, now: Instant) -> (GivenBack, Instant) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let today = day_of(now);
        match *known {
            Some(Known { day, at, figures }) if day == today && figures.members > 0 => (figures, at),
            _ => {
                let figures = GivenBack::of(state);
                *known = Some(Known { day: today, at: now, figures });
                (figures, now)
            }
        }
    }
}
