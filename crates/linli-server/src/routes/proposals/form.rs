//! What is proposed, as people say it and as they are shown it: the same form. Must not be added here: what may be
//! proposed; the platform says that.

use crate::money::fen;
use crate::problem::{Code, Problem};
use crate::routes::text::yuan;
use linli_economy::rate::Rate;
use linli_economy::refusal::Code as Refused;
use linli_platform::proposal::{Receiver, What};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is proposed.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Form {
    /// Money into the pool, without minting.
    Inject {
        /// Yuan.
        #[schema(example = "1000.00")]
        amount: String,
        /// Such as the round.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// The accrued dividend is paid out by weight.
    Distribute {
        /// Members with their weights; gone from what is shown once it has ended.
        weights: BTreeMap<String, u64>,
    },
    /// The platform's profit makes up what an account owes.
    WriteOff {
        /// Such as `member:M1:wallet`.
        #[schema(example = "member:M1:wallet")]
        account: String,
        /// Yuan.
        amount: String,
    },
    /// Money that came in from outside.
    Deposit {
        /// For whom.
        to: To,
        /// Yuan.
        amount: String,
    },
    /// What an agent paid for a region.
    Fee {
        /// The agent.
        member: String,
        /// The region's code or name.
        #[schema(example = "440106")]
        region: String,
        /// Yuan.
        amount: String,
    },
    /// A rate of a store's own.
    StoreRate {
        /// The store.
        store: String,
        /// What is taken of its orders.
        #[schema(example = "12.5%")]
        rate: String,
    },
    /// A member is paid no commission any more, and can neither redeem nor withdraw.
    Suspend {
        /// Who.
        member: String,
    },
    /// The end of that.
    Reinstate {
        /// Who.
        member: String,
    },
    /// One of the plan's ranks for a member, or none.
    SetRank {
        /// Who.
        member: String,
        /// Which.
        rank: Option<String>,
    },
}

/// For whom a deposit is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// This store.
    Store(String),
    /// This supplier.
    Supplier(String),
    /// This member, as far as they owe.
    Member(String),
    /// The platform's profit.
    Profit,
}

fn rate(text: &str) -> Result<Rate, Problem> {
    let detail = "a rate is a text such as \"12.5%\", at most 100% with at most four decimals";
    Rate::parse(text, Rate::WHOLE).map_err(|_| Problem::new(Code::Refused(Refused::BadRate), detail))
}

/// What the form says.
pub fn read(form: Form) -> Result<What, Problem> {
    Ok(match form {
        Form::Inject { amount, note } => What::Inject { fen: fen(&amount)?, note },
        Form::Distribute { weights } => What::Distribute { weights: weights.into_iter().collect() },
        Form::WriteOff { account, amount } => What::WriteOff { account, fen: fen(&amount)? },
        Form::Deposit { to, amount } => What::Deposit { to: receiver(to), fen: fen(&amount)? },
        Form::Fee { member, region, amount } => What::Fee { member, region, fen: fen(&amount)? },
        Form::StoreRate { store, rate: text } => What::StoreRate { store, rate: rate(&text)? },
        Form::Suspend { member } => What::Suspend { member },
        Form::Reinstate { member } => What::Reinstate { member },
        Form::SetRank { member, rank } => What::SetRank { member, rank },
    })
}

fn receiver(to: To) -> Receiver {
    match to {
        To::Store(id) => Receiver::Store(id),
        To::Supplier(id) => Receiver::Supplier(id),
        To::Member(id) => Receiver::Member(id),
        To::Profit => Receiver::Profit,
    }
}

/// The form that says this.
pub fn shown(what: &What) -> Form {
    match what.clone() {
        What::Inject { fen, note } => Form::Inject { amount: yuan(fen), note },
        What::Distribute { weights } => Form::Distribute { weights: weights.into_iter().collect() },
        What::WriteOff { account, fen } => Form::WriteOff { account, amount: yuan(fen) },
        What::Deposit { to, fen } => Form::Deposit { to: shown_receiver(to), amount: yuan(fen) },
        What::Fee { member, region, fen } => Form::Fee { member, region, amount: yuan(fen) },
        What::StoreRate { store, rate } => Form::StoreRate { store, rate: rate.to_string() },
        What::Suspend { member } => Form::Suspend { member },
        What::Reinstate { member } => Form::Reinstate { member },
        What::SetRank { member, rank } => Form::SetRank { member, rank },
    }
}

fn shown_receiver(to: Receiver) -> To {
    match to {
        Receiver::Store(id) => To::Store(id),
        Receiver::Supplier(id) => To::Supplier(id),
        Receiver::Member(id) => To::Member(id),
        Receiver::Profit => To::Profit,
    }
}
