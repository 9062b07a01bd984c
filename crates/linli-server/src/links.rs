//! The links that stand on paper: of a store's pay page and of a member's invitation. Paper lasts, so they never change.
//! Must not be added here: a link to anything that may move.

/// Where people reach the service.
#[derive(Clone, Debug)]
pub struct Links {
    base: String,
}

impl Links {
    /// With the address that people type, such as `https://linli.example`; a slash at its end does not matter.
    pub fn new(base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_string() }
    }

    /// The pay page of a store.
    pub fn store(&self, store: &str) -> String {
        format!("{}/s/{}", self.base, escaped(store))
    }

    /// The page of a store's code with an amount.
    pub fn code(&self, code: &str) -> String {
        format!("{}/c/{}", self.base, escaped(code))
    }

    /// The invitation of a member.
    pub fn member(&self, member: &str) -> String {
        format!("{}/m/{}", self.base, escaped(member))
    }
}

/// Ids may have any letters; an address has those of ASCII.
pub fn escaped(id: &str) -> String {
    let mut escaped = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_of_ascii_and_stays() {
        let links = Links::new("https://linli.example/");
        assert_eq!(links.store("S0001"), "https://linli.example/s/S0001");
        assert_eq!(links.member("会 1/"), "https://linli.example/m/%E4%BC%9A%201%2F");
    }
}
