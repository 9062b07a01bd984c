//! From a line to a command: which fields each command has.

use super::fields::Taken;
use super::{Command, DepositTo, Rebound, WithdrawFrom};
use crate::json::Json;
use crate::refusal::{Code, Refusal};
use crate::time::Instant;

pub fn read(line: &str) -> Result<(Command<'_>, Option<Instant>), Refusal> {
    let fields = match Json::parse(line) {
        Ok(Json::Object(fields)) => fields,
        Ok(other) => return Err(malformed(format!("a command is an object, not {}", other.kind()))),
        Err(message) => return Err(malformed(message)),
    };
    let mut fields = Taken::new(fields);
    let name = fields.text("cmd")?;
    let at = match fields.optional_text("at")? {
        None => None,
        Some(text) => match Instant::parse(&text) {
            Some(at) => Some(at),
            None => {
                return Err(malformed(
                    "at must be a time such as \"2026-01-01T08:00:00Z\", with at most 9 decimals",
                ));
            }
        },
    };
    let command = command(&name, &mut fields)?;
    fields.close()?;
    Ok((command, at))
}

fn malformed(message: impl Into<String>) -> Refusal {
    Refusal::new(Code::Malformed, message)
}

fn command<'a>(name: &str, fields: &mut Taken<'a>) -> Result<Command<'a>, Refusal> {
    match name {
        "pay" | "settle" | "pay_mall" | "settle_mall" | "cancel" | "refund" => order_command(name, fields),
        "redeem" | "inject" | "deposit" | "distribute" | "withdraw" | "payout_done" | "payout_failed"
        | "fee" | "write_off" | "change_plan" => money_command(name, fields),
        _ => relation_command(name, fields),
    }
}

fn relation_command<'a>(name: &str, fields: &mut Taken<'a>) -> Result<Command<'a>, Refusal> {
    Ok(match name {
        "open_member" => {
            Command::OpenMember { member: fields.id("member")?, inviter: fields.optional_id("inviter")? }
        }
        "bind" => Command::Bind { member: fields.id("member")?, inviter: fields.id("inviter")? },
        "release" => Command::Release { member: fields.id("member")? },
        "open_store" => Command::OpenStore {
            store: fields.id("store")?,
            owner: fields.id("owner")?,
            recruiter: fields.optional_id("recruiter")?,
            district: fields.text("district")?,
            take_rate: fields.optional_text("take_rate")?,
        },
        "update_store" => Command::UpdateStore {
            store: fields.id("store")?,
            owner: fields.optional_id("owner")?,
            recruiter: fields.optional_id("recruiter")?,
            district: fields.optional_text("district")?,
            take_rate: fields.optional_text("take_rate")?,
        },
        "close_store" => Command::CloseStore { store: fields.id("store")? },
        "appoint" => Command::Appoint { region: fields.text("region")?, agent: fields.id("agent")? },
        "dismiss" => Command::Dismiss { region: fields.text("region")? },
        "suspend" => Command::Suspend { member: fields.id("member")? },
        "reinstate" => Command::Reinstate { member: fields.id("member")? },
        "set_rank" => Command::SetRank { member: fields.id("member")?, rank: fields.nullable_text("rank")? },
        "rebind" => {
            let whom = match fields.one_of(&["members", "all_of"])? {
                "members" => Rebound::Members(fields.optional_ids("members")?.unwrap_or_default()),
                _ => Rebound::AllOf(fields.id("all_of")?),
            };
            Command::Rebind { case: fields.id("case")?, whom, to: fields.id("to")? }
        }
        _ => return Err(malformed(format!("unknown command {name:?}"))),
    })
}

fn order_command<'a>(name: &str, fields: &mut Taken<'a>) -> Result<Command<'a>, Refusal> {
    Ok(match name {
        "pay" => {
            let (order, member) = (fields.id("order")?, fields.optional_id("member")?);
            let (store, amount) = (fields.id("store")?, fields.amount("amount")?);
            let from_spend = fields.optional_amount("from_spend")?;
            if from_spend.is_some() && member.is_none() {
                return Err(malformed("from_spend needs a member"));
            }
            Command::Pay { order, member, store, amount, from_spend }
        }
        "settle" if ["member", "store", "amount"].iter().any(|field| fields.has(field)) => {
            Command::SettleInOne {
                order: fields.id("order")?,
                member: fields.optional_id("member")?,
                store: fields.id("store")?,
                amount: fields.amount("amount")?,
            }
        }
        "settle" => Command::Settle { order: fields.id("order")? },
        "settle_mall"
            if !["member", "supplier", "list_total", "cost"].iter().any(|field| fields.has(field)) =>
        {
            Command::SettleMall { order: fields.id("order")? }
        }
        "pay_mall" | "settle_mall" => {
            let (order, member, supplier) =
                (fields.id("order")?, fields.id("member")?, fields.id("supplier")?);
            let (list_total, cost) = (fields.amount("list_total")?, fields.amount("cost")?);
            match name {
                "pay_mall" => Command::PayMall { order, member, supplier, list_total, cost },
                _ => Command::SettleMallInOne { order, member, supplier, list_total, cost },
            }
        }
        "cancel" => {
            let (cancel, order, amount) =
                (fields.id("cancel")?, fields.id("order")?, fields.amount("amount")?);
            Command::Cancel { cancel, order, amount }
        }
        _ => {
            let (refund, order, amount) =
                (fields.id("refund")?, fields.id("order")?, fields.amount("amount")?);
            Command::Refund { refund, order, amount }
        }
    })
}

fn money_command<'a>(name: &str, fields: &mut Taken<'a>) -> Result<Command<'a>, Refusal> {
    Ok(match name {
        "redeem" => {
            let (request, member) = (fields.id("request")?, fields.id("member")?);
            Command::Redeem { request, member, points: fields.amount("points")? }
        }
        "inject" => {
            let (id, amount) = (fields.id("id")?, fields.amount("amount")?);
            Command::Inject { id, amount, note: fields.optional_text("note")? }
        }
        "deposit" => {
            let to = match fields.one_of(&["store", "supplier", "platform", "member"])? {
                "store" => DepositTo::Store(fields.id("store")?),
                "supplier" => DepositTo::Supplier(fields.id("supplier")?),
                "member" => DepositTo::Member(fields.id("member")?),
                _ if fields.text("platform")? == "profit" => DepositTo::Profit,
                _ => return Err(malformed(r#"platform must be "profit""#)),
            };
            Command::Deposit { id: fields.id("id")?, to, amount: fields.amount("amount")? }
        }
        "distribute" => Command::Distribute { id: fields.id("id")?, weights: fields.weights("weights")? },
        "withdraw" => {
            let from = match fields.one_of(&["member", "store", "supplier", "platform"])? {
                "member" => WithdrawFrom::Member(fields.id("member")?),
                "store" => WithdrawFrom::Store(fields.id("store")?),
                "supplier" => WithdrawFrom::Supplier(fields.id("supplier")?),
                _ => match fields.text("platform")?.as_ref() {
                    "profit" => WithdrawFrom::Profit,
                    "fees" => WithdrawFrom::Fees,
                    _ => return Err(malformed(r#"platform must be "profit" or "fees""#)),
                },
            };
            Command::Withdraw { id: fields.id("id")?, from, amount: fields.amount("amount")? }
        }
        "payout_done" => Command::PayoutDone { id: fields.id("id")? },
        "payout_failed" => Command::PayoutFailed { id: fields.id("id")? },
        "fee" => {
            let (id, member, region) = (fields.id("id")?, fields.id("member")?, fields.text("region")?);
            Command::Fee { id, member, region, amount: fields.amount("amount")? }
        }
        "write_off" => {
            let (id, account) = (fields.id("id")?, fields.text("account")?);
            Command::WriteOff { id, account, amount: fields.amount("amount")? }
        }
        _ => Command::ChangePlan { id: fields.id("id")?, plan: fields.text("plan")? },
    })
}

#[cfg(test)]
mod tests {
    use crate::command::{Digest, Line};

    fn content(line: &str) -> Digest {
        Line::read(1, line.as_bytes()).expect("well-formed").content()
    }

    #[test]
    fn the_order_of_fields_the_time_and_nulls_are_no_content() {
        let first = content(r#"{"cmd":"inject","id":"I","amount":"1.00","at":"2026-01-01T00:00:00Z"}"#);
        assert_eq!(content(r#"{"amount":"1.00", "cmd":"inject", "id":"I", "note":null}"#), first);
        assert_ne!(content(r#"{"cmd":"inject","id":"I","amount":"1.0"}"#), first);
        assert_ne!(content(r#"{"cmd":"inject","id":"I","amount":"1.00","note":""}"#), first);
    }

    #[test]
    fn the_same_letters_cut_elsewhere_are_other_content() {
        let members =
            |list: &str| content(&format!(r#"{{"cmd":"rebind","case":"C","members":{list},"to":"T"}}"#));
        let lists = [r#"["ab","c"]"#, r#"["a","bc"]"#, r#"["abc"]"#, r#"["c","ab"]"#].map(members);
        let weights = |list: &str| content(&format!(r#"{{"cmd":"distribute","id":"D","weights":{list}}}"#));
        let one = weights(r#"[{"member":"A","weight":1}]"#);
        assert_eq!(weights(r#"[{"weight":1,"member":"A"}]"#), one);
        assert_ne!(weights(r#"[{"member":"A","weight":256}]"#), one);
        let mut different = lists.to_vec();
        different.push(content(r#"{"cmd":"rebind","case":"C","members":["a","b"],"to":"cT"}"#));
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), 5);
    }

    #[test]
    fn a_command_without_an_id_of_its_own_has_no_content_to_compare() {
        for line in [
            r#"{"cmd":"open_member","member":"M"}"#,
            r#"{"cmd":"suspend","member":"M"}"#,
            r#"{"cmd":"settle","order":"O"}"#,
            r#"{"cmd":"payout_done","id":"W"}"#,
        ] {
            assert_eq!(content(line), Digest::default(), "{line}");
        }
    }
}
