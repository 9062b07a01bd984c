//! What each account wants of its notifications. What was read is kept where they are, and follows from these acts there.

use super::{NoticeAct, NoticeKind};
use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene, mixed};
use crate::refusal::{Code, Refusal};
use crate::session::Account;
use crate::text::{Length, plain};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Notifications that are marked together.
const TOGETHER: usize = 100;

/// Characters of the id of a notification.
const ID: Length = Length { what: "the id of a notification", least: 1, most: 64 };

/// Which kinds of notifications somebody wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Shown to them. Rules always are.
    pub shown: BTreeSet<NoticeKind>,
    /// Sent to their phone too.
    pub sent: BTreeSet<NoticeKind>,
}

impl Default for Wishes {
    /// All are shown; what is about money that leaves is sent.
    fn default() -> Self {
        Self { shown: NoticeKind::ALL.iter().copied().collect(), sent: [NoticeKind::Withdrawal].into() }
    }
}

/// What accounts want, where they want something else than is usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    wishes: BTreeMap<Account, Wishes>,
    steps: u64,
}

impl Notices {
    /// What an account wants.
    #[must_use]
    pub fn wishes(&self, account: &Account) -> Wishes {
        self.wishes.get(account).cloned().unwrap_or_default()
    }

    /// Whether an account wants this kind sent to its phone.
    #[must_use]
    pub fn sends(&self, account: &Account, kind: NoticeKind) -> bool {
        self.wishes(account).sent.contains(&kind)
    }

    /// Whether an account wants to be shown this kind.
    #[must_use]
    pub fn shows(&self, account: &Account, kind: NoticeKind) -> bool {
        self.wishes.get(account).is_none_or(|wishes| wishes.shown.contains(&kind))
    }
}

fn check_wishes(wishes: &Wishes) -> Result<(), Refusal> {
    if !wishes.shown.contains(&NoticeKind::Rule) {
        return Err(Refusal::new(Code::BadList, "rules and announcements are shown to everybody"));
    }
    if !wishes.sent.is_subset(&wishes.shown) {
        return Err(Refusal::new(Code::BadList, "what is sent is shown too"));
    }
    Ok(())
}

impl Part for Notices {
    type Act = NoticeAct;

    fn check(&self, _: &Scene<'_>, by: &Actor, act: &NoticeAct) -> Result<Carried, Refusal> {
        if *by != act.account().actor() {
            return Err(Refusal::new(Code::NotYours, "these are somebody else's notifications"));
        }
        match act {
            NoticeAct::Read { notices, .. } => {
                if !(1..=TOGETHER).contains(&notices.len()) {
                    let message = format!("1 to {TOGETHER} are marked together, not {}", notices.len());
                    return Err(Refusal::new(Code::BadList, message));
                }
                notices.iter().try_for_each(|id| plain(&ID, id))?;
            }
            NoticeAct::ReadUpTo { .. } => {}
            NoticeAct::SetWishes { wishes, .. } => check_wishes(wishes)?,
        }
        Ok(None)
    }

    fn apply(&mut self, _: &Moment<'_>, act: &NoticeAct) {
        self.steps += 1;
        if let NoticeAct::SetWishes { account, wishes } = act {
            self.wishes.insert(account.clone(), wishes.clone());
        }
    }

    fn figure(&self) -> u64 {
        mixed(&[self.wishes.len()], &[self.steps.into()])
    }
}
