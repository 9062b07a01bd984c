//! Sessions of people who have logged in: whose, since when, until when, from what device. Must not be added here: a
//! token; only its digest is known.

mod act;

pub use act::SessionAct;

use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{Length, plain};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A keyed hash by which something of a person is known again without being known.
pub type Reference = [u8; 16];

/// The digest of a session's token.
pub type TokenDigest = [u8; 32];

/// Sessions of one account at a time; the oldest makes room.
pub const MOST_SESSIONS: usize = 20;

/// Characters of a device's description.
const LABEL: Length = Length { what: "a device", least: 1, most: 64 };

/// Who has logged in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Account {
    /// The person who is this member.
    Member(String),
    /// This person at a desk.
    Staff(String),
}

impl Account {
    /// As whom the account acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::Member(id) => Actor::Member(id.clone()),
            Self::Staff(id) => Actor::Staff(id.clone()),
        }
    }

    /// The id among its kind.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Member(id) | Self::Staff(id) => id,
        }
    }
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Whose.
    pub account: Account,
    /// What kind of device.
    pub label: String,
    /// The device.
    pub device: Option<Reference>,
    /// The network address that it was opened from.
    pub address: Reference,
    /// When it was opened.
    pub since: Instant,
    /// When it ends by itself.
    pub until: Instant,
}

/// The sessions that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    by_token: BTreeMap<TokenDigest, Session>,
    by_account: BTreeMap<Account, BTreeSet<(Instant, TokenDigest)>>,
    by_end: BTreeSet<(Instant, TokenDigest)>,
    /// The last step of a time-based code that each account has used.
    steps: BTreeMap<Account, u64>,
}

impl Sessions {
    /// The session of a token, if it is in force.
    #[must_use]
    pub fn find(&self, token: &TokenDigest, now: Instant) -> Option<&Session> {
        self.by_token.get(token).filter(|session| now < session.until)
    }

    /// The sessions of an account, oldest first.
    pub fn of(&self, account: &Account, now: Instant) -> impl Iterator<Item = (&TokenDigest, &Session)> {
        let tokens = self.by_account.get(account).into_iter().flatten();
        tokens.filter_map(move |(_, token)| Some((token, self.find(token, now)?)))
    }

    fn remove(&mut self, token: &TokenDigest) {
        let Some(session) = self.by_token.remove(token) else { return };
        self.by_end.remove(&(session.until, *token));
        let of_account = self.by_account.get_mut(&session.account).expect("each session is listed");
        of_account.remove(&(session.since, *token));
        if of_account.is_empty() {
            self.by_account.remove(&session.account);
        }
    }

    /// Ends all of an account's sessions but one, as whatever makes them unsafe does.
    pub(crate) fn end_others(&mut self, account: &Account, but: Option<&TokenDigest>) {
        let all = self.by_account.get(account).into_iter().flatten().map(|(_, token)| *token);
        let gone: Vec<_> = all.filter(|token| Some(token) != but).collect();
        gone.iter().for_each(|token| self.remove(token));
    }

    fn open(&mut self, token: TokenDigest, session: Session) {
        let now = session.since;
        while let Some((end, token)) = self.by_end.first().copied().filter(|(end, _)| *end <= now) {
            debug_assert!(end <= now);
            self.remove(&token);
        }
        while let Some(oldest) =
            self.by_account.get(&session.account).filter(|all| all.len() >= MOST_SESSIONS)
        {
            let (_, token) = *oldest.first().expect("there are some");
            self.remove(&token);
        }
        self.by_end.insert((session.until, token));
        self.by_account.entry(session.account.clone()).or_default().insert((now, token));
        self.by_token.insert(token, session);
    }
}

/// Whether an account may log in.
fn may_log_in(scene: &Scene<'_>, account: &Account) -> Result<(), Refusal> {
    match account {
        Account::Member(id) if scene.platform.people.get(id).is_some() => Ok(()),
        Account::Member(id) => {
            Err(Refusal::new(Code::UnknownPerson, format!("nobody has registered as {id}")))
        }
        Account::Staff(id) => scene.platform.staff.in_force(id).map(drop),
    }
}

impl Part for Sessions {
    type Act = SessionAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &SessionAct) -> Result<Carried, Refusal> {
        match act {
            SessionAct::Open { account, token, label, totp_step, until, .. } => {
                plain(&LABEL, label)?;
                may_log_in(scene, account)?;
                if self.by_token.contains_key(token) || *until <= scene.now {
                    return Err(Refusal::new(
                        Code::BadText,
                        "a session has a new token and ends later than now",
                    ));
                }
                let last = self.steps.get(account).copied();
                if last.is_some_and(|last| totp_step.is_some_and(|step| step <= last)) {
                    return Err(Refusal::new(Code::CodeUsed, "this code was used: wait for the next"));
                }
            }
            SessionAct::End { account, token } => {
                own(by, account)?;
                if self.find(token, scene.now).is_none_or(|session| session.account != *account) {
                    return Err(Refusal::new(Code::UnknownSession, "there is no such session in force"));
                }
            }
            SessionAct::EndOthers { account, .. } => own(by, account)?,
        }
        Ok(None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &SessionAct) {
        match act {
            SessionAct::Open { account, token, label, device, address, totp_step, until } => {
                if let Some(step) = totp_step {
                    self.steps.insert(account.clone(), *step);
                }
                let session = Session {
                    account: account.clone(),
                    label: label.clone(),
                    device: *device,
                    address: *address,
                    since: moment.now,
                    until: *until,
                };
                self.open(*token, session);
            }
            SessionAct::End { token, .. } => self.remove(token),
            SessionAct::EndOthers { account, but } => self.end_others(account, but.as_ref()),
        }
    }

    fn figure(&self) -> u64 {
        u64::try_from(self.by_token.len()).expect("64 bits")
    }
}

/// Sessions are ended by whose they are, and by the machine.
fn own(by: &Actor, account: &Account) -> Result<(), Refusal> {
    if *by == account.actor() || *by == Actor::Machine {
        return Ok(());
    }
    Err(Refusal::new(Code::NotYours, format!("these are the sessions of {}", account.actor())))
}

#[cfg(test)]
mod tests;
