//! An order: what was paid, what it was frozen with, and what has become of it. Everything that a refund or a
//! replay needs is here or follows from it. Must not be added here: a result (see `receipts.rs`).

use crate::handle::{LevelsId, MallId, MemberId, OrderId, PlanId, ReceiptId, StoreId, SupplierId};
use crate::rate::Rate;
use crate::region::LEVELS;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What an order is settled with, frozen when it is paid. Who was suspended then is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The plan.
    pub plan: PlanId,
    /// The store's rate under that plan; nothing for a mall order.
    pub rate: Rate,
    /// The member's inviter.
    pub direct: Option<MemberId>,
    /// The inviter's inviter.
    pub indirect: Option<MemberId>,
    /// The store's recruiter.
    pub recruiter: Option<MemberId>,
    /// The agents of district, city, province and macro-region.
    pub agents: [Option<MemberId>; LEVELS],
    /// The ancestors with ranks, where the plan pays levels.
    pub levels: Option<LevelsId>,
}

/// Who sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seller {
    /// A store.
    Store(StoreId),
    /// A supplier of the mall.
    Mall(MallId),
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Its money is in `order:{id}`.
    Paid,
    /// Nothing is left of it.
    GivenBack,
    /// Carried out by a `settle` of a paid order.
    Settled,
    /// Paid and settled by one command.
    SettledInOne,
}

/// One order of a store or of the mall. Amounts in fen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Pool in fen and supply in micro-points after its settlement, where 64 bits hold them.
    pub after: (u64, u64),
    /// What was paid.
    pub paid: u64,
    /// The part of it that came from the spend balance.
    pub from_spend: u64,
    /// What was given back before settling.
    pub cancelled: u64,
    /// What was refunded after settling.
    pub refunded: u64,
    /// Micro-points minted for the member; at most 10^13 fen at 10^6 a fen.
    pub minted: u64,
    /// What is left of the lot of deduction points that it awarded.
    pub lot: u64,
    /// When it was paid; from its settlement on, when that was. Its lot expires the plan's days later.
    pub since: Instant,
    /// The buyer, where the order has one.
    pub member: Option<MemberId>,
    /// From whom.
    pub seller: Seller,
    /// Frozen when paid.
    pub terms: Terms,
    /// The member's exits before it was settled: as long as there were no more, C and T still count it.
    pub exits_before: u32,
    /// The member's lot before this one.
    pub previous_lot: Option<OrderId>,
    /// Its settlement's result, kept whole where it does not follow from the order.
    pub receipt: Option<ReceiptId>,
    /// Which frozen beneficiaries were suspended when it was settled.
    pub unpaid: Unpaid,
    /// Where it stands.
    pub phase: Phase,
}

/// The frozen beneficiaries who get nothing, as bits: direct, indirect, recruiter, then the agents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unpaid(pub u8);

impl Unpaid {
    /// Whether the beneficiary at this place gets nothing.
    #[must_use]
    pub fn contains(self, place: usize) -> bool {
        self.0 >> place & 1 == 1
    }
}

impl Terms {
    /// The beneficiaries in the order of [`Unpaid`].
    #[must_use]
    pub fn beneficiaries(&self) -> [Option<MemberId>; 3 + LEVELS] {
        let [district, city, province, macro_region] = self.agents;
        [self.direct, self.indirect, self.recruiter, district, city, province, macro_region]
    }
}

impl Order {
    /// An order paid now.
    #[must_use]
    pub fn paid(
        seller: Seller,
        member: Option<MemberId>,
        paid: u64,
        from_spend: u64,
        terms: Terms,
        now: Instant,
    ) -> Self {
        Self {
            after: (0, 0),
            paid,
            from_spend,
            cancelled: 0,
            refunded: 0,
            minted: 0,
            lot: 0,
            since: now,
            member,
            seller,
            terms,
            exits_before: 0,
            previous_lot: None,
            receipt: None,
            unpaid: Unpaid::default(),
            phase: Phase::Paid,
        }
    }

    /// A: what is left of it to settle, or was settled.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.paid - self.cancelled
    }

    /// The part of what is left that came from the spend balance.
    #[must_use]
    pub fn spend_left(&self) -> u64 {
        self.from_spend - pro_rata(self.from_spend, self.cancelled, self.paid)
    }

    /// Whether it has been settled.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(self.phase, Phase::Settled | Phase::SettledInOne)
    }
}

/// `⌊part · done / whole⌋`: what of a part is due when so much of the whole is done.
#[must_use]
pub fn pro_rata(part: u64, done: u64, whole: u64) -> u64 {
    if part == 0 || done == 0 {
        return 0;
    }
    let due = u128::from(part) * u128::from(done) / u128::from(whole);
    u64::try_from(due).expect("at most the part")
}

/// What is particular to a mall order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MallOrder {
    /// Who supplies it; a handle only once an order of theirs has been settled.
    pub supplier: SupplierId,
    /// What the supplier gets.
    pub cost: u64,
    /// The lots whose points were used, first awarded first.
    pub uses: Box<[LotUse]>,
}

impl MallOrder {
    /// u: the deduction points used, in hundredths.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.uses.iter().map(|lot_use| lot_use.amount).sum()
    }
}

/// Points of one lot that a mall order used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotUse {
    /// The order that awarded the lot.
    pub lot: OrderId,
    /// Hundredths of a point.
    pub amount: u64,
    /// What refunds have returned of it.
    pub returned: u64,
}
