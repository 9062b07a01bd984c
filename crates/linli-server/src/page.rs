//! Lists page by page: what comes after a cursor, and where to go on. A page stays what it is when something is added
//! before it. Must not be added here: a page number.

use crate::problem::{Code, Problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Items of a page, if nothing else is asked for, and at most.
const USUAL: usize = 50;
pub const MOST: usize = 200;

/// Bytes of a cursor at most.
pub const MOST_AFTER: usize = 256;

/// Which page is asked for: `after` a cursor, `limit` items.
pub struct Page {
    pub after: Option<String>,
    pub limit: usize,
}

#[derive(Deserialize)]
struct Asked {
    after: Option<String>,
    limit: Option<usize>,
}

impl<S: Sync> FromRequestParts<S> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let bad = || Problem::new(Code::BadParameter, format!("limit is a number from 1 to {MOST}"));
        let asked = Query::<Asked>::try_from_uri(&parts.uri).map_err(|_| bad())?.0;
        let limit = asked.limit.unwrap_or(USUAL);
        let after = asked.after.filter(|after| !after.is_empty());
        if after.as_ref().is_some_and(|after| after.len() > MOST_AFTER) {
            return Err(Problem::new(Code::BadParameter, "after is what next was"));
        }
        (1..=MOST).contains(&limit).then_some(Self { after, limit }).ok_or_else(bad)
    }
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct Paged<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What `after` is for the next page; none if this is the last.
    pub next: Option<String>,
}

impl Page {
    /// The number before which the page begins, in a list that has the latest first.
    pub fn before(&self) -> Result<u64, Problem> {
        let Some(after) = &self.after else { return Ok(u64::MAX) };
        after.parse().map_err(|_| Problem::new(Code::BadParameter, "after is what next was"))
    }

    /// The page of what follows its cursor, where `cursor` names an item.
    pub fn of<T>(&self, following: impl Iterator<Item = T>, cursor: impl Fn(&T) -> String) -> Paged<T> {
        let mut items: Vec<T> = following.take(self.limit + 1).collect();
        let has_more = items.len() > self.limit;
        items.truncate(self.limit);
        let next = items.last().filter(|_| has_more).map(cursor);
        Paged { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_where_to_go_on_until_there_is_no_more() {
        let page = |limit| Page { after: None, limit }.of(1..=5, ToString::to_string);
        assert_eq!((page(2).items, page(2).next), (vec![1, 2], Some("2".into())));
        assert_eq!((page(5).items.len(), page(5).next), (5, None));
    }
}
