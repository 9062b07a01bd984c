//! Forgetting: whoever tries a plan with orders that nobody will refund, replay or explain needs no record of
//! them. What they did to balances, points and pool stays. Must not be added here: forgetting in a live economy,
//! whose ids and receipts name every order.

use super::State;
use crate::handle::OrderId;

impl State {
    /// Forgets the record of the order paid last, if it is settled and nothing refers to it: no lot of deduction
    /// points and no receipt. Gives whether it did.
    pub fn forget_last_order(&mut self) -> bool {
        let Some(order) = self.orders.last() else { return false };
        let id = OrderId::at(self.orders.len() - 1);
        let has_lot = order.member.is_some_and(|member| self.members[member.index()].last_lot == id);
        if !order.is_settled() || has_lot || order.receipt.is_some() || self.mall_part(order).is_some() {
            return false;
        }
        if order.terms.levels.is_some() {
            self.level_pays.pop();
        }
        self.orders.pop();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Economy;
    use crate::plan::Plan;
    use crate::state::{Sale, StoreChange};

    fn plan(award: &str) -> Plan {
        let text = include_str!("../../../../plans/seed-one.toml");
        let text = text.replace("award = \"200%\"", &format!("award = \"{award}\""));
        let text = text
            .replace("ranks = []", r#"ranks = [{ name = "V1", rate = "0.1%" }]"#)
            .replace("max_depth = 0", "max_depth = 2");
        Plan::parse(&text).expect("a plan")
    }

    #[test]
    fn a_forgotten_order_leaves_every_balance_as_it_was() {
        let (mut kept, mut forgotten) = (State::open(plan("0%")), State::open(plan("0%")));
        for state in [&mut kept, &mut forgotten] {
            let owner = state.open_member(None).expect("room");
            let buyer = state.open_member(Some(owner)).expect("room");
            let district = crate::region::District::parse("440106").expect("a district");
            let store = state.open_store(owner, district, StoreChange::default()).expect("room");
            state.set_rank(owner, Some("V1")).expect("a rank of the plan");
            for amount in [100_000, 5_000, 100] {
                state.begin(crate::time::Instant::EPOCH);
                let sale = Sale { member: Some(buyer), store, amount, from_spend: 0 };
                state.settle_in_one(sale).expect("a sound order");
                state.finish();
            }
        }
        assert!(forgotten.forget_last_order() && forgotten.forget_last_order());
        assert_eq!((forgotten.orders.len(), forgotten.level_pays.len()), (1, 1));
        assert_eq!(forgotten.balances(), kept.balances());
        assert_eq!(forgotten.check(), Ok(()));
    }

    #[test]
    fn what_something_refers_to_is_not_forgotten() {
        let mut economy = Economy::with_plan(plan("200%"));
        assert!(!economy.state().clone().forget_last_order(), "there is none");
        for line in [
            r#"{"cmd":"open_member","member":"A"}"#,
            r#"{"cmd":"open_store","store":"S","owner":"A","district":"440106"}"#,
            r#"{"cmd":"settle","order":"O1","member":"A","store":"S","amount":"1000.00"}"#,
            r#"{"cmd":"pay","order":"O2","store":"S","amount":"10.00"}"#,
            r#"{"cmd":"settle_mall","order":"O3","member":"A","supplier":"U","list_total":"90.00","cost":"9.00"}"#,
        ] {
            assert!(economy.apply(line).outcome().is_ok(), "{line}");
            assert!(!economy.state().clone().forget_last_order(), "{line}");
        }
    }
}
