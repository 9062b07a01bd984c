//! The administrative divisions of China by their codes: provinces of two digits, cities of four, districts and
//! counties of six. `data/divisions.csv` is made from the package `china-division` 2.7.0 (MIT), which has them from the
//! National Bureau of Statistics. Must not be added: a division from memory.

use std::sync::OnceLock;

const TEXT: &str = include_str!("../data/divisions.csv");

/// One division.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// Two digits for a province, four for a city, six for a district.
    pub code: &'static str,
    /// The name that the state publishes, in Chinese.
    pub name: &'static str,
}

impl Division {
    /// The code with six digits, by which the economy names regions of every level.
    #[must_use]
    pub fn region(&self) -> String {
        format!("{:0<6}", self.code)
    }
}

/// All divisions in the order of their codes as texts, each before what is in it.
#[must_use]
pub fn all() -> &'static [Division] {
    static ALL: OnceLock<Vec<Division>> = OnceLock::new();
    ALL.get_or_init(|| {
        let divisions = TEXT.lines().map(|line| line.split_once(',').expect("a code and a name"));
        divisions.map(|(code, name)| Division { code, name }).collect()
    })
}

/// The division of this code.
#[must_use]
pub fn find(code: &str) -> Option<Division> {
    let place = all().binary_search_by(|division| division.code.cmp(code)).ok()?;
    all().get(place).copied()
}

/// What lies directly in a division, the provinces for the empty code.
pub fn within(code: &str) -> impl Iterator<Item = Division> {
    let first = all().partition_point(|division| division.code < code);
    let inside = all()[first..].iter().take_while(move |division| division.code.starts_with(code));
    inside.filter(move |division| division.code.len() == code.len() + 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_division_lies_in_one_that_is_there() {
        let codes: Vec<_> = all().iter().map(|division| division.code).collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "each once, in order");
        for code in codes {
            assert!(
                matches!(code.len(), 2 | 4 | 6) && code.bytes().all(|byte| byte.is_ascii_digit()),
                "{code}"
            );
            assert!(code.len() == 2 || find(&code[..code.len() - 2]).is_some(), "{code} lies nowhere");
        }
        assert_eq!(
            [2, 4, 6].map(|length| all().iter().filter(|one| one.code.len() == length).count()),
            [31, 342, 2978]
        );
    }

    #[test]
    fn guangzhou_has_eleven_districts() {
        let districts: Vec<_> = within("4401").map(|division| division.name).collect();
        let names = [
            "荔湾区",
            "越秀区",
            "海珠区",
            "天河区",
            "白云区",
            "黄埔区",
            "番禺区",
            "花都区",
            "南沙区",
            "从化区",
            "增城区",
        ];
        assert_eq!(districts, names);
        assert_eq!(find("440106").map(|division| division.name), Some("天河区"));
        assert_eq!(find("4401").map(|division| division.region()), Some("440100".into()));
        assert_eq!((within("").count(), within("44").count(), find("440100")), (31, 21, None));
    }
}
