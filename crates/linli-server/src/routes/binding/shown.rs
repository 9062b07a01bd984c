//! What a member agreed to, as they and the desk see it, and the links by which a member invites. Must not be added here:
//! the number or the name of anybody.

use super::kind;
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::routes::masked;
use crate::routes::subject::{Subject, after};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::refusal::Code as Refused;
use linli_engine::Replica;
use linli_platform::binding::Fact;
use linli_platform::person::Source;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// To whom a member is bound, and what they agreed to.
#[derive(Serialize, ToSchema)]
pub struct Binding {
    /// Who invited the member, with the middle of their number hidden; none while they are bound to nobody.
    #[schema(example = "+86138****0001")]
    inviter: Option<String>,
    /// Where the binding comes from: `member`, `store`, `recruiter`, or `program` if it was no act of the member.
    source: Option<&'static str>,
    /// What was agreed to, in its order; nothing of it is ever rewritten.
    history: Vec<AgreedBinding>,
    /// The last command that this includes.
    seq: u64,
}

/// One binding that was agreed to.
#[derive(Serialize, ToSchema)]
struct AgreedBinding {
    /// Whom it was to, with the middle of their id hidden.
    #[schema(example = "M0…f3")]
    inviter: String,
    /// `member`, `store` or `recruiter`.
    #[schema(example = "store")]
    source: &'static str,
    /// The store whose link or code it was.
    store: Option<String>,
    /// The version of the text that was agreed to.
    #[schema(example = 1)]
    consent: u32,
    /// When.
    since: String,
    /// When the member took it back.
    released_at: Option<String>,
    /// The number of the entry in the journal.
    seq: u64,
}

/// What is known of a member's bindings, with who invited them now.
fn known(replica: &Replica, member: &str) -> Result<(Option<String>, Binding), Problem> {
    let economy = replica.economy();
    let unknown =
        || Problem::new(Code::Refused(Refused::UnknownMember), format!("there is no member {member}"));
    let id = economy.member_id(member).ok_or_else(unknown)?;
    let inviter = economy.state().members()[id.index()].inviter;
    let inviter = inviter.map(|inviter| economy.member_name(inviter).to_owned());
    let facts = replica.platform().bindings.of(member);
    let holds = |fact: &&Fact| fact.released.is_none() && Some(&fact.invitation.inviter) == inviter.as_ref();
    let agreed = facts.last().filter(holds).map(|fact| kind(&fact.invitation.source));
    let source = inviter.as_ref().map(|_| agreed.unwrap_or("program"));
    let history = facts.iter().map(shown).collect();
    Ok((inviter, Binding { inviter: None, source, history, seq: replica.tip().seq }))
}

fn shown(fact: &Fact) -> AgreedBinding {
    AgreedBinding {
        inviter: masked::id(&fact.invitation.inviter),
        source: kind(&fact.invitation.source),
        store: match &fact.invitation.source {
            Source::Store(store) => Some(store.clone()),
            Source::Member | Source::Recruiter => None,
        },
        consent: fact.invitation.consent,
        since: fact.since.to_string(),
        released_at: fact.released.map(|at| at.to_string()),
        seq: fact.seq,
    }
}

async fn binding(app: &App, member: &str) -> Result<Json<Binding>, Problem> {
    let (inviter, binding) = app.look(|replica| known(replica, member))??;
    let inviter = match inviter {
        Some(inviter) => Some(masked::member(app, &inviter).await?),
        None => None,
    };
    Ok(Json(Binding { inviter, ..binding }))
}

/// To whom one is bound
#[utoipa::path(
    get,
    path = "/v1/me/binding",
    tag = "Relations",
    params(("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included")),
    responses((status = 200, description = "Who invited the member, and what they agreed to", body = Binding)),
)]
pub async fn mine(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Binding>, Problem> {
    binding(&app, caller.member()?).await
}

/// To whom a member is bound
#[utoipa::path(
    get,
    path = "/v1/members/{id}/binding",
    tag = "Relations",
    params(("id" = String, Path, description = "The member's id")),
    responses((status = 200, description = "Who invited the member, and what they agreed to", body = Binding)),
)]
pub async fn of_member(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(member): Subject,
) -> Result<Json<Binding>, Problem> {
    binding(&app, &member).await
}

/// A link by which a member invites.
#[derive(Clone, Serialize, ToSchema)]
pub struct LinkOf {
    /// `member`, `recruiter` or `store`.
    #[schema(example = "member")]
    kind: &'static str,
    /// Whose it is: the member's id, or the store's.
    #[schema(example = "M1")]
    id: String,
    /// What is asked for to see what it means; links of pages and codes carry the same.
    #[schema(example = "/v1/invitations/member/M1")]
    path: String,
}

/// One's links
///
/// The member's own, the one for recruiting stores, and one for each store of theirs.
#[utoipa::path(
    get,
    path = "/v1/me/links",
    tag = "Relations",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The links", body = Paged<LinkOf>)),
)]
pub async fn links(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    page: Page,
) -> Result<Json<Paged<LinkOf>>, Problem> {
    let member = caller.member()?;
    app.look(|replica| {
        let economy = replica.economy();
        let owner = economy.member_id(member).ok_or_else(Problem::internal)?;
        let stores = economy.state().stores().iter().enumerate();
        let stores = stores.filter(|(_, store)| store.owner == owner && !store.closed);
        let stores = stores.filter_map(|(place, _)| linli_economy::handle::StoreId::at(place));
        let stores = stores.map(|store| ("store", economy.store_name(store).to_owned()));
        let own = [("member", member.to_owned()), ("recruiter", member.to_owned())];
        let links = own.into_iter().chain(stores).map(|(kind, id)| link(kind, id)).collect::<Vec<_>>();
        let links = after(links.iter(), page.after.as_deref(), |link| link.path.as_str()).cloned();
        Ok(Json(page.of(links, |link| link.path.clone())))
    })?
}

fn link(kind: &'static str, id: String) -> LinkOf {
    let path = format!("/v1/invitations/{kind}/{}", encoded(&id));
    LinkOf { kind, id, path }
}

/// An id as it stands in an address.
fn encoded(id: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    let one = |byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    id.bytes().map(one).collect()
}
