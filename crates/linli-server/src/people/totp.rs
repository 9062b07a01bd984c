//! Time-based codes (RFC 6238) of people at a desk: SHA-1, six digits, 30 seconds, as every app for them knows. Must not
//! be added here: which codes were used; the journal knows.

use totp_rs::{Builder, Secret};

/// Bytes of a secret: the 160 bits that RFC 4226 asks for.
pub const SECRET_BYTES: usize = 20;

/// The codes of one secret.
pub struct Totp(totp_rs::Totp, [u8; SECRET_BYTES]);

impl Totp {
    /// The codes of this secret.
    pub fn of(secret: [u8; SECRET_BYTES]) -> Self {
        let builder = Builder::new().with_secret(secret.to_vec()).with_skew(1);
        Self(builder.build().expect("the settings are those of RFC 6238"), secret)
    }

    /// The codes of a new secret.
    pub fn new() -> Self {
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).expect("the system has random bytes");
        Self::of(secret)
    }

    /// The secret, to be sealed.
    pub fn secret(&self) -> &[u8; SECRET_BYTES] {
        &self.1
    }

    /// The secret as people type it.
    pub fn base32(&self) -> String {
        Secret::from(self.1.to_vec()).to_base32()
    }

    /// What an app reads from a QR code.
    pub fn uri(&self, account: &str) -> String {
        format!("otpauth://totp/Linli:{account}?secret={}&issuer=Linli", self.base32())
    }

    /// The step that a code is of, if it is one of now or of one step around it.
    pub fn step_of(&self, code: &str, now: i64) -> Option<u64> {
        let now = u64::try_from(now).ok()?;
        self.0.check(code, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step_of(now: i64) -> u64 {
        u64::try_from(now).expect("after 1970") / 30
    }

    /// The examples of RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = Totp::of(*b"12345678901234567890");
        for (now, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp.step_of(code, now), Some(step_of(now)), "{now}");
            assert_eq!(totp.step_of(code, now + 30), Some(step_of(now)), "one step late");
            assert_eq!(totp.step_of(code, now + 90), None, "{now}");
        }
        assert_eq!(totp.step_of("", 59), None);
        assert_eq!(totp.base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let uri = "otpauth://totp/Linli:ann?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Linli";
        assert_eq!(totp.uri("ann"), uri);
    }
}
