//! Who got what of the money that came in. Each line is a sum of balances of the economy; together they are all that was
//! paid in, to the fen.

use super::Returned;
use crate::people::People;
use crate::run::{Staff, Sums};
use linli_economy::account::{Account, Asset};
use linli_economy::handle::MemberId;
use linli_economy::state::State;
use linli_economy::units::Fen;

/// Somebody who gets a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// The stores, after the take.
    Stores,
    /// Members, for points redeemed or capped.
    Members,
    /// Whoever invited a buyer, or the buyer's inviter.
    Inviters,
    /// Whoever brought a store in.
    Recruiters,
    /// The agents of regions.
    Agents,
    /// The platform.
    Platform,
    /// Accrued for shareholders.
    Dividend,
    /// What is in the pool at the end.
    Pool,
}

impl Who {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 8] = [
        Self::Stores,
        Self::Members,
        Self::Inviters,
        Self::Recruiters,
        Self::Agents,
        Self::Platform,
        Self::Dividend,
        Self::Pool,
    ];

    /// The name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stores => "stores",
            Self::Members => "members",
            Self::Inviters => "inviters",
            Self::Recruiters => "recruiters",
            Self::Agents => "agents",
            Self::Platform => "platform",
            Self::Dividend => "dividend",
            Self::Pool => "pool",
        }
    }
}

/// All that came in, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoGot {
    /// What buyers paid, less what they got back by refunds.
    pub turnover: Fen,
    /// What the operator put in: injections and genesis.
    pub capital: Fen,
    /// What each got, in the order of [`Who::ALL`].
    pub parts: [Fen; 8],
    /// The agents one by one.
    pub agents: Vec<(String, Fen)>,
}

impl WhoGot {
    /// At the end of a run.
    pub(super) fn of(state: &State, people: &People, staff: &Staff, sums: &Sums) -> Self {
        let wallet = |member: &MemberId| state.members()[member.index()].wallet;
        let sum = |members: &[MemberId]| members.iter().fold(Fen::ZERO, |sum, member| sum + wallet(member));
        let money = |account| Fen(state.balance(account, Asset::Cny));
        let (mut paid, mut wallets) = (Fen::ZERO, sum(&staff.owners));
        for number in 0..people.len() {
            let member = people.member(number);
            let account = &state.members()[member.index()];
            paid += Returned::of(state, state.pool(), member).cash;
            wallets += account.wallet + account.spend;
        }
        let agents: Vec<_> =
            staff.agents.iter().map(|(region, agent)| (region.clone(), wallet(agent))).collect();
        let parts = [
            state.stores().iter().fold(Fen::ZERO, |sum, store| sum + store.balance),
            paid,
            // What is in the wallets of buyers and owners and was not paid for points.
            wallets - paid,
            sum(&staff.recruiters),
            agents.iter().fold(Fen::ZERO, |sum, (_, fen)| sum + *fen),
            money(Account::PlatformProfit) + money(Account::PlatformFees),
            money(Account::DividendAccrued),
            state.pool().reserve(),
        ];
        let turnover = sums.turnover - sums.refunded;
        Self { turnover, capital: -money(Account::ExternalCapital), parts, agents }
    }

    /// One part.
    ///
    /// # Panics
    /// Never: every part has its place.
    #[must_use]
    pub fn part(&self, who: Who) -> Fen {
        let place = Who::ALL.iter().position(|known| *known == who);
        self.parts[place.expect("all are in the list")]
    }

    /// All parts together: what came in.
    #[must_use]
    pub fn together(&self) -> Fen {
        self.parts.iter().fold(Fen::ZERO, |sum, part| sum + *part)
    }
}
