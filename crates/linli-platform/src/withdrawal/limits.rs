//! What may be withdrawn at once and in a day, and above which amount two people approve. They hold for members, stores and
//! suppliers; the platform's own money always takes two people.

use crate::act::Actor;
use crate::calendar::shanghai_day;
use crate::refusal::{Code, Refusal};
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::time::Instant;
use linli_economy::units::Fen;
use serde::{Deserialize, Serialize};

/// Withdrawals of one owner in a day that can be allowed at most.
const MOST_COUNT: u32 = 1_000;

/// The limits in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The least at once.
    pub least_fen: u64,
    /// The most at once.
    pub most_fen: u64,
    /// The most of one owner in a day of Asia/Shanghai; what has come back does not count.
    pub most_a_day_fen: u64,
    /// How many one owner may submit in such a day; those that came back count.
    pub most_a_day_count: u32,
    /// Above it a second person must approve.
    pub second_person_above_fen: u64,
}

/// A change of the limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsChange {
    /// Who changed them.
    pub by: Actor,
    /// When.
    pub at: Instant,
    /// What held before.
    pub before: Limits,
    /// What has held since.
    pub after: Limits,
}

/// What an owner has submitted on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// The day of Asia/Shanghai, counted from 1970-01-01.
    pub day: i64,
    /// How many.
    pub count: u32,
    /// How much, less what has come back.
    pub fen: u64,
}

impl Default for Limits {
    /// 10.00 to 50,000.00 at once, 100,000.00 and five in a day, a second person above 10,000.00.
    fn default() -> Self {
        Self {
            least_fen: 1_000,
            most_fen: 5_000_000,
            most_a_day_fen: 10_000_000,
            most_a_day_count: 5,
            second_person_above_fen: 1_000_000,
        }
    }
}

impl Limits {
    /// Whether they can hold together.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let Self { least_fen, most_fen, most_a_day_fen, most_a_day_count, second_person_above_fen } = *self;
        let rising = [1, least_fen, most_fen, most_a_day_fen, AMOUNT_LIMIT_FEN].is_sorted();
        if rising
            && (1..=MOST_COUNT).contains(&most_a_day_count)
            && second_person_above_fen <= AMOUNT_LIMIT_FEN
        {
            return Ok(());
        }
        let most = Fen::from(AMOUNT_LIMIT_FEN);
        let message = format!(
            "0.01 ≤ least ≤ most ≤ most a day ≤ {most}, 1 to {MOST_COUNT} a day, and the second person's amount is at \
             most {most}"
        );
        Err(Refusal::new(Code::BadLimits, message))
    }

    /// Whether an owner who has used this much today may withdraw so much more.
    pub(super) fn admit(&self, used: &Used, fen: u64) -> Result<(), Refusal> {
        let asked = Fen::from(fen);
        if fen < self.least_fen {
            let message = format!("{asked} is below {}, the least at once", Fen::from(self.least_fen));
            return Err(Refusal::new(Code::WithdrawalTooSmall, message));
        }
        if fen > self.most_fen {
            let message = format!("{asked} is above {}, the most at once", Fen::from(self.most_fen));
            return Err(Refusal::new(Code::WithdrawalTooLarge, message));
        }
        if used.count >= self.most_a_day_count {
            let message =
                format!("{} were submitted today, and {} a day may be", used.count, self.most_a_day_count);
            return Err(Refusal::new(Code::WithdrawalDayCount, message));
        }
        if Fen::from(used.fen) + asked > Fen::from(self.most_a_day_fen) {
            let (used, most) = (Fen::from(used.fen), Fen::from(self.most_a_day_fen));
            let message = format!("{asked} on top of today's {used} is above {most}, the most a day");
            return Err(Refusal::new(Code::WithdrawalDayAmount, message));
        }
        Ok(())
    }
}

impl Used {
    /// What of it is today's.
    pub(super) fn today(self, now: Instant) -> Self {
        let day = shanghai_day(now);
        if self.day == day { self } else { Self { day, ..Self::default() } }
    }

    /// Something of that day came back.
    pub(super) fn came_back(&mut self, day: i64, fen: u64) {
        if self.day == day {
            self.fen -= fen;
        }
    }
}
