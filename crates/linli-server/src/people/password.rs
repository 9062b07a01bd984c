//! Passwords of people at a desk: which are taken, and their hashes by Argon2id. Hashing takes long on purpose: never on
//! the threads that answer. Must not be added here: a password in a log.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Characters of a password, at least and at most.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// Distinct characters of a password at least.
const DISTINCT: usize = 6;

/// Why a password is too easy to guess.
pub fn too_weak(account: &str, password: &str) -> Option<&'static str> {
    let characters: Vec<char> = password.chars().collect();
    let mut distinct = characters.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let has_account = account.len() > 3 && password.to_lowercase().contains(&account.to_lowercase());
    match () {
        () if !LENGTH.contains(&characters.len()) => Some("a password has 12 to 128 characters"),
        () if distinct.len() < DISTINCT => Some("a password has at least 6 different characters"),
        () if has_account => Some("a password does not contain the name of its account"),
        () => None,
    }
}

/// The hash of a password with its salt and settings, as text.
pub fn hash(password: &str) -> String {
    let hashed: Result<PasswordHash, _> = Argon2::default().hash_password(password.as_bytes());
    hashed.expect("the settings are sound, and the system has random bytes").to_string()
}

/// Whether this is the password of a hash.
pub fn is_right(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash() {
        let first = hash("correct horse battery");
        assert!(first.starts_with("$argon2id$v=19$"), "{first}");
        assert!(is_right("correct horse battery", &first) && !is_right("correct horse batterY", &first));
        assert!(!is_right("correct horse battery", "no hash"));
        assert_ne!(first, hash("correct horse battery"), "each has a salt of its own");
    }

    #[test]
    fn what_is_easy_to_guess_is_not_taken() {
        for password in
            ["short", "aaaaaaaaaaaaaaaa", "abababababab12", "operator-2026-x", &"x1y2z3".repeat(30)]
        {
            assert!(too_weak("operator", password).is_some(), "{password}");
        }
        assert_eq!(too_weak("operator", "correct horse battery"), None);
        assert_eq!(too_weak("ann", "ann-and-the-horse"), None, "a short name is in many words");
    }
}
