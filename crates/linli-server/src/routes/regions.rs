//! `/v1/regions`: the regions as a tree with who holds each, and what a region's stores sold and brought its agent. Must
//! not be added here: who may hold one.

mod appointed;
mod appointing;
mod earned;

pub use appointed::{__path_list, __path_mine, __path_one};
pub use appointed::{list, mine, one};
pub use appointing::{__path_appoint, __path_dismiss, __path_renew};
pub use appointing::{appoint, dismiss, renew};
pub use earned::{__path_days, __path_stores};
pub use earned::{days, stores};

use super::masked;
use crate::app::App;
use crate::page::Paged;
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use linli_economy::region::{MACRO_REGIONS, Region};
use linli_engine::Replica;
use linli_platform::agency::is_region;
use linli_platform::division::{self, Division};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A region in the tree.
#[derive(Serialize, ToSchema)]
pub struct RegionPlace {
    /// Six digits, or the name of a macro-region.
    #[schema(example = "440106")]
    region: String,
    /// Its Chinese name.
    #[schema(example = "天河区")]
    name: String,
    /// `macro`, `province`, `city` or `district`.
    #[schema(example = "district")]
    level: &'static str,
    /// Who holds it, with the middle of their id hidden; none if nobody does.
    holder: Option<String>,
    /// Whether there are regions in it.
    has_more: bool,
}

#[derive(Deserialize)]
pub struct Within {
    within: Option<String>,
}

/// The regions in a region
///
/// Without `within` the seven macro-regions. Names and codes are those of the published list of administrative divisions.
#[utoipa::path(
    get,
    path = "/v1/regions",
    tag = "Regions",
    params(("within" = Option<String>, Query, description = "A macro-region's name or six digits")),
    responses((status = 200, description = "What lies directly in it", body = Paged<RegionPlace>)),
)]
pub async fn tree(
    _: UpToDate,
    State(app): State<Arc<App>>,
    within: Result<Query<Within>, QueryRejection>,
) -> Result<Json<Paged<RegionPlace>>, Problem> {
    let bad = |_| Problem::new(Code::BadParameter, "within is a region such as 440100 or south");
    let within = within.map_err(bad)?.0.within;
    app.look(|replica| {
        let items = match within.as_deref() {
            None => {
                MACRO_REGIONS.iter().map(|(id, name, _)| place(replica, id, name, "macro", true)).collect()
            }
            Some(region) => inside(replica, region).ok_or_else(|| unknown(region))?,
        };
        Ok(Json(Paged { items, next: None }))
    })?
}

pub fn unknown(region: &str) -> Problem {
    let shown: String = region.chars().take(64).collect();
    let code = Code::RefusedAct(linli_platform::Code::UnknownRegion);
    Problem::new(code, format!("there is no region {shown:?} of yours or in the published list"))
}

/// What lies directly in a region of the published list.
fn inside(replica: &Replica, region: &str) -> Option<Vec<RegionPlace>> {
    if let Some((_, _, codes)) = MACRO_REGIONS.iter().find(|(name, ..)| *name == region) {
        let provinces = division::within("");
        let lies_in =
            |division: &Division| division.code.parse().is_ok_and(|code: u32| codes.contains(&code));
        return Some(provinces.filter(lies_in).map(|division| of(replica, division)).collect());
    }
    if !is_region(region) {
        return None;
    }
    let code = region.strip_suffix("0000").or_else(|| region.strip_suffix("00")).unwrap_or(region);
    Some(division::within(code).map(|division| of(replica, division)).collect())
}

fn of(replica: &Replica, division: Division) -> RegionPlace {
    let level = match division.code.len() {
        2 => "province",
        4 => "city",
        _ => "district",
    };
    let has_more = division::within(division.code).next().is_some();
    place(replica, &division.region(), division.name, level, has_more)
}

fn place(replica: &Replica, region: &str, name: &str, level: &'static str, has_more: bool) -> RegionPlace {
    RegionPlace {
        region: region.to_owned(),
        name: name.to_owned(),
        level,
        holder: holder(replica, region).map(|holder| masked::id(&holder)),
        has_more,
    }
}

/// Who holds a region by the economy, which knows those that programs have appointed too.
pub fn holder(replica: &Replica, region: &str) -> Option<String> {
    let (economy, region) = (replica.economy(), Region::parse(region)?);
    let agent = economy.state().agent_of(region)?;
    Some(economy.member_name(agent).to_owned())
}
