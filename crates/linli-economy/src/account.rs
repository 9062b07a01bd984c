//! The accounts of the economy, and the posting: one signed line on one of them. Must not be added here: a
//! balance (see `state.rs`).

use crate::handle::{MemberId, OrderId, PayoutId, StoreId, SupplierId};
use serde::{Deserialize, Serialize};

/// What an account holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Asset {
    /// Money, in fen.
    Cny,
    /// Growth points, in micro-points.
    Gp,
    /// Deduction points, in hundredths.
    Dp,
}

impl Asset {
    /// The name in results and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cny => "CNY",
            Self::Gp => "GP",
            Self::Dp => "DP",
        }
    }

    /// How many decimals its text form has.
    #[must_use]
    pub fn decimals(self) -> usize {
        match self {
            Self::Cny | Self::Dp => 2,
            Self::Gp => 6,
        }
    }
}

/// A place where something is held, or where it comes from and goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Account {
    /// `external:payments`: what people pay in, and get back.
    ExternalPayments,
    /// `external:payouts`: what has been paid out.
    ExternalPayouts,
    /// `external:capital`: where injections and the genesis come from.
    ExternalCapital,
    /// `order:{id}`: what was paid for an order that is not settled yet.
    Order(OrderId),
    /// `store:{id}`.
    Store(StoreId),
    /// `supplier:{id}`.
    Supplier(SupplierId),
    /// `member:{id}:wallet`: withdrawable money.
    Wallet(MemberId),
    /// `member:{id}:spend`: money that only pays in stores.
    Spend(MemberId),
    /// `member:{id}:points`: growth points.
    Points(MemberId),
    /// `member:{id}:deduction`: deduction points.
    Deduction(MemberId),
    /// `platform:profit`.
    PlatformProfit,
    /// `platform:fees`.
    PlatformFees,
    /// `platform:genesis`: the growth points that open the economy and are never redeemed.
    PlatformGenesis,
    /// `pool:reserve`: P.
    PoolReserve,
    /// `pool:issued`: the supply, negative.
    PoolIssued,
    /// `mall:issued`: the deduction points issued, negative.
    MallIssued,
    /// `dividend:accrued`.
    DividendAccrued,
    /// `payout:{id}`: money on its way out.
    Payout(PayoutId),
}

/// One signed line of a result, in units of its asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Where.
    pub account: Account,
    /// Of what.
    pub asset: Asset,
    /// How much: above zero comes in, below zero goes out.
    pub amount: i128,
}

/// The postings of one result in their public form: sorted, one per account and asset, none zero.
#[must_use]
pub fn merged(postings: &[Posting]) -> Vec<Posting> {
    let mut merged = postings.to_vec();
    merged.sort_unstable_by_key(|posting| (posting.account, posting.asset));
    merged.dedup_by(|later, kept| {
        let same = (later.account, later.asset) == (kept.account, kept.asset);
        kept.amount += if same { later.amount } else { 0 };
        same
    });
    merged.retain(|posting| posting.amount != 0);
    merged
}
