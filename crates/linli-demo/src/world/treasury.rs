//! Money that goes in and out: withdrawals with their payouts, redemptions, injections, dividends, a plan change.

use super::World;
use linli_economy::account::{Account, Asset};
use serde_json::json;

/// Of a hundred payouts, those that the bank sends back.
const FAILED: u64 = 4;

/// A wallet from which members withdraw, in fen.
const WORTH_WITHDRAWING: i128 = 5_000;

impl World {
    pub(super) fn plan_treasury(&mut self) {
        match self.day {
            45 | 135 | 225 | 315 => self.inject(),
            180 => self.change_plan(),
            270 | 360 => self.distribute(),
            _ => {}
        }
        if crate::calendar::begins_month(self.day) {
            self.withdraw_all();
            self.redeem_some();
        }
    }

    fn inject(&mut self) {
        let id = self.new_id("I");
        let note = "from the platform's own money";
        let command = json!({"cmd": "inject", "id": id, "amount": "5000.00", "note": note});
        self.plan(self.day, 3_600, command);
    }

    fn change_plan(&mut self) {
        let id = self.new_id("V");
        self.plan(self.day, 3_600, json!({"cmd": "change_plan", "id": id, "plan": later_plan()}));
    }

    fn distribute(&mut self) {
        let id = self.new_id("D");
        let weights: Vec<_> =
            (1..=5_u64).map(|place| json!({"member": super::member_id(place), "weight": place})).collect();
        self.plan(self.day, 3_600, json!({"cmd": "distribute", "id": id, "weights": weights}));
    }

    /// Stores take out most of what they have, and members what is worth it; the bank sends some of it back.
    fn withdraw_all(&mut self) {
        let economy = &self.economy;
        let mut due = Vec::new();
        for (account, asset, amount) in economy.state().balances() {
            let share = match (account, asset) {
                (Account::Store(_), Asset::Cny) => 90,
                (Account::Wallet(_), Asset::Cny) if amount >= WORTH_WITHDRAWING => 100,
                _ => continue,
            };
            let fen = u64::try_from(amount * share / 100).unwrap_or_default();
            let name = economy.account_name(account);
            let (kind, id) = name.split_once(':').expect("a kind and an id");
            let id = id.split(':').next().unwrap_or_default();
            if fen > 0 {
                due.push((kind.to_string(), id.to_string(), fen));
            }
        }
        for (kind, owner, fen) in due {
            let id = self.new_id("W");
            let mut command = json!({"cmd": "withdraw", "id": id, "amount": super::yuan(fen)});
            command[&kind] = json!(owner);
            self.plan(self.day, 600, command);
            let outcome = if self.random.percent(FAILED) { "payout_failed" } else { "payout_done" };
            let days = self.random.between(1, 3).cast_signed();
            self.plan(self.day + days, 10 * 3_600, json!({"cmd": outcome, "id": id}));
        }
    }

    /// One member of twenty redeems a third of the points.
    fn redeem_some(&mut self) {
        let economy = &self.economy;
        let points: Vec<_> = economy
            .state()
            .balances()
            .into_iter()
            .filter(|&(account, _, amount)| matches!(account, Account::Points(_)) && amount > 3_000_000)
            .map(|(account, _, amount)| (economy.account_name(account), amount / 3))
            .collect();
        for (account, micro) in points {
            if self.random.percent(5) {
                let member = account.split(':').nth(1).unwrap_or_default().to_string();
                let amount = format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
                let request = self.new_id("Q");
                let command =
                    json!({"cmd": "redeem", "request": request, "member": member, "points": amount});
                self.plan(self.day, 1_800, command);
            }
        }
    }
}

/// The plan of the second half of the year: recruiters get a little less, and shareholders something.
pub fn later_plan() -> String {
    let text = crate::PLAN.replace("store = \"0.5%\"", "store = \"0.4%\"");
    text.replace("rate = \"0%\"                     # accrued", "rate = \"0.1%\"                   # accrued")
}
