//! Places on a map, exact: millionths of a degree, which are 11 centimetres. Must not be added here: a float.

use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};

/// A place, as the coordinates that were given (a map's own system stays that map's).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Millionths of a degree north of the equator.
    pub latitude_microdegrees: i32,
    /// Millionths of a degree east of Greenwich.
    pub longitude_microdegrees: i32,
}

const LATITUDE: i32 = 90_000_000;
const LONGITUDE: i32 = 180_000_000;

impl Place {
    /// Whether it is on the earth.
    ///
    /// # Errors
    /// `bad_place`.
    pub fn check(self) -> Result<(), Refusal> {
        let Self { latitude_microdegrees: latitude, longitude_microdegrees: longitude } = self;
        if (-LATITUDE..=LATITUDE).contains(&latitude) && (-LONGITUDE..=LONGITUDE).contains(&longitude) {
            return Ok(());
        }
        let message = format!(
            "a place has -{LATITUDE} to {LATITUDE} millionths of a degree north and -{LONGITUDE} to {LONGITUDE} east, \
             and this has {latitude} and {longitude}"
        );
        Err(Refusal::new(Code::BadPlace, message))
    }

    /// Metres between two places, rounded down, as on a plane that touches the earth there: within a province it is wrong
    /// by less than 1 in 100. It orders what is near, and decides nothing.
    #[must_use]
    pub fn metres_to(self, other: Self) -> u64 {
        let apart = |one: i32, other: i32| (i64::from(one) - i64::from(other)).unsigned_abs();
        let north = apart(self.latitude_microdegrees, other.latitude_microdegrees);
        let east = apart(self.longitude_microdegrees, other.longitude_microdegrees);
        // The short way around the earth.
        let east = east.min(360_000_000 - east);
        let middle = (i64::from(self.latitude_microdegrees) + i64::from(other.latitude_microdegrees))
            .unsigned_abs()
            / 2;
        let east = u128::from(east) * u128::from(cosine_ppm(middle)) / 1_000_000;
        let north = u128::from(north);
        let degrees = (north * north + east * east).isqrt();
        // A millionth of a degree of the earth's 40,030 km is 0.111195 m.
        u64::try_from(degrees * 111_195 / 1_000_000).expect("no further than around the earth")
    }
}

/// The cosine of so many millionths of a degree in millionths, by the formula of Bhaskara I: wrong by 0.002 at most.
fn cosine_ppm(microdegrees: u64) -> u64 {
    let degrees = u128::from(microdegrees.min(90_000_000));
    let square = degrees * degrees;
    let whole = 32_400 * 1_000_000_000_000_u128;
    u64::try_from(1_000_000 * (whole - 4 * square) / (whole + square)).expect("at most a million")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(latitude_microdegrees: i32, longitude_microdegrees: i32) -> Place {
        Place { latitude_microdegrees, longitude_microdegrees }
    }

    #[test]
    fn a_place_is_on_the_earth() {
        for (north, east, is_fit) in [
            (0, 0, true),
            (90_000_000, -180_000_000, true),
            (-90_000_001, 0, false),
            (90_000_001, 0, false),
            (0, 180_000_001, false),
            (i32::MIN, i32::MAX, false),
        ] {
            assert_eq!(place(north, east).check().is_ok(), is_fit, "{north} {east}");
        }
    }

    #[test]
    fn distances_are_right_to_one_in_a_hundred() {
        let guangzhou = place(23_129_163, 113_264_435);
        let shenzhen = place(22_543_096, 114_057_865);
        let beijing = place(39_904_200, 116_407_396);
        // By the great circle: 104.2 km and 1,889 km.
        assert!(
            (103_200..105_200).contains(&guangzhou.metres_to(shenzhen)),
            "{}",
            guangzhou.metres_to(shenzhen)
        );
        let far = guangzhou.metres_to(beijing);
        assert!((1_870_000..1_908_000).contains(&far), "{far}");
        assert_eq!(guangzhou.metres_to(guangzhou), 0);
        assert_eq!(place(0, 179_999_990).metres_to(place(0, -179_999_990)), 2, "over the date line");
        assert_eq!(guangzhou.metres_to(shenzhen), shenzhen.metres_to(guangzhou));
        assert!(place(-90_000_000, -180_000_000).metres_to(place(90_000_000, 180_000_000)) > 20_000_000);
    }
}
