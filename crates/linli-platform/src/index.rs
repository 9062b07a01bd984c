//! Indexes of the parts' states: sets of pairs of what is looked for and the id of what has it, in the order of ids.
//! Must not be added here: an order of a hash.

use std::collections::BTreeSet;

/// The ids that are paired with this.
pub fn paired<'s, K: Clone + Ord>(
    pairs: &'s BTreeSet<(K, String)>,
    with: &K,
) -> impl Iterator<Item = &'s str> + use<'s, K> {
    let with = with.clone();
    let from = (with.clone(), String::new());
    pairs.range(from..).take_while(move |(one, _)| *one == with).map(|(_, id)| id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ids_of_the_pair_are_found() {
        let pairs = [("a", "3"), ("b", "1"), ("b", "2"), ("ba", "0")];
        let pairs: BTreeSet<_> = pairs.map(|(key, id)| (key.to_owned(), id.to_owned())).into();
        let found = |key: &str| paired(&pairs, &key.to_owned()).collect::<Vec<_>>();
        assert_eq!((found("a"), found("b"), found("c")), (vec!["3"], vec!["1", "2"], vec![]));
        assert_eq!(found(""), Vec::<&str>::new());
    }
}
