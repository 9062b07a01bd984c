//! Whether an act about applications may be done, and which command goes with it. Must not be added here: a change.

use super::{Application, Recruited, Stage, StoreApplicationAct, StoreApplications, StoreForm};
use crate::act::Actor;
use crate::desk::{desk, service};
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
use crate::storefront::file_names;
use crate::text::{id, sealed};
use crate::{carried, division, known};
use linli_economy::Economy;
use linli_economy::command::Command;
use linli_economy::rate::Rate;

/// Open applications of one member.
const MOST_OPEN: usize = 3;
/// Applications of one member in all.
const MOST_EVER: usize = 50;
/// Documents of one application.
const MOST_DOCUMENTS: usize = 10;

impl Part for StoreApplications {
    type Act = StoreApplicationAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &StoreApplicationAct) -> Result<Carried, Refusal> {
        match act {
            StoreApplicationAct::Draft { id, form } => self.check_draft(scene, by, id, form)?,
            StoreApplicationAct::Submit { id } => self.check_submit(scene, by, id)?,
            StoreApplicationAct::Withdraw { id } => {
                let application = self.mine(by, id)?;
                if !application.is_open() {
                    return Err(state(id, application));
                }
            }
            StoreApplicationAct::AskMore { id, sealed_note } => {
                self.check_review(by, id, None)?;
                sealed("what is asked", sealed_note)?;
            }
            StoreApplicationAct::Refuse { id, version, sealed_note } => {
                self.check_review(by, id, Some(*version))?;
                sealed("a reason", sealed_note)?;
            }
            StoreApplicationAct::Approve { id, version, store, rate } => {
                return self.check_approve(scene, by, (id, *version), store, *rate);
            }
            StoreApplicationAct::BindRecruited { id } => {
                let (member, recruiter) = self.check_binding(by, id)?;
                if !can_bind(scene.economy, member, recruiter) {
                    let message = format!("{member} is bound, or stands above {recruiter}");
                    return Err(Refusal::new(Code::NotDue, message));
                }
                let (member, inviter) = (carried::id(member), carried::id(recruiter));
                return Ok(Some(Command::Bind { member, inviter }));
            }
            StoreApplicationAct::LeaveUnbound { id } => {
                let (member, recruiter) = self.check_binding(by, id)?;
                if can_bind(scene.economy, member, recruiter) {
                    let message = format!("{member} can be bound to {recruiter}");
                    return Err(Refusal::new(Code::NotDue, message));
                }
            }
        }
        Ok(None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &StoreApplicationAct) {
        self.do_act(moment, act);
    }

    fn figure(&self) -> u64 {
        self.digest()
    }
}

impl StoreApplications {
    fn known(&self, id: &str) -> Result<&Application, Refusal> {
        let unknown = || Refusal::new(Code::UnknownApplication, format!("there is no application {id}"));
        self.applications.get(id).ok_or_else(unknown)
    }

    fn mine(&self, by: &Actor, id: &str) -> Result<&Application, Refusal> {
        let application = self.known(id)?;
        match by {
            Actor::Member(member) if *member == application.member => Ok(application),
            _ => Err(Refusal::new(Code::NotYours, format!("the application {id} is somebody else's"))),
        }
    }

    fn check_draft(&self, scene: &Scene<'_>, by: &Actor, new: &str, form: &StoreForm) -> Result<(), Refusal> {
        let Actor::Member(member) = by else {
            return Err(Refusal::new(
                Code::WrongActor,
                format!("members apply for stores, and {by} is none"),
            ));
        };
        if self.applications.contains_key(new) {
            let application = self.mine(by, new)?;
            if !application.is_with_member() {
                return Err(state(new, application));
            }
        } else {
            id(new)?;
            let open = self.of_member(member).filter(|(_, one)| one.is_open()).count();
            let ever = self.of_member(member).count();
            if open >= MOST_OPEN || ever >= MOST_EVER {
                let message = format!(
                    "a member has {MOST_OPEN} open applications and {MOST_EVER} in all at most, and {member} has {open} \
                     of {ever}"
                );
                return Err(Refusal::new(Code::TooManyOpen, message));
            }
        }
        check_form(scene, member, form)
    }

    fn check_submit(&self, scene: &Scene<'_>, by: &Actor, id: &str) -> Result<(), Refusal> {
        let application = self.mine(by, id)?;
        if !application.is_with_member() {
            return Err(state(id, application));
        }
        if application.form.documents.is_empty() {
            let message = "an application has at least one document, such as the business licence";
            return Err(Refusal::new(Code::DocumentMissing, message));
        }
        // The plan may have changed since it was drafted.
        check_form(scene, &application.member, &application.form)
    }

    fn check_review(&self, by: &Actor, id: &str, version: Option<u32>) -> Result<&Application, Refusal> {
        desk(by)?;
        let application = self.known(id)?;
        if application.stage != Stage::Submitted {
            return Err(state(id, application));
        }
        if version.is_some_and(|version| version != application.version) {
            let message = format!(
                "the application {id} was submitted {} times, and it was looked at before the last time",
                application.version
            );
            return Err(Refusal::new(Code::ApplicationChanged, message));
        }
        Ok(application)
    }

    fn check_approve(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        (application, version): (&str, u32),
        store: &str,
        rate: Option<Rate>,
    ) -> Result<Carried, Refusal> {
        id(store)?;
        let StoreForm { district, rate: wanted, recruited, .. } =
            &self.check_review(by, application, Some(version))?.form;
        if rate.is_some() && rate != *wanted {
            let message = "a store is opened with the plan's rate or with the one that was asked for; another takes a \
                           proposal and two people";
            return Err(Refusal::new(Code::RateOutOfRange, message));
        }
        check_rate(scene, rate)?;
        if scene.economy.store_id(store).is_some() {
            return Err(Refusal::new(Code::StoreExists, format!("there is a store {store}")));
        }
        Ok(Some(Command::OpenStore {
            store: carried::id(store),
            owner: carried::id(&self.applications[application].member),
            recruiter: recruited.as_ref().map(|recruited| carried::id(&recruited.by)),
            district: district.clone().into(),
            take_rate: rate.map(|rate| rate.to_string().into()),
        }))
    }

    /// Who is to be bound to whom by this application.
    fn check_binding(&self, by: &Actor, id: &str) -> Result<(&str, &str), Refusal> {
        service(by)?;
        self.known(id)?;
        let to_bind = self.to_bind(id);
        to_bind.ok_or_else(|| Refusal::new(Code::NotDue, format!("the application {id} binds nobody")))
    }
}

/// Whether a member is unbound and would not come to stand above themself.
pub(super) fn can_bind(economy: &Economy, member: &str, recruiter: &str) -> bool {
    let (Some(member), Some(recruiter)) = (economy.member_id(member), economy.member_id(recruiter)) else {
        return false;
    };
    let members = economy.state().members();
    let mut above = Some(recruiter);
    while let Some(one) = above.filter(|one| *one != member) {
        above = members[one.index()].inviter;
    }
    members[member.index()].inviter.is_none() && above.is_none()
}

fn check_form(scene: &Scene<'_>, member: &str, form: &StoreForm) -> Result<(), Refusal> {
    form.page.check()?;
    sealed("whom to reach", &form.sealed_contact)?;
    file_names("documents", MOST_DOCUMENTS, &form.documents)?;
    if form.district.len() != 6 || division::find(&form.district).is_none() {
        let message = format!("there is no published district {:.20}", form.district);
        return Err(Refusal::new(Code::UnknownRegion, message));
    }
    check_rate(scene, form.rate)?;
    if let Some(Recruited { by, .. }) = &form.recruited {
        known::member(scene, by)?;
        if by == member {
            return Err(Refusal::new(Code::OwnRecruiter, "nobody recruits their own store"));
        }
    }
    Ok(())
}

fn check_rate(scene: &Scene<'_>, rate: Option<Rate>) -> Result<(), Refusal> {
    let Some(rate) = rate else { return Ok(()) };
    let allowed = scene.economy.state().own_rate(&rate.to_string());
    allowed.map(|_| ()).map_err(|refusal| Refusal::new(Code::RateOutOfRange, refusal.message))
}

fn state(id: &str, application: &Application) -> Refusal {
    let stage = match &application.stage {
        Stage::Draft => "a draft",
        Stage::Submitted => "with the desk",
        Stage::Asked => "with the member, who is asked for more",
        Stage::Approved { .. } => "approved",
        Stage::Refused => "refused",
        Stage::Withdrawn => "withdrawn",
    };
    Refusal::new(Code::ApplicationState, format!("the application {id} is {stage}"))
}
