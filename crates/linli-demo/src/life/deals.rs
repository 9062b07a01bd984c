//! Deals of the store and vouchers of them, in every state. Must not be added here: a refund of an order of the store.

use super::{Cast, Fault, Life, Script};
use crate::world::yuan;
use linli_economy::time::Instant;
use linli_platform::DealAct;
use linli_platform::deal::{Buying, DealSale, DealTerms, Validity};
use serde_json::json;

/// A deal: id, title, price in fen, uses and days of a voucher, pieces.
struct Offer {
    id: &'static str,
    title: &'static str,
    price_fen: u64,
    uses: u32,
    days: u32,
    stock: Option<u32>,
}

const fn offer(
    (id, title): (&'static str, &'static str),
    price_fen: u64,
    (uses, days): (u32, u32),
    stock: Option<u32>,
) -> Offer {
    Offer { id, title, price_fen, uses, days, stock }
}

const OFFERS: [Offer; 6] = [
    offer(("deal-dinner", "四人套餐"), 25_800, (1, 90), Some(100)),
    offer(("deal-card", "早餐十次卡"), 12_000, (10, 60), None),
    offer(("deal-short", "周末双人下午茶"), 8_800, (1, 5), None),
    offer(("deal-sold-out", "开业特惠"), 4_900, (1, 60), Some(2)),
    offer(("deal-draft", "中秋礼盒（未上架）"), 19_800, (1, 30), Some(50)),
    offer(("deal-withdrawn", "夏日套餐"), 9_900, (2, 60), None),
];

/// What becomes of a voucher after it is bought: uses verified, each on a day; and whether the rest is given back.
struct Voucher {
    order: &'static str,
    buyer: usize,
    deal: usize,
    day: i64,
    verified: &'static [(i64, u32)],
    given_back: Option<i64>,
}

const fn voucher(
    order: &'static str,
    (buyer, deal, day): (usize, usize, i64),
    verified: &'static [(i64, u32)],
    given_back: Option<i64>,
) -> Voucher {
    Voucher { order, buyer, deal, day, verified, given_back }
}

const VOUCHERS: [Voucher; 11] = [
    voucher("voucher-unused-1", (0, 0, 30), &[], None),
    voucher("voucher-unused-2", (1, 0, 33), &[], None),
    voucher("voucher-part-used", (0, 1, 10), &[(12, 1), (19, 2), (33, 1)], None),
    voucher("voucher-used-1", (0, 0, 36), &[(38, 1)], None),
    voucher("voucher-used-2", (2, 5, 4), &[(6, 1), (9, 1)], None),
    voucher("voucher-expired", (0, 2, 14), &[], None),
    voucher("voucher-used-3", (3, 2, 20), &[(22, 1)], None),
    voucher("voucher-given-back", (0, 0, 16), &[], Some(18)),
    voucher("voucher-part-given-back", (4, 1, 12), &[(13, 3)], Some(20)),
    voucher("voucher-last-1", (5, 3, 8), &[(15, 1)], None),
    voucher("voucher-last-2", (6, 3, 9), &[], None),
];

pub fn write(script: &mut Script, cast: &Cast) {
    let store = &cast.store;
    for (minute, deal) in (300..).zip(&OFFERS) {
        let (store, owner) = (store.clone(), cast.owner.clone());
        script.at((1, minute), move |life| {
            let (deal, store) = (draft(life, deal, &store, &owner)?, store);
            if deal == "deal-draft" { Ok(()) } else { life.member(&owner, DealAct::Publish { deal, store }) }
        });
    }
    let (owner, of) = (cast.owner.clone(), store.clone());
    script.at((25, 300), move |life| {
        life.member(&owner, DealAct::Withdraw { deal: "deal-withdrawn".into(), store: of })
    });
    for voucher in &VOUCHERS {
        plan(script, cast, voucher);
    }
    buy(script, cast, &voucher("voucher-reserved", (0, 0, 39), &[], None), 1_434);
}

fn draft(life: &mut Life<'_>, offer: &Offer, store: &str, owner: &str) -> Result<String, Fault> {
    let terms = DealTerms {
        title: offer.title.into(),
        price_fen: offer.price_fen,
        compared: None,
        uses: offer.uses,
        valid: Validity::Days(offer.days),
        text: "堂食，节假日通用，不与其他优惠同享。".into(),
    };
    let from = Instant { seconds: life.now.seconds, nanoseconds: 0 };
    let sale = DealSale { stock: offer.stock, per_member: None, from, until: None };
    let (deal, store) = (offer.id.to_string(), store.to_string());
    life.member(owner, DealAct::Offer { deal: deal.clone(), store, terms, sale })?;
    Ok(deal)
}

fn plan(script: &mut Script, cast: &Cast, of: &Voucher) {
    buy(script, cast, of, 720);
    let (order, fen) = (of.order, OFFERS[of.deal].price_fen);
    let (member, store) = (cast.buyer(of.buyer), cast.store.clone());
    script.at((of.day, 722), move |life| {
        let (store, amount) = (store, yuan(fen));
        life.command(
            json!({"cmd": "pay", "order": order, "member": member, "store": store, "amount": amount}),
        )
    });
    // The till verifies.
    for (number, &(day, uses)) in of.verified.iter().enumerate() {
        let (cashier, store) = (cast.cashier().to_string(), cast.store.clone());
        script.at((day, 740), move |life| {
            let verification = format!("verified-{number}");
            let order = order.to_string();
            life.member(&cashier, DealAct::Verify { verification, order, store, uses })
        });
    }
    if let Some(day) = of.given_back {
        let member = cast.buyer(of.buyer);
        script.at((day, 760), move |life| {
            let cancel = format!("{order}-back");
            life.member(&member, DealAct::GiveBack { cancel, order: order.into(), store: None })
        });
    }
}

/// A voucher's code follows from its order under the member's key, as the service makes it.
fn buy(script: &mut Script, cast: &Cast, of: &Voucher, minute: i64) {
    let (order, deal, member) = (of.order, OFFERS[of.deal].id, cast.buyer(of.buyer));
    script.at((of.day, minute), move |life| {
        let digest = life.sealer.digest(&format!("member:{member}"), "voucher", order.as_bytes())?;
        let (first, _) = digest.split_first_chunk().expect("16 of 32 bytes");
        let code = format!("{:012}", u128::from_be_bytes(*first) % 1_000_000_000_000);
        let (code_digest, sealed_code) =
            (life.reference("voucher", &code)?, life.seal_of(&member, "voucher", &code)?);
        let (order, deal) = (order.to_string(), deal.to_string());
        let buying =
            Buying { order, deal, version: 1, member: member.clone(), count: 1, code_digest, sealed_code };
        life.member(&member, DealAct::Buy(buying))
    });
}
