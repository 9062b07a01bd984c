//! Regions: GB/T 2260 codes of six digits and the seven macro-regions, and how a store's district lies in
//! them. Must not be added here: the published list of codes (the service checks that).

use serde::{Deserialize, Serialize};
use std::fmt;

/// A region that an agent can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Region {
    /// A district, city or province by its six digits.
    Code(u32),
    /// One of the seven macro-regions, by its place in [`MACRO_REGIONS`].
    Macro(u8),
}

/// The macro-regions: name, Chinese name, and the first two digits that belong to it.
pub const MACRO_REGIONS: [(&str, &str, std::ops::RangeInclusive<u32>); 7] = [
    ("north", "华北", 11..=15),
    ("northeast", "东北", 21..=23),
    ("east", "华东", 31..=37),
    ("central", "华中", 41..=43),
    ("south", "华南", 44..=46),
    ("southwest", "西南", 50..=54),
    ("northwest", "西北", 61..=65),
];

/// The levels from the district up.
pub const LEVELS: usize = 4;

/// A store's district: six digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct District(u32);

impl District {
    /// The district of six ASCII digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let six_digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        six_digits.then(|| Self(text.parse().expect("six digits")))
    }

    /// The regions it lies in: district, city, province, macro-region. A level whose code is that of the next
    /// higher one does not exist: 441900 is a city without districts.
    #[must_use]
    pub fn regions(self) -> [Option<Region>; LEVELS] {
        let Self(district) = self;
        let (city, province) = (district / 100 * 100, district / 10_000 * 10_000);
        let first_two = district / 10_000;
        let macro_region = MACRO_REGIONS.iter().position(|(_, _, codes)| codes.contains(&first_two));
        [
            (district != city).then_some(Region::Code(district)),
            (city != province).then_some(Region::Code(city)),
            Some(Region::Code(province)),
            macro_region.map(|place| Region::Macro(u8::try_from(place).expect("one of seven"))),
        ]
    }
}

impl Region {
    /// The region that the text names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(District(code)) = District::parse(text) {
            return Some(Self::Code(code));
        }
        let place = MACRO_REGIONS.iter().position(|(name, _, _)| *name == text)?;
        Some(Self::Macro(u8::try_from(place).expect("one of seven")))
    }
}

impl fmt::Display for District {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code:06}"),
            Self::Macro(place) => f.write_str(MACRO_REGIONS[usize::from(*place)].0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(district: &str) -> Vec<String> {
        let regions = District::parse(district).expect("six digits").regions();
        regions.iter().map(|region| region.map_or("-".into(), |region| region.to_string())).collect()
    }

    #[test]
    fn a_district_lies_in_city_province_and_macro_region() {
        assert_eq!(levels("440106"), ["440106", "440100", "440000", "south"]);
        assert_eq!(levels("441900"), ["-", "441900", "440000", "south"]);
        assert_eq!(levels("440000"), ["-", "-", "440000", "south"]);
        assert_eq!(levels("000000"), ["-", "-", "000000", "-"]);
        assert_eq!(levels("710101"), ["710101", "710100", "710000", "-"]);
    }

    #[test]
    fn only_six_digits_and_the_seven_names_are_regions() {
        assert_eq!(Region::parse("south").map(|region| region.to_string()), Some("south".into()));
        for text in ["", "44010", "4401066", "South", "华南", "44010a", "４40106"] {
            assert_eq!(Region::parse(text), None, "{text}");
        }
        assert_eq!(District::parse("south"), None);
    }
}
