//! The words of the pages, from the one catalogue of each language in `web/shared/messages`, which the pages of the browser
//! read too. Must not be added here: a text.

use super::Language;
use std::collections::BTreeMap;
use std::sync::LazyLock;

type Catalogue = BTreeMap<String, String>;

static CATALOGUES: LazyLock<[Catalogue; 2]> = LazyLock::new(|| {
    [
        include_str!("../../../../web/shared/messages/zh.json"),
        include_str!("../../../../web/shared/messages/en.json"),
    ]
    .map(|text| serde_json::from_str(text).expect("a test reads both catalogues"))
});

/// The words of a language.
#[derive(Clone, Copy)]
pub struct Words {
    pub language: Language,
    catalogue: &'static Catalogue,
}

impl Words {
    pub fn of(language: Language) -> Self {
        let [chinese, english] = &*CATALOGUES;
        let catalogue = match language {
            Language::Chinese => chinese,
            Language::English => english,
        };
        Self { language, catalogue }
    }

    /// A text by its key.
    pub fn text(self, key: &str) -> &'static str {
        self.catalogue.get(key).map_or_else(
            || {
                tracing::error!(key, "a catalogue of words lacks a key");
                ""
            },
            String::as_str,
        )
    }

    /// A text by a key that is made from what is shown; what has no words of its own is told as it is.
    pub fn named(self, group: &str, name: &str) -> String {
        self.catalogue.get(&format!("{group}.{name}")).cloned().unwrap_or_else(|| name.to_string())
    }
}

/// A text with what stands in its braces.
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_string(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_have_the_same_keys_and_the_same_braces() {
        let [chinese, english] = &*CATALOGUES;
        let braces = |text: &String| {
            let mut found: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| Some(rest.split_once('}')?.0.to_string()))
                .collect();
            found.sort();
            found.dedup();
            found
        };
        let shape = |catalogue: &'static Catalogue| {
            catalogue.iter().map(|(key, text)| (key.as_str(), braces(text))).collect::<Vec<_>>()
        };
        assert_eq!(shape(chinese), shape(english));
        assert!(chinese.len() > 50);
    }

    #[test]
    fn what_stands_in_braces_is_filled_in() {
        assert_eq!(filled("{a} of {b}, {a}", &[("a", "1"), ("b", "2")]), "1 of 2, 1");
    }
}
