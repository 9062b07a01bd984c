//! The profiles that the program brings along: one rule file each, in `rules/`.

use crate::rules::Rules;

const PROFILES: [(&str, &str); 2] =
    [("cn", include_str!("../../../rules/cn.toml")), ("none", include_str!("../../../rules/none.toml"))];

/// The names of all profiles.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROFILES.into_iter().map(|(name, _)| name)
}

/// The rule file of this profile, as text.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    PROFILES.into_iter().find(|(known, _)| *known == name).map(|(_, text)| text)
}

/// The rules of this profile.
///
/// # Panics
/// Never: the tests read every file that is brought along.
#[must_use]
pub fn rules(name: &str) -> Option<Rules> {
    text(name).map(|text| Rules::parse(text).expect("a rule file that the tests have read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_is_a_rule_file_of_its_name() {
        for (name, text) in PROFILES {
            let rules = Rules::parse(text).unwrap_or_else(|refusals| panic!("{name}:\n{refusals}"));
            assert_eq!(rules.profile, name);
            assert_eq!(rules.live, name != "none", "{name}");
        }
        assert!(rules("mars").is_none());
    }
}
