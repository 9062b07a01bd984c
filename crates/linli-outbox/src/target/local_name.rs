//! Names of private networks, known without asking for their addresses. Must not be added here: a name that somebody can
//! register.

/// Names that are never of the public internet, with all that end in them.
const LOCAL_NAMES: [&str; 6] = ["localhost", "local", "internal", "home.arpa", "onion", "invalid"];

/// Whether the name, in lower case and without the dot at its end, is of a private network.
pub fn is_local(name: &str) -> bool {
    // A name without a dot is completed by the machine's own network.
    !name.contains('.')
        || LOCAL_NAMES
            .iter()
            .any(|local| name.strip_suffix(local).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}
