//! What members really got back: for what they spent and still own, what they were paid for their points by redeeming and by
//! exits, less what refunds charged. It is what must be told beside every price. Must not be added here: what points may be
//! worth one day.

use crate::order::Phase;
use crate::state::State;
use crate::units::Fen;

/// Fen that the figures are of: 100 yuan.
const HUNDRED_YUAN: u128 = 10_000;

/// What members really got back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GivenBack {
    /// Members who have spent something.
    pub members: u64,
    /// Of 100 yuan that they spent, what the median of them got back, rounded down; of two in the middle the lower one.
    pub median_of_100: Fen,
    /// How many of them have reached the cap and exited, ever.
    pub capped: u64,
}

impl GivenBack {
    /// The figures of a state: one look through all orders.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let mut spent = vec![0_u128; state.members().len()];
        for order in state.orders() {
            let is_settled = matches!(order.phase, Phase::Settled | Phase::SettledInOne);
            if let (Some(member), true) = (order.member, is_settled) {
                spent[member.index()] += u128::from(order.left().saturating_sub(order.refunded));
            }
        }
        let known = spent.iter().zip(state.paybacks()).zip(state.members());
        let (mut of_100, mut capped) = (Vec::new(), 0);
        for ((spent, payback), member) in known.filter(|((spent, _), _)| **spent > 0) {
            // Refunds charge at most what was received.
            of_100.push(payback.received.unsigned() * HUNDRED_YUAN / spent);
            capped += u64::from(member.exits > 0);
        }
        let members = u64::try_from(of_100.len()).expect("a list fits 64 bits");
        let median = of_100.len().checked_sub(1).map_or(0, |last| *of_100.select_nth_unstable(last / 2).1);
        Self { members, median_of_100: Fen::from_unsigned(median), capped }
    }

    /// Parts of a million of them who have reached the cap, rounded down.
    #[must_use]
    pub fn capped_ppm(&self) -> u32 {
        let ppm = u128::from(self.capped) * 1_000_000 / u128::from(self.members.max(1));
        u32::try_from(ppm).expect("no more have reached it than there are")
    }
}
