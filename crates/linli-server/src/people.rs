//! How people show who they are: phone numbers and one-time codes, passwords and time-based codes; and what of them is
//! sealed. Must not be added here: what they may do.

mod codes;
mod enrolling;
mod password;
mod phone;
mod secrets;
mod totp;

pub use codes::{Codes, GOOD_FOR_SECONDS, Purpose, WrongCode};
pub use enrolling::Enrolling;
pub use password::{hash, is_right, too_weak};
pub use phone::Phone;
pub use secrets::{REFERENCES, Secrets};
pub use totp::{SECRET_BYTES, Totp};
