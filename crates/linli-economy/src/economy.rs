//! The economy as its users see it: lines of commands in, results out. It resolves ids to handles, answers
//! repeated ids with their first result, keeps time from running backwards, and leaves the rules to the state.
//! Must not be added here: arithmetic on money or points.

mod accounts;
mod answer;
mod orders;
mod receipts;
mod relations;
mod treasury;

pub use answer::Answer;

use crate::command::{Command, Digest, IdKind, Line};
use crate::decimal;
use crate::handle::{MemberId, OrderId, StoreId, SupplierId};
use crate::limits::AMOUNT_LIMIT_FEN;
use crate::names::Names;
use crate::outcome::Outcome;
use crate::plan::{Plan, PlanRefusals};
use crate::refusal::{Code, Refusal};
use crate::state::State;
use receipts::Receipts;

/// One economy, from its plan on.
#[derive(Clone, Debug)]
pub struct Economy {
    state: State,
    ids: Ids,
    receipts: Receipts,
    /// Lines taken so far, refused ones included.
    seq: u64,
}

/// The texts of all ids.
#[derive(Clone, Debug, Default)]
struct Ids {
    members: Names,
    stores: Names,
    suppliers: Names,
    orders: Names,
    /// The ids of commands that have one of their own; those of withdrawals are the payouts'.
    own: [Names; IdKind::COUNT],
}

/// How a command was accepted.
enum Accepted {
    /// Applied now; the outcome is the state's.
    Applied,
    /// Applied before; this was its result.
    Replayed(Outcome),
}

impl Economy {
    /// An economy that opens with the plan of this text.
    ///
    /// # Errors
    /// Every reason to refuse the plan.
    pub fn open(plan: &str) -> Result<Self, PlanRefusals> {
        Plan::parse(plan).map(Self::with_plan)
    }

    /// An economy that opens with this plan.
    #[must_use]
    pub fn with_plan(plan: Plan) -> Self {
        Self { state: State::open(plan), ids: Ids::default(), receipts: Receipts::default(), seq: 0 }
    }

    /// The state, to look at.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// How many lines have been taken.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Applies one line of the stream, which must not be blank. A malformed line is answered with the number
    /// that its seq is.
    pub fn apply(&mut self, line: &str) -> Answer<'_> {
        self.apply_numbered(self.seq + 1, line)
    }

    /// Applies the line of this number in its file, where blank lines count too.
    pub fn apply_numbered(&mut self, number: u64, line: &str) -> Answer<'_> {
        match Line::parse(line) {
            Ok(line) => self.apply_line(&line),
            Err(refusal) => self.refuse_malformed(number, &refusal.message),
        }
    }

    /// Takes a line that is not even text, or too long to be read.
    pub fn refuse_malformed(&mut self, number: u64, reason: &str) -> Answer<'_> {
        self.seq += 1;
        self.answered(Err(Refusal::new(Code::Malformed, format!("line {number}: {reason}"))))
    }

    /// Applies a command that was read before.
    pub fn apply_line(&mut self, line: &Line<'_>) -> Answer<'_> {
        self.seq += 1;
        let result = self.execute(line);
        self.answered(result)
    }

    fn answered(&mut self, result: Result<Accepted, Refusal>) -> Answer<'_> {
        let (result, replayed) = match result {
            Ok(Accepted::Applied) => (Ok(None), false),
            Ok(Accepted::Replayed(outcome)) => (Ok(Some(outcome)), true),
            Err(refusal) => (Err(refusal), false),
        };
        Answer::new(self, result, replayed)
    }

    fn execute(&mut self, line: &Line<'_>) -> Result<Accepted, Refusal> {
        if let Some(outcome) = self.first_result(line)? {
            return Ok(Accepted::Replayed(outcome));
        }
        let now = line.at.unwrap_or(self.state.clock());
        if now < self.state.clock() {
            let message = format!("{now} is before {}, the time of the last command", self.state.clock());
            return Err(Refusal::new(Code::TimeReversed, message));
        }
        self.state.begin(now);
        self.dispatch(&line.command)?;
        self.state.finish();
        self.keep(line);
        Ok(Accepted::Applied)
    }

    fn dispatch(&mut self, command: &Command<'_>) -> Result<(), Refusal> {
        match command {
            Command::Pay { .. }
            | Command::SettleInOne { .. }
            | Command::Settle { .. }
            | Command::PayMall { .. }
            | Command::SettleMallInOne { .. }
            | Command::SettleMall { .. }
            | Command::Cancel { .. }
            | Command::Refund { .. } => self.order_command(command),
            Command::Redeem { .. }
            | Command::Inject { .. }
            | Command::Deposit { .. }
            | Command::Distribute { .. }
            | Command::Withdraw { .. }
            | Command::PayoutDone { .. }
            | Command::PayoutFailed { .. }
            | Command::Fee { .. }
            | Command::WriteOff { .. }
            | Command::ChangePlan { .. } => self.treasury_command(command),
            _ => self.relation_command(command),
        }
    }

    /// The first result, if the command's id was applied before with the same content.
    fn first_result(&self, line: &Line<'_>) -> Result<Option<Outcome>, Refusal> {
        let command = &line.command;
        if let Some(order) = command.opened_order() {
            let Some(number) = self.ids.orders.find(order) else { return Ok(None) };
            let id = OrderId::at(number).expect("it has a handle");
            same_content(self.receipts.order_content(id), line.content, order)?;
            return Ok(Some(self.opening_outcome(id)));
        }
        if let Command::Settle { order } | Command::SettleMall { order } = command {
            return Ok(self.settled_before(order, matches!(command, Command::SettleMall { .. })));
        }
        let Some((kind, id)) = command.own_id() else { return Ok(None) };
        let Some(number) = self.ids.own[kind as usize].find(id) else { return Ok(None) };
        let (content, receipt) = self.receipts.own(kind, number);
        same_content(content, line.content, id)?;
        Ok(Some(self.receipts.get(receipt).clone()))
    }

    /// Keeps what a later repeat needs: the ids, the contents, and results that do not follow from the state.
    fn keep(&mut self, line: &Line<'_>) {
        let command = &line.command;
        if let Some(order) = command.opened_order() {
            let id = OrderId::at(self.ids.orders.insert(order)).expect("the state made the handle");
            let paid_only = matches!(command, Command::Pay { .. } | Command::PayMall { .. });
            let receipt = paid_only.then(|| self.receipts.keep(self.state.outcome()));
            self.receipts.order_opened(id, line.content, receipt);
        } else if let Some((kind, id)) = command.own_id() {
            self.ids.own[kind as usize].insert(id);
            let receipt = self.receipts.keep(self.state.outcome());
            self.receipts.own_applied(kind, line.content, receipt);
        }
    }

    fn member(&self, id: &str) -> Result<MemberId, Refusal> {
        let found = self.ids.members.find(id).and_then(MemberId::at);
        found.ok_or_else(|| Refusal::new(Code::UnknownMember, format!("there is no member {id}")))
    }

    fn optional_member(&self, id: Option<&str>) -> Result<Option<MemberId>, Refusal> {
        id.map(|id| self.member(id)).transpose()
    }

    fn store(&self, id: &str) -> Result<StoreId, Refusal> {
        let found = self.ids.stores.find(id).and_then(StoreId::at);
        found.ok_or_else(|| Refusal::new(Code::UnknownStore, format!("there is no store {id}")))
    }

    fn supplier(&self, id: &str) -> Result<SupplierId, Refusal> {
        let found = self.ids.suppliers.find(id).and_then(SupplierId::at);
        let exists = found.filter(|&supplier| self.state.supplier_exists(supplier));
        exists.ok_or_else(|| {
            Refusal::new(Code::UnknownSupplier, format!("no order of a supplier {id} has been settled"))
        })
    }

    /// The handle of a member by id.
    #[must_use]
    pub fn member_id(&self, id: &str) -> Option<MemberId> {
        self.member(id).ok()
    }

    /// The handle of an order by id.
    #[must_use]
    pub fn order_id(&self, id: &str) -> Option<OrderId> {
        self.ids.orders.find(id).and_then(OrderId::at)
    }

    /// The handle of a store by id.
    #[must_use]
    pub fn store_id(&self, id: &str) -> Option<StoreId> {
        self.store(id).ok()
    }

    /// The id of a member.
    #[must_use]
    pub fn member_name(&self, member: MemberId) -> &str {
        self.ids.members.text(member.index())
    }

    /// The id of a store.
    #[must_use]
    pub fn store_name(&self, store: StoreId) -> &str {
        self.ids.stores.text(store.index())
    }

    /// Bytes that the ids and the kept results occupy.
    #[must_use]
    pub fn id_bytes(&self) -> usize {
        let Ids { members, stores, suppliers, orders, own } = &self.ids;
        let own: usize = own.iter().map(Names::bytes).sum();
        members.bytes() + stores.bytes() + suppliers.bytes() + orders.bytes() + own + self.receipts.bytes()
    }
}

fn same_content(first: Digest, content: Digest, id: &str) -> Result<(), Refusal> {
    if first == content {
        return Ok(());
    }
    Err(Refusal::new(Code::IdReused, format!("{id} was applied before with other content")))
}

/// A positive amount of at most `limit` with the unit's decimals.
fn amount(text: &str, decimals: usize, limit: u64) -> Result<u64, Refusal> {
    match decimal::parse(text, decimals, limit) {
        Ok(units) if units > 0 => Ok(units),
        _ => {
            let mut most = String::new();
            decimal::write(&mut most, limit.into(), decimals);
            let message =
                format!("{text} is not an amount above 0 and up to {most} with at most {decimals} decimals");
            Err(Refusal::new(Code::BadAmount, message))
        }
    }
}

/// A positive amount of money, in fen.
fn fen(text: &str) -> Result<u64, Refusal> {
    amount(text, 2, AMOUNT_LIMIT_FEN)
}
