//! Lists of orders and returns: the latest first, one state or all. A page goes on behind its cursor, which is the id of
//! the last one shown. Must not be added here: whose list it is.

use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use linli_platform::mall::book::{Book, Entry, Owner};
use linli_platform::mall::order::OrderState;
use linli_platform::mall::returning::ReturnState;
use serde::Deserialize;

/// A state that a list can be asked for by its name.
pub trait Named: Copy + 'static {
    const ALL: &'static [Self];
    fn name(self) -> &'static str;
}

impl Named for OrderState {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        Self::name(self)
    }
}

impl Named for ReturnState {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        Self::name(self)
    }
}

/// The state that is asked for; none for all.
pub struct Wanted<S>(pub Option<S>);

#[derive(Deserialize)]
struct Asked {
    state: Option<String>,
}

impl<A: Sync, S: Named> FromRequestParts<A> for Wanted<S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &A) -> Result<Self, Problem> {
        let names = || S::ALL.iter().map(|state| state.name()).collect::<Vec<_>>().join(", ");
        let bad = || Problem::new(Code::BadParameter, format!("state is one of {}", names()));
        let asked = Query::<Asked>::try_from_uri(&parts.uri).map_err(|_| bad())?.0.state;
        let named = |name: String| S::ALL.iter().find(|state| state.name() == name).copied().ok_or_else(bad);
        Ok(Self(asked.map(named).transpose()?))
    }
}

/// A page of an owner's entries, or of everybody's.
pub fn page<E: Entry<State = S>, S: Copy + Ord, T>(
    (page, Wanted(state)): (&Page, Wanted<S>),
    book: &Book<E, S>,
    owner: Option<Owner<'_>>,
    shown: impl Fn(&E) -> T,
) -> Result<Paged<T>, Problem> {
    let before = match &page.after {
        None => u32::MAX,
        Some(after) => {
            book.number(after).ok_or_else(|| Problem::new(Code::BadParameter, "after is what next was"))?
        }
    };
    let entries: Box<dyn Iterator<Item = &E> + '_> = match (owner, state) {
        (None, None) => Box::new(book.all(before)),
        (None, Some(state)) => Box::new(book.in_state(state, before)),
        (Some(owner), None) => Box::new(book.of(owner, before)),
        (Some(owner), Some(state)) => Box::new(book.of_in(owner, state, before)),
    };
    let Paged { items, next } = page.of(entries, |entry| entry.id().to_owned());
    Ok(Paged { items: items.into_iter().map(shown).collect(), next })
}
