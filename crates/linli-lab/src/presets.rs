//! The scenarios that come with the program, by name.

/// A scenario of the program's.
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// Its file.
    pub text: &'static str,
}

macro_rules! presets {
    ($($name:literal),+ $(,)?) => {
        [$(Preset { name: $name, text: include_str!(concat!("../../../scenarios/", $name, ".toml")) }),+]
    };
}

/// All of them.
pub const PRESETS: [Preset; 7] = presets![
    "source-table",
    "steady-street",
    "boom-and-stop",
    "panic-cycles",
    "funding-rounds",
    "city-franchise",
    "completejourney",
];

/// The one of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;

    #[test]
    fn every_preset_is_a_scenario_of_its_name_that_says_what_it_tries() {
        for preset in &PRESETS {
            let scenario =
                Scenario::parse(preset.text).unwrap_or_else(|fault| panic!("{}: {fault}", preset.name));
            assert_eq!(scenario.name, preset.name);
            assert!(!scenario.about.en.is_empty() && !scenario.about.zh.is_empty(), "{}", preset.name);
            scenario
                .opening_plan(preset.text, None)
                .unwrap_or_else(|fault| panic!("{}: {fault}", preset.name));
        }
    }
}
