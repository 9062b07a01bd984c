//! The three assets as integer newtypes: money in fen, growth points in micro-points, deduction points in
//! hundredths. A sum that does not fit is a bug (what enters is bounded by [`crate::limits`]) and stops the
//! work. Must not be added here: a float, a conversion between the three, a rounding.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident, $decimals:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub i128);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0);

            /// The magnitude of a quantity that is never negative where this is called.
            ///
            /// # Panics
            /// If it is negative: a bug in the caller.
            #[must_use]
            pub fn unsigned(self) -> u128 {
                u128::try_from(self.0).expect("this quantity is never negative")
            }

            /// The quantity of this many units.
            ///
            /// # Panics
            /// If it exceeds 127 bits, which [`crate::limits`] excludes.
            #[must_use]
            pub fn from_unsigned(units: u128) -> Self {
                Self(i128::try_from(units).expect("bounded by what has entered"))
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.checked_add(other.0).expect("bounded by what has entered"))
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.checked_sub(other.0).expect("bounded by what has entered"))
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self::ZERO - self
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }

        impl From<u64> for $name {
            fn from(units: u64) -> Self {
                Self(i128::from(units))
            }
        }

        impl fmt::Display for $name {
            /// The text form of files and interfaces, all decimals written out.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut text = String::with_capacity(24);
                crate::decimal::write(&mut text, self.0, $decimals);
                f.pad(&text)
            }
        }
    };
}

unit! {
    /// Money (CNY) in fen, signed: a balance below zero is a debt.
    Fen, 2
}
unit! {
    /// Growth points (GP) in micro-points, 10^-6 of a point.
    Points, 6
}
unit! {
    /// Deduction points (DP) in hundredths; one point pays one yuan, so a hundredth pays one fen.
    Deduction, 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_all_decimals_and_the_sign() {
        assert_eq!(Fen(-5).to_string(), "-0.05");
        assert_eq!(Fen(100_000).to_string(), "1000.00");
        assert_eq!(Points(112_000_000).to_string(), "112.000000");
        assert_eq!(Fen(i128::MAX).to_string(), "1701411834604692317316873037158841057.27");
        assert_eq!(Points(i128::MIN).to_string(), "-170141183460469231731687303715884.105728");
    }

    #[test]
    #[should_panic(expected = "bounded by what has entered")]
    fn a_sum_that_does_not_fit_stops_the_work() {
        let _ = Fen(i128::MAX) + Fen(1);
    }
}
