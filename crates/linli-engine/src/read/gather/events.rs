//! What happens: the rows that are written once, and the marks on what is rewritten.

use super::super::moment::{Moment, write_time};
use super::super::schema::TableId;
use super::day::Day;
use super::{Gatherer, current::count, touched};
use crate::answered::Answered;
use crate::entries::Entry;
use linli_economy::Economy;
use linli_economy::command::Command;
use linli_economy::outcome::Outcome;
use linli_economy::time::Instant;
use linli_journal::Header;

impl Gatherer {
    /// The header opens the economy: with a plan, and with what the plan's genesis puts in.
    pub(super) fn take_genesis(&mut self, header: &Header, economy: &Economy) {
        let commands = self.changes.to(TableId::Commands);
        commands.number(0).written(|out| write_time(out, Instant::EPOCH)).text("genesis");
        commands.optional_text(None).optional_text(None).optional_text(None).flag(false);
        for (line, (account, asset, amount)) in (1_i128..).zip(economy.state().balances()) {
            let postings = self.changes.to(TableId::Postings);
            postings.number(0).number(line).written(|out| economy.write_account(out, account));
            postings.text(asset.name()).number(amount);
            self.touched.accounts.push((account, asset));
        }
        self.take_plan(economy, &header.plan, 0, Instant::EPOCH);
    }

    fn take_plan(&mut self, economy: &Economy, text: &str, seq: u64, at: Instant) {
        let plans = self.changes.to(TableId::Plans);
        plans.number(count(economy.state().plans().len())).number(seq);
        plans.written(|out| write_time(out, at)).text(&economy.state().plan().name).text(text);
    }

    pub(super) fn take_command(&mut self, entry: &Entry<'_>, answer: &Answered<'_>, now: Moment) {
        let (name, subject) = entry.body.name();
        let order = match entry.body.command() {
            Some(Command::Cancel { order, .. } | Command::Refund { order, .. }) => Some(&**order),
            _ => None,
        };
        let rows = self.changes.to(TableId::Commands);
        rows.number(now.seq.get()).written(|out| write_time(out, now.at));
        rows.text(name).optional_text(subject).optional_text(order);
        rows.optional_text(answer.outcome().err().map(|refusal| refusal.code()));
        rows.flag(answer.replayed());
    }

    /// The postings and the exits.
    pub(super) fn take_outcome(&mut self, economy: &Economy, outcome: &Outcome, now: Moment) {
        let rows = self.changes.to(TableId::Postings);
        for (line, posting) in (1_i128..).zip(outcome.merged()) {
            rows.number(now.seq.get()).number(line);
            rows.written(|out| economy.write_account(out, posting.account));
            rows.text(posting.asset.name()).number(posting.amount);
            self.touched.accounts.push((posting.account, posting.asset));
        }
        let rows = self.changes.to(TableId::Exits);
        for (line, exit) in (1_i128..).zip(&outcome.exits) {
            rows.number(now.seq.get()).number(line).text(economy.member_name(exit.member));
            rows.number(exit.points.0).number(exit.payout.0);
            self.touched.members.entry(exit.member).or_default();
        }
    }

    /// What the command is about.
    pub(super) fn take_effects(
        &mut self,
        economy: &Economy,
        outcome: &Outcome,
        command: &Command<'_>,
        now: Moment,
    ) {
        match command {
            Command::ChangePlan { plan, .. } => self.take_plan(economy, plan, now.seq.get(), now.at),
            Command::Redeem { member, .. } => self.touched.member(economy, member),
            Command::Withdraw { .. } | Command::PayoutDone { .. } | Command::PayoutFailed { .. } => {
                self.touched.payout(outcome, command, now);
            }
            Command::OpenStore { store, .. }
            | Command::UpdateStore { store, .. }
            | Command::CloseStore { store } => self.touched.store(economy, store, command, now),
            Command::Pay { order, .. }
            | Command::SettleInOne { order, .. }
            | Command::Settle { order }
            | Command::PayMall { order, .. }
            | Command::SettleMallInOne { order, .. }
            | Command::SettleMall { order }
            | Command::Cancel { order, .. }
            | Command::Refund { order, .. } => self.touched.order(economy, order, command, now),
            _ => self.take_relation(economy, command, now),
        }
    }

    /// The price after the command, and what it settled.
    pub(super) fn take_price(
        &mut self,
        economy: &Economy,
        outcome: &Outcome,
        command: &Command<'_>,
        now: Moment,
    ) {
        let settled = touched::settled(command).map(|order| {
            let id = economy.order_id(order).expect("the command was accepted");
            economy.state().orders()[id.index()].left()
        });
        if let Some(past) = self.day.as_mut().filter(|day| !day.has(now.at)) {
            past.write_if_changed(self.changes.to(TableId::Prices));
            self.day = None;
        }
        let day = self.day.get_or_insert_with(|| Day::begin(now.at, now.seq.get(), outcome));
        day.take(now.seq.get(), outcome, settled);
    }
}
