//! One-time codes: six digits for one phone number and one purpose, good for five minutes and five tries. They are kept
//! in memory only: whoever asked before a restart asks again. Must not be added here: how they are sent.

use constant_time_eq::constant_time_eq;
use linli_platform::Reference;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Seconds that a code is good for.
pub const GOOD_FOR_SECONDS: i64 = 300;

/// Wrong tries that a code outlives.
const TRIES: u8 = 5;

/// Codes that are kept; with more the oldest are forgotten.
const MOST: usize = 100_000;

/// What a code is for: one for logging in does not change a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    LogIn,
    /// Of the number that one has, to change it.
    LeavePhone,
    /// Of the number that one will have.
    TakePhone,
}

/// Why a code does not open anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongCode {
    /// There is none, or it was good too long ago.
    Expired,
    /// It is another; so many tries are left.
    Wrong { left: u8 },
}

struct Kept {
    code: String,
    until: i64,
    tries_left: u8,
}

/// The codes that wait.
#[derive(Default)]
pub struct Codes(Mutex<BTreeMap<(Purpose, Reference), Kept>>);

impl Codes {
    /// A new code; the one before is of no use any more.
    pub fn issue(&self, purpose: Purpose, phone: Reference, now: i64) -> String {
        let code = six_digits();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.retain(|_, kept| now < kept.until);
        }
        if kept.len() >= MOST {
            let oldest = kept.iter().min_by_key(|(_, kept)| kept.until).map(|(key, _)| *key);
            oldest.map(|key| kept.remove(&key));
        }
        let until = now + GOOD_FOR_SECONDS;
        kept.insert((purpose, phone), Kept { code: code.clone(), until, tries_left: TRIES });
        code
    }

    /// Takes a code, which then is of no use any more.
    pub fn take(&self, purpose: Purpose, phone: Reference, code: &str, now: i64) -> Result<(), WrongCode> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get_mut(&(purpose, phone)).filter(|kept| now < kept.until && kept.tries_left > 0);
        let kept = kept.ok_or(WrongCode::Expired)?;
        if !constant_time_eq(kept.code.as_bytes(), code.as_bytes()) {
            kept.tries_left -= 1;
            return Err(WrongCode::Wrong { left: kept.tries_left });
        }
        all.remove(&(purpose, phone));
        Ok(())
    }
}

impl Codes {
    /// A code that was right is good once more: it has shown whose the number is, and nothing was done with it.
    pub fn put_back(&self, purpose: Purpose, phone: Reference, code: &str, now: i64) {
        let kept = Kept { code: code.into(), until: now + GOOD_FOR_SECONDS, tries_left: TRIES };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((purpose, phone), kept);
    }
}

/// Each code is as likely as any other.
fn six_digits() -> String {
    const CODES: u32 = 1_000_000;
    loop {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).expect("the system has random bytes");
        let number = u32::from_le_bytes(bytes);
        if number < u32::MAX - u32::MAX % CODES {
            return format!("{:06}", number % CODES);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: Reference = [1; 16];

    #[test]
    fn a_code_is_taken_once_in_time_for_its_purpose() {
        let codes = Codes::default();
        let code = codes.issue(Purpose::LogIn, PHONE, 0);
        assert_eq!(codes.take(Purpose::LeavePhone, PHONE, &code, 1), Err(WrongCode::Expired));
        assert_eq!(codes.take(Purpose::LogIn, [2; 16], &code, 1), Err(WrongCode::Expired));
        assert_eq!(codes.take(Purpose::LogIn, PHONE, &code, GOOD_FOR_SECONDS), Err(WrongCode::Expired));
        assert_eq!(codes.take(Purpose::LogIn, PHONE, &code, GOOD_FOR_SECONDS - 1), Ok(()));
        assert_eq!(codes.take(Purpose::LogIn, PHONE, &code, 1), Err(WrongCode::Expired));
    }

    #[test]
    fn five_wrong_tries_end_a_code_and_a_new_one_ends_the_old() {
        let codes = Codes::default();
        let first = codes.issue(Purpose::LogIn, PHONE, 0);
        for left in (0..TRIES).rev() {
            assert_eq!(codes.take(Purpose::LogIn, PHONE, "none", 1), Err(WrongCode::Wrong { left }));
        }
        assert_eq!(codes.take(Purpose::LogIn, PHONE, &first, 1), Err(WrongCode::Expired));
        let second = codes.issue(Purpose::LogIn, PHONE, 1);
        let third = codes.issue(Purpose::LogIn, PHONE, 2);
        if second != third {
            assert_eq!(codes.take(Purpose::LogIn, PHONE, &second, 3), Err(WrongCode::Wrong { left: 4 }));
        }
        assert_eq!(codes.take(Purpose::LogIn, PHONE, &third, 3), Ok(()));
    }
}
