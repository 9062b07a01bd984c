//! Invitations and bindings: what anybody sees of an invitation before they agree, what a member agreed to, and taking it
//! back. Must not be added here: a binding that somebody else makes.

mod acting;
mod earned;
mod shown;

pub use acting::{__path_bind, __path_release};
pub use acting::{bind, release};
pub use shown::{__path_links, __path_mine, __path_of_member};
pub use shown::{links, mine, of_member};

use super::masked;
use crate::app::App;
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use earned::Earned;
use linli_economy::refusal::Code as Refused;
use linli_engine::Replica;
use linli_platform::person::{Invitation, Source};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The version of the text below. Whoever changes the text counts it up: what was agreed to before stays what it was.
pub const CONSENT: u32 = 1;

/// What is agreed to, in Chinese and in English.
const TEXTS: [&str; 2] = [
    "绑定后，您在平台消费时，邀请人按现行方案从平台服务费中获得奖励，您支付的金额不变。绑定为自愿，您可以随时自行解除；解除只影响之后的订单。",
    "Once you are bound, whoever invites you earns a share of the platform's fee on your orders by the plan in force. You \
     pay no more for it. It is up to you, and you can end it yourself at any time; orders paid before keep it.",
];

/// Whose link it is: exactly one of them.
pub struct Link {
    /// The member whose link it is.
    pub member: Option<String>,
    /// The store whose link or code it is; its owner invites.
    pub store: Option<String>,
    /// The recruiter whose link for opening a store it is.
    pub recruiter: Option<String>,
}

/// What a visitor sees of an invitation.
#[derive(Serialize, ToSchema)]
pub struct ShownInvitation {
    /// `member`, `store` or `recruiter`.
    #[schema(example = "store")]
    kind: &'static str,
    /// Who invites, with the middle of their number hidden.
    #[schema(example = "+86138****0001")]
    pub inviter: String,
    /// The store whose link it is.
    store: Option<String>,
    pub earns: Earned,
    pub consent: ShownConsent,
    /// Yes: whoever does not agree registers, buys and pays all the same.
    is_optional: bool,
    /// The last command that this includes.
    seq: u64,
}

/// What is agreed to.
#[derive(Serialize, ToSchema)]
pub struct ShownConsent {
    /// Whoever agrees sends this number.
    #[schema(example = 1)]
    pub version: u32,
    pub text_zh: &'static str,
    pub text_en: &'static str,
}

impl Link {
    const NOBODYS: Self = Self { member: None, store: None, recruiter: None };

    /// The link of a store, whose owner invites.
    pub fn of_store(store: &str) -> Self {
        Self { store: Some(store.into()), ..Self::NOBODYS }
    }

    /// The link that a path names.
    fn of_kind(kind: &str, id: String) -> Option<Self> {
        Some(match kind {
            "member" => Self { member: Some(id), ..Self::NOBODYS },
            "store" => Self { store: Some(id), ..Self::NOBODYS },
            "recruiter" => Self { recruiter: Some(id), ..Self::NOBODYS },
            _ => return None,
        })
    }

    /// Who invites by this link.
    ///
    /// # Errors
    /// It is of nobody, or of nothing that is there.
    pub fn invitation(&self, replica: &Replica, consent: u32) -> Result<Invitation, Problem> {
        let economy = replica.economy();
        let (inviter, source) = match (&self.member, &self.store, &self.recruiter) {
            (Some(member), None, None) => (member.clone(), Source::Member),
            (None, None, Some(recruiter)) => (recruiter.clone(), Source::Recruiter),
            (None, Some(store), None) => {
                let unknown = || unknown(Refused::UnknownStore, "store", store);
                let id = economy.store_id(store).ok_or_else(unknown)?;
                let owner = economy.state().stores()[id.index()].owner;
                (economy.member_name(owner).to_owned(), Source::Store(store.clone()))
            }
            _ => {
                let detail = "an invitation is that of one member, of one store or of one recruiter";
                return Err(Problem::new(Code::BadParameter, detail));
            }
        };
        economy.member_id(&inviter).ok_or_else(|| unknown(Refused::UnknownMember, "member", &inviter))?;
        Ok(Invitation { inviter, source, consent })
    }
}

fn unknown(code: Refused, what: &str, id: &str) -> Problem {
    let shown: String = id.chars().take(64).collect();
    Problem::new(Code::Refused(code), format!("there is no {what} {shown}"))
}

/// Makes sure that what was agreed to is what is shown now.
///
/// # Errors
/// `consent_outdated`.
pub fn check_consent(consent: u32) -> Result<(), Problem> {
    if consent == CONSENT {
        return Ok(());
    }
    let detail = format!("version {CONSENT} of the text is shown now, and version {consent} was agreed to");
    Err(Problem::new(Code::ConsentOutdated, detail))
}

/// What an invitation means
///
/// Who invites, and what they earn from the orders of whoever agrees, by the plan in force.
#[utoipa::path(
    get,
    path = "/v1/invitations/{kind}/{id}",
    tag = "Relations",
    params(
        ("kind" = String, Path, description = "Whose link it is: `member`, `store` or `recruiter`"),
        ("id" = String, Path, description = "The id of the member or the store"),
    ),
    responses((status = 200, description = "What is asked before anybody agrees", body = ShownInvitation)),
)]
pub async fn look(
    _: UpToDate,
    State(app): State<Arc<App>>,
    link: Result<Path<(String, String)>, PathRejection>,
) -> Result<Json<ShownInvitation>, Problem> {
    let bad =
        || Problem::new(Code::BadParameter, "an invitation is that of a member, a store or a recruiter");
    let Path((kind_of, id)) = link.map_err(|_| bad())?;
    let link = Link::of_kind(&kind_of, id).ok_or_else(bad)?;
    invitation(&app, link).await.map(Json)
}

/// What whoever opens this link is shown before they agree.
pub async fn invitation(app: &App, link: Link) -> Result<ShownInvitation, Problem> {
    let (invitation, earns, seq) = app.look(|replica| {
        let invitation = link.invitation(replica, CONSENT)?;
        let earns = Earned::of(replica.economy().state().plan(), &invitation.source);
        Ok::<_, Problem>((invitation, earns, replica.tip().seq))
    })??;
    let [text_zh, text_en] = TEXTS;
    Ok(ShownInvitation {
        kind: kind(&invitation.source),
        inviter: masked::member(app, &invitation.inviter).await?,
        store: link.store,
        earns,
        consent: ShownConsent { version: CONSENT, text_zh, text_en },
        is_optional: true,
        seq,
    })
}

/// The name of a source.
fn kind(source: &Source) -> &'static str {
    match source {
        Source::Member => "member",
        Source::Store(_) => "store",
        Source::Recruiter => "recruiter",
    }
}
