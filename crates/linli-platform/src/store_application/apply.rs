//! Doing what was checked. Must not be added here: a reason not to do it.

use super::{Application, Stage, StoreApplicationAct, StoreApplications, StoreForm};
use crate::act::Actor;
use crate::part::Moment;

impl StoreApplications {
    pub(super) fn do_act(&mut self, moment: &Moment<'_>, act: &StoreApplicationAct) {
        self.acts += 1;
        match act {
            StoreApplicationAct::Draft { id, form } => self.draft(moment, id, form),
            StoreApplicationAct::Submit { id } => {
                self.get_mut(id).version += 1;
                self.set_stage(moment, id, Stage::Submitted);
            }
            StoreApplicationAct::Withdraw { id } => self.set_stage(moment, id, Stage::Withdrawn),
            StoreApplicationAct::AskMore { id, sealed_note } => {
                self.review(moment, id, Some(sealed_note.clone()), Stage::Asked);
            }
            StoreApplicationAct::Refuse { id, sealed_note, .. } => {
                self.review(moment, id, Some(sealed_note.clone()), Stage::Refused);
            }
            StoreApplicationAct::Approve { id, store, .. } => {
                self.review(moment, id, None, Stage::Approved { store: store.clone() });
                self.by_store.insert(store.clone(), id.clone());
                let recruited = self.applications[id].form.recruited.as_ref();
                if recruited.is_some_and(|recruited| recruited.consent.is_some()) {
                    self.binding.insert(id.clone());
                }
            }
            StoreApplicationAct::BindRecruited { id } | StoreApplicationAct::LeaveUnbound { id } => {
                self.binding.remove(id);
            }
        }
    }

    fn draft(&mut self, moment: &Moment<'_>, id: &str, form: &StoreForm) {
        if let Some(known) = self.applications.get_mut(id) {
            known.form = form.clone();
            return;
        }
        let Actor::Member(member) = moment.by else { panic!("checked: a member drafts it") };
        self.by_member.insert((member.clone(), id.to_owned()));
        let application = Application {
            member: member.clone(),
            form: form.clone(),
            stage: Stage::Draft,
            since: moment.now,
            version: 0,
            sealed_note: None,
            reviewed_by: None,
        };
        self.applications.insert(id.to_owned(), application);
    }

    fn review(&mut self, moment: &Moment<'_>, id: &str, note: Option<Vec<u8>>, stage: Stage) {
        let application = self.get_mut(id);
        application.reviewed_by = Some(moment.by.clone());
        application.sealed_note = note;
        self.set_stage(moment, id, stage);
    }

    fn set_stage(&mut self, moment: &Moment<'_>, id: &str, stage: Stage) {
        let application = self.get_mut(id);
        let (before, since) = (std::mem::replace(&mut application.stage, stage), application.since);
        application.since = moment.now;
        let is_submitted = application.stage == Stage::Submitted;
        if before == Stage::Submitted {
            self.submitted.remove(&(since, id.to_owned()));
        }
        if is_submitted {
            self.submitted.insert((moment.now, id.to_owned()));
        }
    }

    fn get_mut(&mut self, id: &str) -> &mut Application {
        self.applications.get_mut(id).expect("checked: the application is there")
    }
}
