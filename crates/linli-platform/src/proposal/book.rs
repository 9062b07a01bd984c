//! All proposals: who proposed what, and what became of it.

use super::ProposalAct;
use super::what::What;
use crate::act::Actor;
use crate::calendar::{DAY, later};
use crate::desk::{another, desk, service};
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{self, REASON, plain};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Seconds in which somebody must approve.
const OPEN_SECONDS: i64 = 7 * DAY;

/// Proposals that may be open at once.
const OPEN_MOST: usize = 200;

/// Acts that are asked for at once.
const DUE_MOST: usize = 100;

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// It waits for a second person.
    Open,
    /// It was approved and carried out.
    CarriedOut,
    /// A second person was against it.
    Refused,
    /// Who proposed it took it back.
    TakenBack,
    /// Nobody decided in time.
    Expired,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its id, and that of the command that it carries.
    pub id: String,
    /// What is proposed; a dividend that is not open any more has lost its weights.
    pub what: What,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub by: Actor,
    /// When.
    pub at: Instant,
    /// Until when it can be approved.
    pub until: Instant,
    /// Where it stands.
    pub state: State,
    /// Who ended it, and when.
    pub ended: Option<(Actor, Instant)>,
    /// Why it was refused.
    pub why_refused: Option<String>,
}

/// The proposals that there are and were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposals {
    /// By the number in the journal under which it was made: the oldest first.
    all: BTreeMap<u64, Proposal>,
    numbers: BTreeMap<String, u64>,
    /// The open ones, by the instant from which they expire.
    open: BTreeSet<(Instant, u64)>,
    ended: u64,
}

impl State {
    /// Every state there is.
    pub const ALL: [Self; 5] = [Self::Open, Self::CarriedOut, Self::Refused, Self::TakenBack, Self::Expired];

    /// The name in messages and interfaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::CarriedOut => "carried_out",
            Self::Refused => "refused",
            Self::TakenBack => "taken_back",
            Self::Expired => "expired",
        }
    }
}

impl Proposals {
    /// The proposal of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Proposal> {
        self.numbers.get(id).map(|number| &self.all[number])
    }

    /// All of them, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Proposal> {
        self.all.values()
    }

    /// All of them before the one of this id, the latest first.
    pub fn latest_before(&self, before: Option<&str>) -> impl Iterator<Item = &Proposal> {
        let before = before.map_or(u64::MAX, |id| self.numbers.get(id).copied().unwrap_or_default());
        self.all.range(..before).rev().map(|(_, proposal)| proposal)
    }

    /// Those that wait for a second person, first those that expire first.
    pub fn open(&self) -> impl DoubleEndedIterator<Item = &Proposal> {
        self.open.iter().map(|(_, number)| &self.all[number])
    }

    /// What the service does by itself at this instant.
    #[must_use]
    pub fn due(&self, now: Instant) -> Vec<ProposalAct> {
        let due = self.open().take_while(|proposal| proposal.until <= now).take(DUE_MOST);
        due.map(|proposal| ProposalAct::Expire { id: proposal.id.clone() }).collect()
    }

    fn find_open(&self, id: &str) -> Result<&Proposal, Refusal> {
        let unknown = || Refusal::new(Code::UnknownProposal, format!("there is no proposal {id}"));
        let proposal = self.get(id).ok_or_else(unknown)?;
        if proposal.state != State::Open {
            let message = format!("proposal {id} is {}", proposal.state.name());
            return Err(Refusal::new(Code::ProposalClosed, message));
        }
        Ok(proposal)
    }

    fn check_propose(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        id: &str,
        what: &What,
        reason: &str,
    ) -> Result<Carried, Refusal> {
        desk(by)?;
        text::id(id)?;
        plain(&REASON, reason)?;
        if self.numbers.contains_key(id) {
            return Err(Refusal::new(Code::ProposalExists, format!("there is a proposal {id}")));
        }
        if self.open.len() >= OPEN_MOST {
            let message = format!("{OPEN_MOST} proposals are open: decide some of them first");
            return Err(Refusal::new(Code::TooManyOpen, message));
        }
        what.check(scene)?;
        Ok(None)
    }

    fn check_approve(&self, scene: &Scene<'_>, by: &Actor, id: &str) -> Result<Carried, Refusal> {
        desk(by)?;
        let proposal = self.find_open(id)?;
        another(by, &proposal.by, "has proposed it")?;
        if scene.now >= proposal.until {
            let message = format!("proposal {id} could be approved until {}", proposal.until);
            return Err(Refusal::new(Code::ProposalExpired, message));
        }
        Ok(proposal.what.command(id))
    }

    fn propose(&mut self, moment: &Moment<'_>, id: &str, what: &What, reason: &str) {
        let until = later(moment.now, OPEN_SECONDS);
        let proposal = Proposal {
            id: id.to_owned(),
            what: what.clone(),
            reason: reason.to_owned(),
            by: moment.by.clone(),
            at: moment.now,
            until,
            state: State::Open,
            ended: None,
            why_refused: None,
        };
        self.open.insert((until, moment.seq));
        self.all.insert(moment.seq, proposal);
        let before = self.numbers.insert(id.to_owned(), moment.seq);
        assert!(before.is_none(), "checked: the proposal is new");
    }

    fn end(&mut self, moment: &Moment<'_>, id: &str, state: State, why_refused: Option<&String>) {
        let number = self.numbers.get(id).expect("checked: the proposal is there");
        let proposal = self.all.get_mut(number).expect("it has a number");
        let was_open = self.open.remove(&(proposal.until, *number));
        assert!(was_open, "checked: the proposal is open");
        proposal.state = state;
        proposal.ended = Some((moment.by.clone(), moment.now));
        proposal.why_refused = why_refused.cloned();
        proposal.what.shorten();
        self.ended += 1;
    }
}

impl Part for Proposals {
    type Act = ProposalAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &ProposalAct) -> Result<Carried, Refusal> {
        match act {
            ProposalAct::Propose { id, what, reason } => self.check_propose(scene, by, id, what, reason),
            ProposalAct::Approve { id } => self.check_approve(scene, by, id),
            ProposalAct::Refuse { id, reason } => {
                desk(by)?;
                plain(&REASON, reason)?;
                another(by, &self.find_open(id)?.by, "has proposed it and can take it back")?;
                Ok(None)
            }
            ProposalAct::TakeBack { id } => {
                let proposal = self.find_open(id)?;
                if *by != proposal.by {
                    let message = format!("{} has proposed it, and only they take it back", proposal.by);
                    return Err(Refusal::new(Code::NotYours, message));
                }
                Ok(None)
            }
            ProposalAct::Expire { id } => {
                service(by)?;
                let until = self.find_open(id)?.until;
                if scene.now < until {
                    return Err(Refusal::new(Code::NotDue, format!("proposal {id} expires at {until}")));
                }
                Ok(None)
            }
        }
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &ProposalAct) {
        match act {
            ProposalAct::Propose { id, what, reason } => self.propose(moment, id, what, reason),
            ProposalAct::Approve { id } => self.end(moment, id, State::CarriedOut, None),
            ProposalAct::Refuse { id, reason } => self.end(moment, id, State::Refused, Some(reason)),
            ProposalAct::TakeBack { id } => self.end(moment, id, State::TakenBack, None),
            ProposalAct::Expire { id } => self.end(moment, id, State::Expired, None),
        }
    }

    fn figure(&self) -> u64 {
        self.ended.rotate_left(32) ^ u64::try_from(self.all.len()).expect("64 bits")
    }
}
