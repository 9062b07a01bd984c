//! Regions: six-digit codes of GB/T 2260 and the seven macro-regions. No list of the codes that are
//! really in use: the service checks that.

/// The four levels that may have an agent, from the district (0) to the macro-region (3).
pub const LEVELS: usize = 4;

/// Whether a text can be a district: any six digits.
pub fn is_district(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text can be a region: a district, or the name of a macro-region.
pub fn is_region(text: &str) -> bool {
    is_district(text) || MACRO_REGIONS.iter().any(|(name, _, _)| *name == text)
}

/// The codes of a district's levels with their place; a level whose code is the next higher one's is left out.
pub fn levels_of(district: &str) -> Vec<(usize, String)> {
    let city = format!("{}00", &district[..4]);
    let province = format!("{}0000", &district[..2]);
    let mut levels = Vec::with_capacity(LEVELS);
    if district != city {
        levels.push((0, district.to_owned()));
    }
    if city != province {
        levels.push((1, city));
    }
    levels.push((2, province));
    let prefix: u8 = district[..2].parse().expect("a district is six digits");
    let macro_region = MACRO_REGIONS.iter().find(|(_, first, last)| (*first..=*last).contains(&prefix));
    levels.extend(macro_region.map(|(name, _, _)| (3, (*name).to_owned())));
    levels
}

/// Name, and the range of the first two digits.
const MACRO_REGIONS: [(&str, u8, u8); 7] = [
    ("north", 11, 15),
    ("northeast", 21, 23),
    ("east", 31, 37),
    ("central", 41, 43),
    ("south", 44, 46),
    ("southwest", 50, 54),
    ("northwest", 61, 65),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_with_the_code_of_the_next_higher_one_does_not_exist() {
        let codes = |district| levels_of(district).into_iter().map(|(_, code)| code).collect::<Vec<_>>();
        assert_eq!(codes("440106"), ["440106", "440100", "440000", "south"]);
        assert_eq!(codes("441900"), ["441900", "440000", "south"]);
        assert_eq!(codes("440000"), ["440000", "south"]);
        assert_eq!(codes("710001"), ["710001", "710000"]);
        assert_eq!(levels_of("441900")[0].0, 1);
    }
}
