//! Dividends: what orders accrued is paid out by weight, each share rounded down; the rest stays.

use super::State;
use crate::account::Account;
use crate::handle::MemberId;
use crate::refusal::{Code, Refusal};
use crate::units::Fen;
use crate::wide::mul_div_floor;

impl State {
    /// Pays the accrued dividend out pro rata. Suspended members are paid; one named twice is paid twice.
    ///
    /// # Errors
    /// `nothing_to_pay`.
    pub fn distribute(&mut self, weights: &[(MemberId, u64)]) -> Result<(), Refusal> {
        let accrued = self.fixed.dividend;
        let total: u128 = weights.iter().map(|&(_, weight)| u128::from(weight)).sum();
        if accrued <= Fen::ZERO || total == 0 {
            let message = format!("{accrued} accrued, weights of {total} in all");
            return Err(Refusal::new(Code::NothingToPay, message));
        }
        for &(member, weight) in weights {
            let share = Fen::from_unsigned(mul_div_floor(accrued.unsigned(), weight.into(), total));
            self.post(Account::DividendAccrued, -share);
            self.post(Account::Wallet(member), share);
        }
        Ok(())
    }
}
