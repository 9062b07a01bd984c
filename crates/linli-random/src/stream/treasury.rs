//! Random commands of the treasury, half of which hit a balance exactly.

use super::{Stream, money};
use crate::plans;

impl Stream {
    pub(super) fn treasury(&mut self) -> String {
        let (id, amount) = (self.id(), money(self.amount()));
        match self.random.below(13) {
            0 => format!(r#""cmd":"inject","id":"{id}","amount":"{amount}","note":"A""#),
            1 | 2 => {
                let to = if self.random.percent(50) {
                    r#""platform":"profit""#.into()
                } else {
                    self.holder(&["profit"])
                };
                format!(r#""cmd":"deposit","id":"{id}",{to},"amount":"{amount}""#)
            }
            3 => {
                let weights: Vec<String> = (0..self.random.below(4))
                    .map(|_| {
                        let weight = self.random.below(4) * self.random.magnitude(1_000_000_000_000) / 4;
                        format!(r#"{{"member":"{}","weight":{weight}}}"#, self.member())
                    })
                    .collect();
                format!(r#""cmd":"distribute","id":"{id}","weights":[{}]"#, weights.join(","))
            }
            4..=6 => {
                if let Some(line) = self.withdraw_exactly(&id) {
                    return line;
                }
                let from = self.holder(&["profit", "fees"]);
                self.payouts.push(id.clone());
                let most = *self.random.pick(&[self.scale / 10, self.scale / 300, 20]) + 1;
                let amount = money(self.random.magnitude(most));
                format!(r#""cmd":"withdraw","id":"{id}",{from},"amount":"{amount}""#)
            }
            7 | 8 => {
                let none = "P0".to_string();
                let payout =
                    if self.payouts.is_empty() { none } else { self.random.pick(&self.payouts).clone() };
                format!(r#""cmd":"{}","id":"{payout}""#, self.random.pick(&["payout_done", "payout_failed"]))
            }
            9 => format!(
                r#""cmd":"fee","id":"{id}","member":"{}","region":"{}","amount":"{amount}""#,
                self.member(),
                self.region()
            ),
            10 | 11 => {
                let owes = |account: &str| account.starts_with("store:") || account.ends_with(":wallet");
                if let Some((account, owed)) = self.balance("CNY", false, owes) {
                    let amount = money(self.random.magnitude(owed));
                    return match account.strip_prefix("member:").and_then(|rest| rest.strip_suffix(":wallet"))
                    {
                        Some(member) if self.random.percent(40) => {
                            format!(r#""cmd":"deposit","id":"{id}","member":"{member}","amount":"{amount}""#)
                        }
                        _ => format!(
                            r#""cmd":"write_off","id":"{id}","account":"{account}","amount":"{amount}""#
                        ),
                    };
                }
                let member = format!("member:{}:wallet", self.member());
                let store = format!("store:{}", self.store());
                let account = self
                    .random
                    .pick(&[member, store, "dividend:accrued".into(), "supplier:U1".into()])
                    .clone();
                let most = if self.random.percent(50) { 3 } else { self.scale / 100 + 1 };
                let amount = money(self.random.magnitude(most));
                format!(r#""cmd":"write_off","id":"{id}","account":"{account}","amount":"{amount}""#)
            }
            _ => {
                let start_price = if self.random.percent(5) { "9.00" } else { self.start_price };
                let plan = plans::plan(&mut self.random, start_price, self.genesis);
                let plan = plan.replace('"', "\\\"").replace('\n', "\\n");
                format!(r#""cmd":"change_plan","id":"{id}","plan":"{plan}""#)
            }
        }
    }

    /// A withdrawal of a balance to the last fen, or of a part of it.
    fn withdraw_exactly(&mut self, id: &str) -> Option<String> {
        // Rarely the platform's own money: it must cover the debts that make things interesting.
        let platform = self.random.percent(5);
        let wanted = |account: &str| {
            !account.starts_with("pool:")
                && !account.starts_with("order:")
                && (platform || !account.starts_with("platform:"))
        };
        let (account, held) = self.balance("CNY", true, wanted)?;
        let parts: Vec<&str> = account.split(':').collect();
        let from = match parts[..] {
            ["member", member, "wallet"] => format!(r#""member":"{member}""#),
            ["store", store] => format!(r#""store":"{store}""#),
            ["supplier", supplier] => format!(r#""supplier":"{supplier}""#),
            ["platform", of] => format!(r#""platform":"{of}""#),
            _ => return None,
        };
        self.payouts.push(id.to_string());
        let amount = if self.random.percent(70) { held } else { self.random.magnitude(held) };
        Some(format!(r#""cmd":"withdraw","id":"{id}",{from},"amount":"{}""#, money(amount)))
    }

    fn holder(&mut self, platform: &[&str]) -> String {
        match self.random.below(4) {
            0 => format!(r#""member":"{}""#, self.member()),
            1 => format!(r#""store":"{}""#, self.store()),
            2 => format!(r#""supplier":"U{}""#, self.random.below(3)),
            _ => format!(r#""platform":"{}""#, self.random.pick(platform)),
        }
    }
}
