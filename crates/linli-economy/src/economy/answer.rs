//! The answer to one line, and its JSON form.

use super::Economy;
use crate::command::append;
use crate::decimal;
use crate::json::{escape_from, write_text};
use crate::outcome::Outcome;
use crate::refusal::Refusal;

/// What the economy answers to one line of the stream.
#[derive(Debug)]
pub struct Answer<'e> {
    economy: &'e Economy,
    /// The line's number, blank ones apart.
    pub seq: u64,
    /// Whether the command was applied before and this is its first result.
    pub replayed: bool,
    /// A kept result, or none where it is the state's latest.
    result: Result<Option<Outcome>, Refusal>,
}

impl<'e> Answer<'e> {
    pub(super) fn new(
        economy: &'e Economy,
        result: Result<Option<Outcome>, Refusal>,
        replayed: bool,
    ) -> Self {
        Self { economy, seq: economy.seq, replayed, result }
    }

    /// What the command did.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn outcome(&self) -> Result<&Outcome, &Refusal> {
        match &self.result {
            Ok(Some(kept)) => Ok(kept),
            Ok(None) => Ok(self.economy.state.outcome()),
            Err(refusal) => Err(refusal),
        }
    }

    /// The economy right after the line.
    #[must_use]
    pub fn economy(&self) -> &'e Economy {
        self.economy
    }

    /// The result line, without a newline.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(1024);
        self.write_json(&mut out);
        out
    }

    /// Appends the result line, without a newline.
    pub fn write_json(&self, out: &mut String) {
        match self.outcome() {
            Ok(outcome) => {
                write_seq(out, self.seq);
                self.write_outcome(out, outcome);
                out.push('}');
            }
            Err(refusal) => Self::write_refusal(out, self.seq, refusal.code.name(), &refusal.message),
        }
    }

    /// Appends the result line of an entry that was refused, here or before it came here.
    pub fn write_refusal(out: &mut String, seq: u64, code: &str, message: &str) {
        write_seq(out, seq);
        out.push_str(r#","ok":false,"error":""#);
        out.push_str(code);
        out.push_str(r#"","message":"#);
        write_text(out, message);
        out.push('}');
    }

    fn write_outcome(&self, out: &mut String, outcome: &Outcome) {
        out.push_str(r#","ok":true,"#);
        if self.replayed {
            out.push_str(r#""replayed":true,"#);
        }
        out.push_str(r#""postings":["#);
        for (number, posting) in outcome.merged().iter().enumerate() {
            out.push_str(if number == 0 { r#"{"account":"# } else { r#",{"account":"# });
            let start = out.len();
            out.push('"');
            self.economy.write_account(out, posting.account);
            escape_from(out, start + 1);
            out.push_str(r#"","asset":""#);
            out.push_str(posting.asset.name());
            out.push_str(r#"","amount":""#);
            decimal::write(out, posting.amount, posting.asset.decimals());
            out.push_str(r#""}"#);
        }
        out.push(']');
        if let Some(minted) = outcome.minted {
            write_amount(out, "minted", minted.0, 6);
        }
        if let Some(payout) = outcome.payout {
            write_amount(out, "payout", payout.0, 2);
        }
        self.write_exits(out, outcome);
        write_amount(out, "pool", outcome.pool.0, 2);
        write_amount(out, "supply", outcome.supply.0, 6);
        let price = i128::try_from(outcome.price.micro_yuan_floor()).expect("at most 127 bits");
        write_amount(out, "price", price, 6);
    }

    fn write_exits(&self, out: &mut String, outcome: &Outcome) {
        out.push_str(r#","exits":["#);
        for (number, exit) in outcome.exits.iter().enumerate() {
            out.push_str(if number == 0 { r#"{"member":"# } else { r#",{"member":"# });
            write_text(out, self.economy.member_name(exit.member));
            write_amount(out, "points", exit.points.0, 6);
            write_amount(out, "payout", exit.payout.0, 2);
            out.push('}');
        }
        out.push(']');
    }
}

impl Answer<'_> {
    /// Appends the result in binary: what digests of results are taken over. It holds what the JSON form shows,
    /// but no seq and no message, and handles for ids.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self.outcome() {
            Err(refusal) => Self::encode_refusal(out, refusal.code.name()),
            Ok(outcome) => {
                let Outcome { postings: _, minted, payout, exits, lots_expired: _, pool, supply, price } =
                    outcome;
                out.push(if self.replayed { REPLAYED } else { APPLIED });
                append(out, &outcome.merged());
                append(out, &(minted, payout, exits, pool, supply, price));
            }
        }
    }

    /// Appends the result in binary of an entry that was refused, here or before it came here.
    pub fn encode_refusal(out: &mut Vec<u8>, code: &str) {
        append(out, &(REFUSED, code));
    }
}

fn write_seq(out: &mut String, seq: u64) {
    out.push_str(r#"{"seq":"#);
    decimal::write(out, seq.into(), 0);
}

const APPLIED: u8 = 0;
const REPLAYED: u8 = 1;
const REFUSED: u8 = 2;

fn write_amount(out: &mut String, field: &str, units: i128, decimals: usize) {
    out.push_str(",\"");
    out.push_str(field);
    out.push_str("\":\"");
    decimal::write(out, units, decimals);
    out.push('"');
}
