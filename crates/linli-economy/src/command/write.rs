//! From a command back to a line of the stream: what an export of a journal shows. Reading the line again gives
//! the same command.

use super::{Command, DepositTo, Line, Rebound, WithdrawFrom};
use crate::json::write_text;
use std::fmt::Write;

impl Line<'_> {
    /// The line as JSON, without a newline.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut object = Object { out: String::with_capacity(128) };
        self.command.write(&mut object);
        if let Some(at) = self.at {
            object.text("at", &at.to_string());
        }
        object.out.push('}');
        object.out
    }
}

/// The object as far as it is written; `cmd` comes first.
struct Object {
    out: String,
}

impl Object {
    fn command(&mut self, name: &str) -> &mut Self {
        self.out.push_str(r#"{"cmd":"#);
        write_text(&mut self.out, name);
        self
    }

    fn name(&mut self, name: &str) {
        self.out.push(',');
        write_text(&mut self.out, name);
        self.out.push(':');
    }

    fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.name(name);
        write_text(&mut self.out, value);
        self
    }

    fn optional(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.text(name, value);
        }
        self
    }

    fn list<T>(&mut self, name: &str, values: &[T], write: impl Fn(&mut String, &T)) {
        self.name(name);
        self.out.push('[');
        for (number, value) in values.iter().enumerate() {
            if number > 0 {
                self.out.push(',');
            }
            write(&mut self.out, value);
        }
        self.out.push(']');
    }
}

impl Command<'_> {
    fn write(&self, object: &mut Object) {
        let object = object.command(self.name());
        match self {
            Self::Pay { .. }
            | Self::SettleInOne { .. }
            | Self::Settle { .. }
            | Self::PayMall { .. }
            | Self::SettleMallInOne { .. }
            | Self::SettleMall { .. }
            | Self::Cancel { .. }
            | Self::Refund { .. } => self.write_order(object),
            Self::Redeem { .. }
            | Self::Inject { .. }
            | Self::Deposit { .. }
            | Self::Distribute { .. }
            | Self::Withdraw { .. }
            | Self::PayoutDone { .. }
            | Self::PayoutFailed { .. }
            | Self::Fee { .. }
            | Self::WriteOff { .. }
            | Self::ChangePlan { .. } => self.write_treasury(object),
            _ => self.write_relation(object),
        }
    }

    fn write_relation(&self, object: &mut Object) {
        match self {
            Self::OpenMember { member, inviter } => {
                object.text("member", member).optional("inviter", inviter.as_deref());
            }
            Self::Bind { member, inviter } => {
                object.text("member", member).text("inviter", inviter);
            }
            Self::OpenStore { store, owner, recruiter, district, take_rate } => {
                object.text("store", store).text("owner", owner).optional("recruiter", recruiter.as_deref());
                object.text("district", district).optional("take_rate", take_rate.as_deref());
            }
            Self::UpdateStore { store, owner, recruiter, district, take_rate } => {
                object.text("store", store).optional("owner", owner.as_deref());
                object.optional("recruiter", recruiter.as_deref()).optional("district", district.as_deref());
                object.optional("take_rate", take_rate.as_deref());
            }
            Self::CloseStore { store } => {
                object.text("store", store);
            }
            Self::Appoint { region, agent } => {
                object.text("region", region).text("agent", agent);
            }
            Self::Dismiss { region } => {
                object.text("region", region);
            }
            Self::Release { member } | Self::Suspend { member } | Self::Reinstate { member } => {
                object.text("member", member);
            }
            Self::SetRank { member, rank } => {
                object.text("member", member);
                match rank {
                    Some(rank) => drop(object.text("rank", rank)),
                    None => object.out.push_str(r#","rank":null"#),
                }
            }
            Self::Rebind { case, whom, to } => {
                object.text("case", case);
                match whom {
                    Rebound::Members(members) => {
                        object.list("members", members, |out, id| write_text(out, id));
                    }
                    Rebound::AllOf(member) => drop(object.text("all_of", member)),
                }
                object.text("to", to);
            }
            _ => unreachable!("the caller gives only commands of relations"),
        }
    }

    fn write_order(&self, object: &mut Object) {
        match self {
            Self::Pay { order, member, store, amount, from_spend } => {
                object.text("order", order).optional("member", member.as_deref()).text("store", store);
                object.text("amount", amount).optional("from_spend", from_spend.as_deref());
            }
            Self::SettleInOne { order, member, store, amount } => {
                object.text("order", order).optional("member", member.as_deref());
                object.text("store", store).text("amount", amount);
            }
            Self::Settle { order } | Self::SettleMall { order } => {
                object.text("order", order);
            }
            Self::PayMall { order, member, supplier, list_total, cost }
            | Self::SettleMallInOne { order, member, supplier, list_total, cost } => {
                object.text("order", order).text("member", member).text("supplier", supplier);
                object.text("list_total", list_total).text("cost", cost);
            }
            Self::Cancel { cancel, order, amount } => {
                object.text("cancel", cancel).text("order", order).text("amount", amount);
            }
            Self::Refund { refund, order, amount } => {
                object.text("refund", refund).text("order", order).text("amount", amount);
            }
            _ => unreachable!("the caller gives only commands of orders"),
        }
    }

    fn write_treasury(&self, object: &mut Object) {
        match self {
            Self::Redeem { request, member, points } => {
                object.text("request", request).text("member", member).text("points", points);
            }
            Self::Inject { id, amount, note } => {
                object.text("id", id).text("amount", amount).optional("note", note.as_deref());
            }
            Self::Deposit { id, to, amount } => {
                let (field, value): (_, &str) = match to {
                    DepositTo::Store(store) => ("store", store),
                    DepositTo::Supplier(supplier) => ("supplier", supplier),
                    DepositTo::Profit => ("platform", "profit"),
                    DepositTo::Member(member) => ("member", member),
                };
                object.text("id", id).text(field, value).text("amount", amount);
            }
            Self::Distribute { id, weights } => {
                object.text("id", id).list("weights", weights, |out, (member, weight)| {
                    out.push_str(r#"{"member":"#);
                    write_text(out, member);
                    write!(out, r#","weight":{weight}}}"#).expect("a text takes what is written");
                });
            }
            Self::Withdraw { id, from, amount } => {
                let (field, value): (_, &str) = match from {
                    WithdrawFrom::Member(member) => ("member", member),
                    WithdrawFrom::Store(store) => ("store", store),
                    WithdrawFrom::Supplier(supplier) => ("supplier", supplier),
                    WithdrawFrom::Profit => ("platform", "profit"),
                    WithdrawFrom::Fees => ("platform", "fees"),
                };
                object.text("id", id).text(field, value).text("amount", amount);
            }
            Self::PayoutDone { id } | Self::PayoutFailed { id } => {
                object.text("id", id);
            }
            Self::Fee { id, member, region, amount } => {
                object.text("id", id).text("member", member).text("region", region).text("amount", amount);
            }
            Self::WriteOff { id, account, amount } => {
                object.text("id", id).text("account", account).text("amount", amount);
            }
            Self::ChangePlan { id, plan } => {
                object.text("id", id).text("plan", plan);
            }
            _ => unreachable!("the caller gives only commands of money"),
        }
    }
}
