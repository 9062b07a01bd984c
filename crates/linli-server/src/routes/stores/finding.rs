//! Finding stores by region, by name and by distance. It looks at all stores: there are thousands, not millions, and each
//! look is a few comparisons. Must not be added here: an order that changes between two pages.

use super::page::PlaceForm;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use linli_economy::handle::StoreId;
use linli_engine::Replica;
use linli_platform::storefront::Place;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Which stores are looked for.
pub struct Wanted {
    region: Option<String>,
    name: Option<String>,
    near: Option<Place>,
}

#[derive(Deserialize)]
struct Asked {
    region: Option<String>,
    name: Option<String>,
    near: Option<String>,
}

/// A store in a list.
#[derive(Serialize, ToSchema)]
pub struct FoundStore {
    /// The store.
    #[schema(example = "S1")]
    store: String,
    /// Its name, once it has a page.
    #[schema(example = "东记面馆")]
    name: Option<String>,
    /// Street and number.
    address: Option<String>,
    /// The published code of its district.
    #[schema(example = "440106")]
    district: String,
    /// Where it is on a map.
    place: Option<PlaceForm>,
    /// The first of its photos.
    photo: Option<String>,
    /// Metres to the place that was asked for.
    #[schema(example = 350)]
    metres: Option<u64>,
}

fn bad(detail: &str) -> Problem {
    Problem::new(Code::BadParameter, detail)
}

impl<S: Sync> FromRequestParts<S> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let asked = Query::<Asked>::try_from_uri(&parts.uri);
        let Asked { region, name, near } = asked.map_err(|_| bad("region, name and near are there once"))?.0;
        let is_code =
            |code: &String| matches!(code.len(), 2 | 4 | 6) && code.bytes().all(|byte| byte.is_ascii_digit());
        if region.as_ref().is_some_and(|code| !is_code(code)) {
            return Err(bad("a region is a published code of two, four or six digits"));
        }
        if name.as_ref().is_some_and(|name| name.chars().count() > 40) {
            return Err(bad("a name has up to 40 characters"));
        }
        let near = near.map(|text| read_place(&text).ok_or_else(|| bad("near is two numbers with a comma")));
        Ok(Self { region, name: name.map(|name| folded(name.trim())), near: near.transpose()? })
    }
}

fn read_place(text: &str) -> Option<Place> {
    let (north, east) = text.split_once(',')?;
    let place =
        Place { latitude_microdegrees: north.parse().ok()?, longitude_microdegrees: east.parse().ok()? };
    place.check().ok().map(|()| place)
}

fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// The page of those stores that are open and wanted.
pub fn find(replica: &Replica, wanted: &Wanted, page: &Page) -> Result<Paged<FoundStore>, Problem> {
    let (economy, fronts) = (replica.economy(), &replica.platform().storefronts);
    let stores = economy.state().stores();
    let mut found = BTreeMap::new();
    for id in (0..stores.len()).filter_map(StoreId::at) {
        let (store, name) = (&stores[id.index()], economy.store_name(id));
        let district = store.district.to_string();
        let is_there = wanted.region.as_ref().is_none_or(|region| district.starts_with(region.as_str()));
        if store.closed || !is_there {
            continue;
        }
        let shown = fronts.get(name).map(|front| &front.page);
        let is_called = |wanted: &String| {
            let called = shown.map_or(name, |page| page.name.as_str());
            folded(called).contains(wanted.as_str())
        };
        if !wanted.name.as_ref().is_none_or(is_called) {
            continue;
        }
        let metres = match wanted.near {
            None => None,
            Some(near) => match shown.and_then(|page| page.place) {
                Some(place) => Some(near.metres_to(place)),
                // Nobody knows how far it is.
                None => continue,
            },
        };
        let item = FoundStore {
            store: name.to_string(),
            name: shown.map(|page| page.name.clone()),
            address: shown.map(|page| page.address.clone()),
            district,
            place: shown.and_then(|page| page.place).map(PlaceForm::of),
            photo: shown.and_then(|page| page.photos.first().cloned()),
            metres,
        };
        found.insert((metres.unwrap_or_default(), name), item);
    }
    let (metres, after) = cursor(wanted, page)?;
    let following = found.into_iter().filter(|((far, name), _)| (*far, *name) > (metres, after));
    Ok(page.of(following.map(|(_, item)| item), |item| match item.metres {
        Some(metres) => format!("{metres}:{}", item.store),
        None => item.store.clone(),
    }))
}

/// Behind how many metres and which store the page begins.
fn cursor<'p>(wanted: &Wanted, page: &'p Page) -> Result<(u64, &'p str), Problem> {
    let after = page.after.as_deref().unwrap_or_default();
    if wanted.near.is_none() || after.is_empty() {
        return Ok((0, after));
    }
    let parts = after.split_once(':').and_then(|(metres, store)| Some((metres.parse().ok()?, store)));
    parts.ok_or_else(|| bad("after is what next was"))
}
