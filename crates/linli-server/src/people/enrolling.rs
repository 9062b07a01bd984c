//! The time-based codes that people are setting up: a secret is shown, and is theirs once they have typed a code of it.
//! Must not be added here: a secret that is in use.

use super::totp::Totp;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Seconds to type a code in.
const GOOD_FOR_SECONDS: i64 = 600;

/// The secrets that were shown, by account.
#[derive(Default)]
pub struct Enrolling(Mutex<BTreeMap<String, (Totp, i64)>>);

impl Enrolling {
    /// Shows a new secret to an account; one that was shown before is of no use any more.
    pub fn begin(&self, account: &str, now: i64) -> (String, String) {
        let totp = Totp::new();
        let shown = (totp.base32(), totp.uri(account));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (_, until)| now < *until);
        all.insert(account.to_string(), (totp, now + GOOD_FOR_SECONDS));
        shown
    }

    /// The secret that was shown, if this is a code of it.
    pub fn secret(&self, account: &str, code: &str, now: i64) -> Option<Vec<u8>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (totp, _) = all.get(account).filter(|(_, until)| now < *until)?;
        totp.step_of(code, now).map(|_| totp.secret().to_vec())
    }

    /// The secret is in use.
    pub fn end(&self, account: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
    }
}
