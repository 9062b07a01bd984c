//! A basket: what a member wants becomes one order a supplier, at the prices that they have seen, with the pieces
//! reserved for some minutes. All of it is placed, or nothing. Must not be added here: a basket that is still being
//! filled (the client keeps that).

use super::Mall;
use super::address::check_buyer;
use super::book::Owner;
use super::days::reserved_until;
use super::items::{Item, amount, cost_fen, list_fen};
use super::order::{Order, OrderState};
use super::product::{Product, ProductState};
use super::shelf::check_margin;
use crate::act::Actor;
use crate::part::{Moment, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{id, sealed};
use linli_economy::units::Fen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const MOST_ORDERS: usize = 20;
const MOST_ITEMS: usize = 50;
const MOST_PIECES: u32 = 999;
/// Unpaid orders that one member may have, so that nobody empties the shelf without paying.
const MOST_UNPAID: usize = 20;

/// What a member wants, split by supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basket {
    /// Names it; the payment is for all of it.
    pub id: String,
    /// Who buys.
    pub member: String,
    /// Where to, sealed.
    pub sealed_address: Vec<u8>,
    /// One for each supplier.
    pub orders: Vec<Wish>,
}

/// What is wanted from one supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Names the order here and in the economy.
    pub order: String,
    /// From whom.
    pub supplier: String,
    /// The freight that the member has seen.
    pub freight_fen: u64,
    /// What.
    pub picks: Vec<Pick>,
}

/// Some pieces of a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Of which product.
    pub product: String,
    /// Of which variant.
    pub variant: String,
    /// How many.
    pub count: u32,
    /// The list price of a piece that the member has seen.
    pub price_fen: u64,
}

impl Mall {
    /// The orders of a basket.
    pub fn basket(&self, basket: &str) -> impl Iterator<Item = &Order> {
        let ids = self.baskets.get(basket).into_iter().flatten();
        ids.map(|order| self.orders.get(order).expect("a basket's orders are there"))
    }

    pub(super) fn check_basket(&self, scene: &Scene<'_>, by: &Actor, basket: &Basket) -> Result<(), Refusal> {
        self.member_only(by, &basket.member)?;
        check_buyer(scene, &basket.member)?;
        id(&basket.id)?;
        sealed("an address", &basket.sealed_address)?;
        bounded("orders", basket.orders.len(), MOST_ORDERS)?;
        if self.baskets.contains_key(&basket.id) {
            return Err(Refusal::new(Code::BasketExists, format!("there is a basket {}", basket.id)));
        }
        let (mut orders, mut suppliers) = (BTreeSet::new(), BTreeSet::new());
        for wish in &basket.orders {
            if !suppliers.insert(&wish.supplier) {
                let message = format!("all that is wanted of {} belongs into one order", wish.supplier);
                return Err(Refusal::new(Code::BasketSplit, message));
            }
            self.check_new_order(scene, &wish.order, orders.insert(&wish.order))?;
            self.check_wish(scene, wish)?;
        }
        let unpaid = self.orders.of_in(Owner::Member(&basket.member), OrderState::Placed, u32::MAX);
        let unpaid = unpaid.take(MOST_UNPAID).count() + basket.orders.len();
        if unpaid > MOST_UNPAID || !self.orders.has_room(basket.orders.len()) {
            let message =
                format!("at most {MOST_UNPAID} orders wait for a member's payment, and these make {unpaid}");
            return Err(Refusal::new(Code::TooManyUnpaid, message));
        }
        Ok(())
    }

    fn check_new_order(&self, scene: &Scene<'_>, order: &str, is_new: bool) -> Result<(), Refusal> {
        id(order)?;
        if is_new && self.orders.get(order).is_none() && scene.economy.order_id(order).is_none() {
            return Ok(());
        }
        Err(Refusal::new(Code::MallOrderExists, format!("there is an order {order}")))
    }

    fn check_wish(&self, scene: &Scene<'_>, wish: &Wish) -> Result<(), Refusal> {
        bounded("items", wish.picks.len(), MOST_ITEMS)?;
        self.suppliers.active(&wish.supplier)?;
        let mut picked = BTreeSet::new();
        for pick in &wish.picks {
            if !picked.insert((&pick.product, &pick.variant)) {
                let message = format!("{} of {} stands in an order twice", pick.variant, pick.product);
                return Err(Refusal::new(Code::BadBasket, message));
            }
            self.check_pick(&wish.supplier, pick)?;
        }
        let freight = self.freight_fen(wish);
        check_quoted("the freight", wish.freight_fen, freight)?;
        let items = self.items(wish);
        let (list, cost) = (list_fen(&items) + freight, cost_fen(&items) + freight);
        amount("the total of an order", list)?;
        amount("the cost of an order", cost)?;
        check_margin(scene, list, cost)
    }

    fn check_pick(&self, supplier: &str, pick: &Pick) -> Result<(), Refusal> {
        let Pick { product, variant, count, price_fen } = pick;
        let known = self.products.known(product)?;
        if known.supplier != supplier {
            let message = format!("{product} is of {}, and this is an order of {supplier}", known.supplier);
            return Err(Refusal::new(Code::BasketSplit, message));
        }
        let free = known.pieces_of(variant)?.free;
        let offer = known.variant(variant).filter(|variant| variant.is_offered);
        let Some(offer) = offer.filter(|_| known.state == ProductState::OnSale) else {
            return Err(Refusal::new(Code::NotOnSale, format!("{variant} of {product} is not on sale")));
        };
        if !(1..=MOST_PIECES).contains(count) {
            let message = format!("1 to {MOST_PIECES} pieces can be ordered, and this is {count}");
            return Err(Refusal::new(Code::BadBasket, message));
        }
        check_quoted(&format!("{variant} of {product}"), *price_fen, offer.price_fen)?;
        if free < u64::from(*count) {
            let message =
                format!("{count} pieces of {variant} of {product} are wanted, and {free} are there");
            return Err(Refusal::new(Code::StockShort, message));
        }
        Ok(())
    }

    /// One parcel, so one freight: the highest of the products'.
    fn freight_fen(&self, wish: &Wish) -> u64 {
        let products = wish.picks.iter().map(|pick| self.picked(pick));
        products.map(|product| product.content.freight_fen).max().unwrap_or(0)
    }

    fn items(&self, wish: &Wish) -> Vec<Item> {
        let items = wish.picks.iter().map(|pick| {
            let product = self.picked(pick);
            let offer = product.variant(&pick.variant).expect("checked: the variant is offered");
            Item {
                product: pick.product.clone(),
                variant: pick.variant.clone(),
                version: product.version,
                count: pick.count,
                price_fen: offer.price_fen,
                cost_fen: offer.cost_fen,
            }
        });
        items.collect()
    }

    fn picked(&self, pick: &Pick) -> &Product {
        self.products.get(&pick.product).expect("checked: the product is there")
    }

    pub(super) fn apply_basket(&mut self, moment: &Moment<'_>, basket: &Basket) {
        for wish in &basket.orders {
            let (items, freight_fen) = (self.items(wish), self.freight_fen(wish));
            for item in &items {
                self.products.reserve(&item.product, &item.variant, u64::from(item.count));
            }
            self.orders.add(Order {
                id: wish.order.clone(),
                basket: basket.id.clone(),
                member: basket.member.clone(),
                supplier: wish.supplier.clone(),
                items,
                freight_fen,
                sealed_address: basket.sealed_address.clone(),
                state: OrderState::Placed,
                placed_at: moment.now,
                until: Some(reserved_until(moment.now)),
                days: None,
                parcels: Vec::new(),
                received_at: None,
                returns: Vec::new(),
                refunded_list_fen: 0,
                sealed_reason: Vec::new(),
            });
        }
        let orders = basket.orders.iter().map(|wish| wish.order.clone());
        self.baskets.insert(basket.id.clone(), orders.collect());
    }
}

/// Nobody pays another price than the one they have seen.
fn check_quoted(what: &str, seen_fen: u64, fen: u64) -> Result<(), Refusal> {
    if seen_fen == fen {
        return Ok(());
    }
    let [seen, now] = [seen_fen, fen].map(Fen::from);
    Err(Refusal::new(Code::PriceChanged, format!("{what} was seen at {seen} and is at {now} now")))
}

fn bounded(what: &str, count: usize, most: usize) -> Result<(), Refusal> {
    if (1..=most).contains(&count) {
        return Ok(());
    }
    Err(Refusal::new(Code::BadBasket, format!("there are 1 to {most} {what}, and here {count}")))
}
