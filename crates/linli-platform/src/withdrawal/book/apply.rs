//! What acts on withdrawals change, once they were checked and the economy has moved the money.

use super::{Batch, Withdrawals};
use crate::calendar::{DAY, later, shanghai_day};
use crate::part::Moment;
use crate::withdrawal::{
    Approval, Limits, LimitsChange, Owner, PayoutAccount, State, Withdrawal, WithdrawalAct,
};
use linli_economy::time::Instant;

/// Changes of the limits that are kept here; the journal has all of them.
const CHANGES_KEPT: usize = 50;

impl Withdrawals {
    pub(super) fn apply_act(&mut self, moment: &Moment<'_>, act: &WithdrawalAct) {
        self.changes += 1;
        match act {
            WithdrawalAct::SetAccount { owner, sealed_account, masked, reference } => {
                let account = PayoutAccount {
                    sealed: sealed_account.clone(),
                    masked: masked.clone(),
                    reference: *reference,
                    set_by: moment.by.clone(),
                    set_at: moment.now,
                    usable_from: self.usable_from(owner, *reference, moment.now),
                };
                self.set_account(owner, account);
            }
            WithdrawalAct::SetLimits { limits } => self.set_limits(moment, limits),
            WithdrawalAct::Submit { id, from, fen } => self.submit(moment, id, from, *fen),
            WithdrawalAct::TakeBack { id } => self.come_back(moment, id, State::TakenBack, None),
            WithdrawalAct::TakeUp { id } => self.enter(moment, self.number(id), State::InReview),
            WithdrawalAct::Approve { id } => self.approve(moment, id),
            WithdrawalAct::Reject { id, reason } => {
                self.come_back(moment, id, State::Rejected, Some(reason));
            }
            WithdrawalAct::Batch { batch, withdrawals } => self.fill(moment, batch, withdrawals),
            WithdrawalAct::Paid { id } => self.enter(moment, self.number(id), State::Paid),
            WithdrawalAct::Failed { id, reason } => {
                self.come_back(moment, id, State::Failed, Some(reason));
            }
            WithdrawalAct::ReadFile { .. } => {}
        }
    }

    fn set_limits(&mut self, moment: &Moment<'_>, limits: &Limits) {
        let before = std::mem::replace(&mut self.limits, *limits);
        let (by, at, after) = (moment.by.clone(), moment.now, *limits);
        if self.limits_changes.len() == CHANGES_KEPT {
            self.limits_changes.remove(0);
        }
        self.limits_changes.push(LimitsChange { by, at, before, after });
    }

    fn set_account(&mut self, owner: &Owner, account: PayoutAccount) {
        let reference = account.reference;
        let holder = self.holders.entry(owner.clone()).or_default();
        if let Some(before) = holder.account.replace(account) {
            self.references.remove(&(before.reference, owner.clone()));
        }
        self.references.insert((reference, owner.clone()));
    }

    /// From when on an account that is set now can be used: the same account as before as before, another one a day
    /// later, the first one at once.
    fn usable_from(&self, owner: &Owner, reference: [u8; 16], now: Instant) -> Instant {
        match self.account(owner) {
            None => now,
            Some(before) if before.reference == reference => before.usable_from,
            Some(_) => later(now, DAY),
        }
    }

    fn submit(&mut self, moment: &Moment<'_>, id: &str, from: &Owner, fen: u64) {
        let number = moment.seq;
        let needs_two = !from.is_platform() && fen > self.limits.second_person_above_fen;
        let holder = self.holders.get_mut(from).expect("checked: the owner has an account");
        let account = holder.account.as_ref().expect("checked: the owner has an account");
        let withdrawal = Withdrawal {
            id: id.to_owned(),
            owner: from.clone(),
            fen,
            day: shanghai_day(moment.now),
            masked: account.masked.clone(),
            reference: account.reference,
            sealed_account: account.sealed.clone(),
            approvals_needed: if needs_two { 2 } else { 1 },
            approvals: Vec::new(),
            steps: Vec::new(),
            batch: None,
            reason: None,
        };
        holder.used = holder.used.today(moment.now);
        holder.used.count += 1;
        holder.used.fen += fen;
        holder.withdrawals.push(number);
        self.on_the_way_fen += u128::from(fen);
        let before = self.numbers.insert(id.to_owned(), number);
        assert!(before.is_none(), "checked: the withdrawal is new");
        self.all.insert(number, withdrawal);
        self.enter(moment, number, State::Submitted);
    }

    fn approve(&mut self, moment: &Moment<'_>, id: &str) {
        let number = self.number(id);
        let withdrawal = self.all.get_mut(&number).expect("it has a number");
        withdrawal.approvals.push(Approval { by: moment.by.clone(), at: moment.now });
        if withdrawal.approvals.len() == withdrawal.approvals_needed {
            self.enter(moment, number, State::Approved);
        }
    }

    fn fill(&mut self, moment: &Moment<'_>, batch: &str, ids: &[String]) {
        let (mut sum, mut sealed_accounts) = (0, Vec::with_capacity(ids.len()));
        for id in ids {
            let number = self.number(id);
            let withdrawal = self.all.get_mut(&number).expect("it has a number");
            withdrawal.batch = Some(batch.to_owned());
            sum += withdrawal.fen;
            sealed_accounts.push(withdrawal.sealed_account.clone());
            self.enter(moment, number, State::InPayment);
        }
        let (by, at, withdrawals) = (moment.by.clone(), moment.now, ids.to_vec());
        let made = Batch { id: batch.to_owned(), by, at, fen: sum, withdrawals, sealed_accounts };
        self.batches.insert(moment.seq, made);
        self.batch_numbers.insert(batch.to_owned(), moment.seq);
    }

    fn come_back(&mut self, moment: &Moment<'_>, id: &str, state: State, reason: Option<&String>) {
        let number = self.number(id);
        self.enter(moment, number, state);
        let withdrawal = self.all.get_mut(&number).expect("it has a number");
        withdrawal.reason = reason.cloned();
        let holder = self.holders.get_mut(&withdrawal.owner).expect("it was submitted");
        holder.used.came_back(withdrawal.day, withdrawal.fen);
    }
}
