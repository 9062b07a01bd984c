//! Whether an act on withdrawals may be done, and the command that goes with it. Nothing changes here.

use super::WithdrawalAct;
use super::book::Withdrawals;
use super::entry::{State, Withdrawal};
use super::owner::Owner;
use crate::act::Actor;
use crate::carried;
use crate::desk::{another, desk, is_desk};
use crate::part::{Carried, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{self, Length, REASON, plain};
use linli_economy::command::Command;
use std::collections::BTreeSet;

/// Characters of what is shown of an account.
const MASKED: Length = Length { what: "what is shown of an account", least: 1, most: 32 };

/// Withdrawals in one payout file.
const BATCH_MOST: usize = 1_000;

impl Withdrawals {
    pub(super) fn check_act(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        act: &WithdrawalAct,
    ) -> Result<Carried, Refusal> {
        match act {
            WithdrawalAct::SetAccount { owner, sealed_account, masked, .. } => {
                owner.check(scene, by)?;
                text::sealed("an account", sealed_account)?;
                plain(&MASKED, masked)?;
                Ok(None)
            }
            WithdrawalAct::SetLimits { limits } => {
                desk(by)?;
                limits.check()?;
                Ok(None)
            }
            WithdrawalAct::Submit { id, from, fen } => self.check_submit(scene, by, id, from, *fen),
            WithdrawalAct::TakeBack { id } => {
                let withdrawal = self.find(id)?;
                withdrawal.owner.check(scene, by)?;
                in_state(withdrawal, &[State::Submitted], "taken back")?;
                Ok(gone_back(id))
            }
            WithdrawalAct::TakeUp { id } => {
                desk(by)?;
                in_state(self.find(id)?, &[State::Submitted], "taken up")?;
                Ok(None)
            }
            WithdrawalAct::Approve { id } => self.check_approve(by, id),
            WithdrawalAct::Reject { id, reason } => {
                desk(by)?;
                plain(&REASON, reason)?;
                in_state(self.find(id)?, &[State::InReview, State::Approved], "rejected")?;
                Ok(gone_back(id))
            }
            WithdrawalAct::Batch { batch, withdrawals } => self.check_batch(by, batch, withdrawals),
            WithdrawalAct::Paid { id } => {
                self.check_event(by, id, State::Paid)?;
                Ok(Some(Command::PayoutDone { id: carried::id(id) }))
            }
            WithdrawalAct::Failed { id, reason } => {
                plain(&REASON, reason)?;
                self.check_event(by, id, State::Failed)?;
                Ok(gone_back(id))
            }
            WithdrawalAct::ReadFile { batch } => {
                desk(by)?;
                let unknown = || Refusal::new(Code::UnknownBatch, format!("there is no payout file {batch}"));
                self.batch(batch).map(|_| None).ok_or_else(unknown)
            }
        }
    }

    fn find(&self, id: &str) -> Result<&Withdrawal, Refusal> {
        let unknown = || Refusal::new(Code::UnknownWithdrawal, format!("there is no withdrawal {id}"));
        self.get(id).ok_or_else(unknown)
    }

    fn check_submit(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        id: &str,
        from: &Owner,
        fen: u64,
    ) -> Result<Carried, Refusal> {
        text::id(id)?;
        carried::check_fen(fen)?;
        from.check(scene, by)?;
        // The economy answers a repeated command with its first result, which would move nothing this time.
        if self.get(id).is_some() || scene.economy.payout_id(id).is_some() {
            return Err(Refusal::new(Code::WithdrawalExists, format!("there is a withdrawal {id}")));
        }
        let none = || Refusal::new(Code::NoPayoutAccount, "there is no account to pay out to: set one first");
        let account = self.account(from).ok_or_else(none)?;
        if scene.now < account.usable_from {
            let message = format!(
                "the account was changed at {}, it can be used from {}",
                account.set_at, account.usable_from
            );
            return Err(Refusal::new(Code::PayoutAccountNew, message));
        }
        if !from.is_platform() {
            self.limits().admit(&self.used(from, scene.now), fen)?;
        }
        let (id, from, amount) = (carried::id(id), from.source(), carried::amount(fen));
        Ok(Some(Command::Withdraw { id, from, amount }))
    }

    /// Nobody approves twice, nor what they have submitted: so the platform's own money takes two people with one
    /// approval, and a member's above the limit takes two with two.
    fn check_approve(&self, by: &Actor, id: &str) -> Result<Carried, Refusal> {
        desk(by)?;
        let withdrawal = self.find(id)?;
        in_state(withdrawal, &[State::InReview], "approved")?;
        another(by, withdrawal.submitted_by(), "has submitted it")?;
        for approval in &withdrawal.approvals {
            another(by, &approval.by, "has approved it before")?;
        }
        Ok(None)
    }

    fn check_batch(&self, by: &Actor, batch: &str, ids: &[String]) -> Result<Carried, Refusal> {
        if *by != Actor::Service {
            desk(by)?;
        }
        text::id(batch)?;
        if self.batch(batch).is_some() {
            return Err(Refusal::new(Code::BatchExists, format!("there is a payout file {batch}")));
        }
        let distinct: BTreeSet<_> = ids.iter().collect();
        if !(1..=BATCH_MOST).contains(&ids.len()) || distinct.len() < ids.len() {
            let message =
                format!("a payout file has 1 to {BATCH_MOST} withdrawals, each once, not {}", ids.len());
            return Err(Refusal::new(Code::BadList, message));
        }
        for id in ids {
            in_state(self.find(id)?, &[State::Approved], "put into a payout file")?;
        }
        Ok(None)
    }

    /// What the bank reports: told twice it is known, and told otherwise it is for people to look at.
    fn check_event(&self, by: &Actor, id: &str, state: State) -> Result<(), Refusal> {
        if !matches!(by, Actor::Provider | Actor::Service) && !is_desk(by) {
            return Err(Refusal::new(Code::ProviderOnly, format!("{by} does not know what the bank did")));
        }
        let withdrawal = self.find(id)?;
        match withdrawal.state() {
            known if known == state => {
                let message =
                    format!("withdrawal {id} has been {} since {}", known.name(), withdrawal.last().at);
                Err(Refusal::new(Code::EventKnown, message))
            }
            other @ (State::Paid | State::Failed) => {
                let message =
                    format!("withdrawal {id} was reported as {}, now as {}", other.name(), state.name());
                Err(Refusal::new(Code::EventContradicts, message))
            }
            _ => in_state(withdrawal, &[State::InPayment], state.name()),
        }
    }
}

/// The money goes back to where it was taken from.
fn gone_back(id: &str) -> Carried {
    Some(Command::PayoutFailed { id: carried::id(id) })
}

fn in_state(withdrawal: &Withdrawal, states: &[State], done: &str) -> Result<(), Refusal> {
    let state = withdrawal.state();
    if states.contains(&state) {
        return Ok(());
    }
    let code = if state.is_open() { Code::WithdrawalState } else { Code::WithdrawalClosed };
    let needed: Vec<_> = states.iter().map(|state| state.name()).collect();
    let (id, is, needed) = (&withdrawal.id, state.name(), needed.join(" or "));
    Err(Refusal::new(code, format!("withdrawal {id} is {is}: only one that is {needed} can be {done}")))
}
