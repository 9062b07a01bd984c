//! The commands of a run as lines that `linli replay` reads: the same commands, in the same order, at the same times.

use super::NewStore;
use linli_economy::handle::{MemberId, OrderId, StoreId};
use linli_economy::json::write_text;
use linli_economy::state::{MallSale, Sale};
use linli_economy::time::Instant;
use linli_economy::units::{Fen, Points};
use std::io;

/// Where the lines go.
pub struct Stream<'w> {
    sink: &'w mut (dyn io::Write + Send),
    line: String,
    /// Ids of commands that have no number of their own.
    next_id: u64,
    written: io::Result<()>,
}

impl<'w> Stream<'w> {
    /// Lines to this sink.
    pub fn new(sink: &'w mut (dyn io::Write + Send)) -> Self {
        Self { sink, line: String::new(), next_id: 0, written: Ok(()) }
    }

    /// The first fault, if there was one.
    pub fn finish(self) -> io::Result<()> {
        self.written?;
        self.sink.flush()
    }

    pub(super) fn open_member(&mut self, member: MemberId, inviter: Option<MemberId>, at: Instant) {
        let inviter = inviter.map(name).unwrap_or_default();
        self.write("open_member", &[("member", &name(member)), ("inviter", &inviter)], at);
    }

    pub(super) fn open_store(&mut self, id: StoreId, store: &NewStore<'_>, at: Instant) {
        let recruiter = store.recruiter.map(name).unwrap_or_default();
        let fields = [
            ("store", format!("S{}", id.index() + 1)),
            ("owner", name(store.owner)),
            ("recruiter", recruiter),
            ("district", store.district.to_string()),
            ("take_rate", store.take_rate.unwrap_or_default().to_string()),
        ];
        self.write("open_store", &fields.each_ref().map(|(key, value)| (*key, value.as_str())), at);
    }

    pub(super) fn appoint(&mut self, region: &str, agent: MemberId, at: Instant) {
        self.write("appoint", &[("region", region), ("agent", &name(agent))], at);
    }

    pub(super) fn settle(&mut self, order: OrderId, sale: &Sale, at: Instant) {
        let member = sale.member.map(name).unwrap_or_default();
        let fields = [
            ("order", order_name(order)),
            ("member", member),
            ("store", format!("S{}", sale.store.index() + 1)),
            ("amount", Fen::from(sale.amount).to_string()),
        ];
        self.write("settle", &fields.each_ref().map(|(key, value)| (*key, value.as_str())), at);
    }

    pub(super) fn settle_mall(&mut self, order: OrderId, sale: &MallSale, at: Instant) {
        let fields = [
            ("order", order_name(order)),
            ("member", name(sale.member)),
            ("supplier", format!("U{}", sale.supplier.index() + 1)),
            ("list_total", Fen::from(sale.list_total).to_string()),
            ("cost", Fen::from(sale.cost).to_string()),
        ];
        self.write("settle_mall", &fields.each_ref().map(|(key, value)| (*key, value.as_str())), at);
    }

    pub(super) fn redeem(&mut self, member: MemberId, points: Points, at: Instant) {
        let (id, points) = (self.id("Q"), points.to_string());
        self.write("redeem", &[("request", &id), ("member", &name(member)), ("points", &points)], at);
    }

    pub(super) fn inject(&mut self, amount_fen: u64, note: Option<&str>, at: Instant) {
        let (id, amount) = (self.id("I"), Fen::from(amount_fen).to_string());
        self.write("inject", &[("id", &id), ("amount", &amount), ("note", note.unwrap_or_default())], at);
    }

    pub(super) fn refund(&mut self, order: OrderId, amount_fen: u64, at: Instant) {
        let (id, amount) = (self.id("R"), Fen::from(amount_fen).to_string());
        self.write("refund", &[("refund", &id), ("order", &order_name(order)), ("amount", &amount)], at);
    }

    pub(super) fn change_plan(&mut self, plan: &str, at: Instant) {
        let id = self.id("P");
        self.write("change_plan", &[("id", &id), ("plan", plan)], at);
    }

    fn id(&mut self, prefix: &str) -> String {
        self.next_id += 1;
        format!("{prefix}{}", self.next_id)
    }

    /// Writes a command with the fields that are not empty.
    fn write(&mut self, command: &str, fields: &[(&str, &str)], at: Instant) {
        if self.written.is_err() {
            return;
        }
        self.line.clear();
        self.line.push_str(r#"{"cmd":"#);
        write_text(&mut self.line, command);
        for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            self.line.push_str(",\"");
            self.line.push_str(key);
            self.line.push_str("\":");
            write_text(&mut self.line, value);
        }
        self.line.push_str(&format!(",\"at\":\"{at}\"}}\n"));
        self.written = self.sink.write_all(self.line.as_bytes());
    }
}

fn name(member: MemberId) -> String {
    format!("M{}", member.index() + 1)
}

fn order_name(order: OrderId) -> String {
    format!("O{}", order.index() + 1)
}
