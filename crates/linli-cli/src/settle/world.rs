//! The economy that the orders are settled in: stores and members are opened when their first order comes.

use super::OrderRow;
use super::files::{AgentRow, StoreRow};
use anyhow::{Result, bail};
use linli_economy::handle::{MemberId, OrderId};
use linli_economy::json::write_text;
use linli_economy::outcome::Outcome;
use linli_economy::plan::Plan;
use linli_economy::refusal::Code;
use linli_economy::time::Instant;
use linli_economy::units::Fen;
use linli_economy::{Answer, Economy};
use std::collections::{BTreeMap, BTreeSet};

/// The economy, and what was counted on the way.
pub struct World {
    pub economy: Economy,
    /// Orders read.
    pub rows: u64,
    /// Orders settled; the others were refused, or repeat one that was settled.
    pub settled: u64,
    /// Refused orders by code, each with its number and the first message.
    pub refused: BTreeMap<&'static str, (u64, String)>,
    /// Σ of accepted orders.
    pub turnover: Fen,
    pub exits: u64,
    pub paid_on_exit: Fen,
    /// The order settled last.
    pub last: Option<OrderId>,
    known_stores: BTreeMap<String, StoreRow>,
    /// Members opened because a store of theirs was.
    owners: BTreeSet<MemberId>,
    line: String,
}

impl World {
    pub fn new(plan: Plan, known_stores: BTreeMap<String, StoreRow>) -> Self {
        Self {
            economy: Economy::with_plan(plan),
            rows: 0,
            settled: 0,
            refused: BTreeMap::new(),
            turnover: Fen::ZERO,
            exits: 0,
            paid_on_exit: Fen::ZERO,
            last: None,
            known_stores,
            owners: BTreeSet::new(),
            line: String::new(),
        }
    }

    /// Members other than the store owners opened here.
    pub fn members(&self) -> usize {
        self.economy.state().members().len() - self.owners.len()
    }

    /// Appoints an agent, who becomes a member if they are none.
    pub fn appoint(&mut self, agent: &AgentRow) -> Result<()> {
        self.open_member(&agent.member, None, None);
        let fields = [("region", agent.region.as_str()), ("agent", &agent.member)];
        if let Err(refusal) = self.apply("appoint", &fields, None).outcome() {
            bail!("{}: {refusal}", agent.place);
        }
        Ok(())
    }

    /// Settles one order, after opening its store and its member where they are new; false where it is refused.
    pub fn settle(&mut self, row: &OrderRow<'_>) -> Result<bool> {
        self.rows += 1;
        if self.economy.store_id(row.store).is_none() {
            self.open_store(row.store, row.paid_at)?;
        }
        if let Some(member) = row.member
            && let Some(store) = self.economy.store_id(row.store)
        {
            let owner = self.economy.state().stores()[store.index()].owner;
            let owner = self.economy.member_name(owner).to_string();
            self.open_member(member, Some(&owner), Some(row.paid_at));
        }
        let fields = [
            ("order", row.order),
            ("member", row.member.unwrap_or("")),
            ("store", row.store),
            ("amount", row.amount),
        ];
        let answer = self.apply("settle", &fields, Some(row.paid_at));
        let replayed = answer.replayed;
        match answer.outcome() {
            Ok(outcome) => {
                let (exits, paid) = paid_on_exit(outcome);
                if !replayed {
                    self.count(row.order, exits, paid);
                }
                Ok(!replayed)
            }
            Err(refusal) => {
                let (code, message) = (refusal.code.name(), refusal.message.clone());
                let place = format!("order {}: {message}", row.order);
                self.refused.entry(code).or_insert((0, place)).0 += 1;
                Ok(false)
            }
        }
    }

    fn count(&mut self, order: &str, exits: u64, paid: Fen) {
        let order = self.economy.order_id(order).expect("it was accepted");
        self.settled += 1;
        self.turnover += Fen::from(self.economy.state().orders()[order.index()].left());
        self.exits += exits;
        self.paid_on_exit += paid;
        self.last = Some(order);
    }

    fn open_store(&mut self, id: &str, at: Instant) -> Result<()> {
        let known = self.known_stores.get(id).cloned();
        let (place, owner, district, take_rate, recruiter) = match known {
            Some(row) => (row.place, row.owner, row.district, row.take_rate, row.recruiter),
            None => (String::new(), None, "000000".into(), None, None),
        };
        let owner = owner.unwrap_or_else(|| format!("{id}-owner"));
        let members = self.economy.state().members().len();
        self.open_member(&owner, None, Some(at));
        if self.economy.state().members().len() > members {
            self.owners.extend(self.economy.member_id(&owner));
        }
        let recruiter = recruiter.unwrap_or_default();
        if !recruiter.is_empty() {
            self.open_member(&recruiter, None, Some(at));
        }
        let fields = [
            ("store", id),
            ("owner", &owner),
            ("district", &district),
            ("take_rate", take_rate.as_deref().unwrap_or("")),
            ("recruiter", &recruiter),
        ];
        match self.apply("open_store", &fields, Some(at)).outcome() {
            // An order whose time runs backwards is refused itself; the file of stores is not at fault.
            Err(refusal) if !place.is_empty() && refusal.code != Code::TimeReversed => {
                bail!("{place}: {refusal}")
            }
            _ => Ok(()),
        }
    }

    fn open_member(&mut self, id: &str, inviter: Option<&str>, at: Option<Instant>) {
        if self.economy.member_id(id).is_none() {
            // A refusal shows again in the order that needed the member.
            self.apply("open_member", &[("member", id), ("inviter", inviter.unwrap_or(""))], at);
        }
    }

    /// Applies a command with the fields that are not empty.
    fn apply(&mut self, command: &str, fields: &[(&str, &str)], at: Option<Instant>) -> Answer<'_> {
        let Self { line, economy, .. } = self;
        line.clear();
        line.push_str(r#"{"cmd":"#);
        write_text(line, command);
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            line.push_str(",\"");
            line.push_str(name);
            line.push_str("\":");
            write_text(line, value);
        }
        if let Some(at) = at {
            line.push_str(&format!(r#","at":"{at}""#));
        }
        line.push('}');
        economy.apply(line)
    }
}

fn paid_on_exit(outcome: &Outcome) -> (u64, Fen) {
    let paid = outcome.exits.iter().fold(Fen::ZERO, |sum, exit| sum + exit.payout);
    (u64::try_from(outcome.exits.len()).expect("64 bits"), paid)
}
