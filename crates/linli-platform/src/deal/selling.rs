//! What speaks against offering, changing and buying a deal. Must not be added here: a right that is known before an
//! act comes here, such as who works in a store.

use super::offer::{Deal, DealState, MOST_VERSIONS};
use super::purchase::Purchase;
use super::standing::Standing;
use super::terms::{DealSale, DealTerms};
use super::{Buying, Deals};
use crate::act::Actor;
use crate::part::Scene;
use crate::refusal::{Code, Refusal};
use crate::text::id;
use linli_economy::Economy;
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::units::Fen;

/// Deals of a store that are not withdrawn.
const MOST_DEALS: usize = 100;
/// Uses of all pieces of one purchase.
const MOST_USES: u64 = 1_000;
/// Purchases that a member may have without paying, since they keep pieces from others.
const MOST_UNPAID: usize = 5;
/// Bytes of a sealed code of twelve digits, with room for the sealing.
const SEALED_BYTES: usize = 256;

impl Deals {
    pub(super) fn check_offer(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        (deal, store): (&str, &str),
        (terms, sale): (&DealTerms, &DealSale),
    ) -> Result<(), Refusal> {
        id(deal)?;
        terms.check(scene.now)?;
        sale.check()?;
        is_person_or_program(by)?;
        if self.deals.contains_key(deal) {
            return Err(Refusal::new(Code::DealExists, format!("there is a deal {deal}")));
        }
        is_open(scene.economy, store)?;
        let open = self.of_store(store).filter(|(_, deal)| deal.state != DealState::Withdrawn).count();
        if open >= MOST_DEALS {
            let message = format!("a store has at most {MOST_DEALS} deals that are not withdrawn");
            return Err(Refusal::new(Code::TooManyDeals, message));
        }
        Ok(())
    }

    pub(super) fn check_change(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        (deal, store): (&str, &str),
        (terms, sale): (&DealTerms, &DealSale),
    ) -> Result<(), Refusal> {
        terms.check(scene.now)?;
        sale.check()?;
        let known = self.deal_of(by, deal, store)?;
        if known.state == DealState::Withdrawn {
            return Err(wrong_state(known, "a withdrawn deal does not change"));
        }
        if known.has_no_room_for(terms) {
            let message = format!("people have bought under {MOST_VERSIONS} versions of its terms before");
            return Err(Refusal::new(Code::TooManyVersions, message));
        }
        if let Some(stock) = sale.stock.filter(|&stock| u64::from(stock) < known.taken()) {
            let message = format!("{} pieces are taken, more than a stock of {stock}", known.taken());
            return Err(Refusal::new(Code::StockTaken, message));
        }
        Ok(())
    }

    pub(super) fn check_publish(&self, by: &Actor, deal: &str, store: &str) -> Result<(), Refusal> {
        let known = self.deal_of(by, deal, store)?;
        if known.state == DealState::Draft {
            return Ok(());
        }
        Err(wrong_state(known, "only a draft goes on sale"))
    }

    pub(super) fn check_withdraw(&self, by: &Actor, deal: &str, store: &str) -> Result<(), Refusal> {
        let known = self.deal_of(by, deal, store)?;
        if known.state == DealState::Withdrawn {
            return Err(wrong_state(known, "a deal is withdrawn once"));
        }
        Ok(())
    }

    pub(super) fn check_buy(&self, scene: &Scene<'_>, by: &Actor, buying: &Buying) -> Result<(), Refusal> {
        id(&buying.order)?;
        if !(1..=SEALED_BYTES).contains(&buying.sealed_code.len()) {
            let message = format!("a voucher's sealed code has 1 to {SEALED_BYTES} bytes");
            return Err(Refusal::new(Code::BadText, message));
        }
        is_for(by, &buying.member)?;
        let deal = self.known(&buying.deal)?;
        let taken = self.orders.contains_key(&buying.order) || self.lapsed.contains(&buying.order);
        if taken || scene.economy.order_id(&buying.order).is_some() {
            let message = format!("there is or was an order {}", buying.order);
            return Err(Refusal::new(Code::PurchaseExists, message));
        }
        if scene.economy.member_id(&buying.member).is_none() {
            let message = format!("there is no member {}", buying.member);
            return Err(Refusal::new(Code::DealMemberUnknown, message));
        }
        deal.is_on_sale(scene.now)?;
        is_open(scene.economy, &deal.store)?;
        if buying.version != deal.version() {
            let message = format!("its terms are of version {}, not {}", deal.version(), buying.version);
            return Err(Refusal::new(Code::DealChanged, message));
        }
        check_count(deal.terms(), buying.count)?;
        check_limits(deal, &buying.member, buying.count)?;
        self.check_unpaid(scene.economy, &buying.member)?;
        if self.codes.contains_key(&buying.code_digest) {
            return Err(Refusal::new(Code::CodeTaken, "another voucher has this code: make a new one"));
        }
        Ok(())
    }

    fn check_unpaid(&self, economy: &Economy, member: &str) -> Result<(), Refusal> {
        let is_unpaid = |purchase: &&Purchase| !matches!(purchase.standing(economy), Standing::Paid(_));
        let unpaid = self.unconfirmed_of(member).filter(is_unpaid).count();
        if unpaid < MOST_UNPAID {
            return Ok(());
        }
        let message =
            format!("a member has at most {MOST_UNPAID} unpaid purchases, and {member} has {unpaid}");
        Err(Refusal::new(Code::TooManyUnpaid, message))
    }

    fn known(&self, deal: &str) -> Result<&Deal, Refusal> {
        let known = self.deals.get(deal);
        known.ok_or_else(|| Refusal::new(Code::UnknownDeal, format!("there is no deal {deal}")))
    }

    fn deal_of(&self, by: &Actor, deal: &str, store: &str) -> Result<&Deal, Refusal> {
        is_person_or_program(by)?;
        let known = self.known(deal)?;
        if known.store == store {
            return Ok(known);
        }
        Err(Refusal::new(Code::DealOfAnother, format!("the deal {deal} is not of the store {store}")))
    }
}

/// The service and the payment provider do nothing of their own will.
pub(super) fn is_person_or_program(by: &Actor) -> Result<(), Refusal> {
    if matches!(by, Actor::Service | Actor::Provider | Actor::Visitor) {
        return Err(Refusal::new(Code::DealActor, format!("{by} does not do this by itself")));
    }
    Ok(())
}

/// A member acts for nobody else.
pub(super) fn is_for(by: &Actor, member: &str) -> Result<(), Refusal> {
    is_person_or_program(by)?;
    match by {
        Actor::Member(acting) if acting != member => {
            let message = format!("{acting} does not act for the member {member}");
            Err(Refusal::new(Code::PurchaseOfAnother, message))
        }
        _ => Ok(()),
    }
}

fn is_open(economy: &Economy, store: &str) -> Result<(), Refusal> {
    let Some(handle) = economy.store_id(store) else {
        return Err(Refusal::new(Code::DealStoreUnknown, format!("there is no store {store}")));
    };
    if economy.state().stores()[handle.index()].closed {
        return Err(Refusal::new(Code::DealStoreClosed, format!("the store {store} is closed")));
    }
    Ok(())
}

fn check_count(terms: &DealTerms, count: u32) -> Result<(), Refusal> {
    let refuse = |message| Err(Refusal::new(Code::BadCount, message));
    let uses = u64::from(count) * u64::from(terms.uses);
    if !(1..=MOST_USES).contains(&uses) {
        return refuse(format!("a purchase has 1 to {MOST_USES} uses, and {count} pieces have {uses}"));
    }
    let amount = terms.price_fen.saturating_mul(u64::from(count));
    if amount > AMOUNT_LIMIT_FEN {
        let (amount, most) = (Fen::from(amount), Fen::from(AMOUNT_LIMIT_FEN));
        return refuse(format!("an order is of at most {most}, and {count} pieces are {amount}"));
    }
    Ok(())
}

fn check_limits(deal: &Deal, member: &str, count: u32) -> Result<(), Refusal> {
    let (count, taken, held) = (u64::from(count), deal.taken(), deal.taken_by(member));
    if let Some(stock) = deal.sale.stock.filter(|&stock| taken + count > u64::from(stock)) {
        let message = format!("{taken} of {stock} pieces are taken, so there are not {count} more");
        return Err(Refusal::new(Code::SoldOut, message));
    }
    if let Some(most) = deal.sale.per_member.filter(|&most| held + count > u64::from(most)) {
        let message = format!("a member has at most {most} pieces; {member} has {held} and asks for {count}");
        return Err(Refusal::new(Code::MemberLimit, message));
    }
    Ok(())
}

fn wrong_state(deal: &Deal, rule: &str) -> Refusal {
    Refusal::new(Code::DealState, format!("{rule}, and this is {}", deal.state.name()))
}
