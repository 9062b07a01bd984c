//! Orders of the mall as they are shown to whom they concern: the member, the supplier, the desk. A supplier sees where
//! to send what is paid and nothing else of the person. Must not be added here: who concerns whom.

use super::addresses::AddressForm;
use super::party::Party;
use super::sealing::{self, CANCEL, of_member};
use crate::app::App;
use crate::problem::Problem;
use crate::routes::text::yuan;
use linli_engine::Replica;
use linli_platform::mall::order::{Order, OrderState, Parcel};
use linli_platform::mall::{Standing, standing};
use serde::Serialize;
use utoipa::ToSchema;

/// An order in a list.
#[derive(Serialize, ToSchema)]
pub struct OrderLine {
    /// The order.
    #[schema(example = "B0123456789abcdef0123-1")]
    pub order: String,
    /// The basket that it was placed with.
    basket: String,
    /// From whom.
    supplier: String,
    /// `placed`, `paid`, `shipped`, `received`, `settled`, `cancelled` or `lapsed`.
    #[schema(example = "placed")]
    state: &'static str,
    /// What the first item is called.
    title: Option<String>,
    /// Items in all.
    item_count: usize,
    /// Yuan for everything with freight, at list prices.
    #[schema(example = "124.00")]
    list_total: String,
    /// When it was placed.
    placed_at: String,
    /// Until when it is to be paid or shipped; when it counts as received; when it is settled.
    until: Option<String>,
}

/// An order.
#[derive(Serialize, ToSchema)]
pub struct ShownOrder {
    #[serde(flatten)]
    line: OrderLine,
    /// Who ordered, for the desk.
    member: Option<String>,
    /// What, as it was when it was ordered.
    items: Vec<ShownItem>,
    /// Yuan for freight.
    #[schema(example = "6.00")]
    freight: String,
    /// Yuan that the supplier gets, freight included; for the supplier and the desk.
    cost: Option<String>,
    /// What was paid and what has gone back; for the member and the desk.
    money: Option<MallMoney>,
    /// Where it goes: for the member until it has ended, for the supplier while it is to be shipped or on its way.
    address: Option<AddressForm>,
    /// What was said of the parcel, the last being true.
    parcels: Vec<ShownParcel>,
    /// When it was received.
    received_at: Option<String>,
    /// Its returns.
    returns: Vec<String>,
    /// Why it was cancelled.
    reason: Option<String>,
}

/// One item of an order.
#[derive(Serialize, ToSchema)]
struct ShownItem {
    /// Its place in the order, by which it is returned.
    item: usize,
    /// The product.
    product: String,
    /// The version that was ordered.
    version: u32,
    /// The variant.
    variant: String,
    /// What the product was called.
    title: Option<String>,
    /// What the variant was called.
    name: Option<String>,
    /// What was said of it.
    description: Option<String>,
    /// Ids of the pictures that showed it.
    pictures: Vec<String>,
    /// Pieces.
    count: u32,
    /// Yuan for a piece.
    #[schema(example = "59.00")]
    price: String,
    /// Yuan that the supplier gets for a piece; for the supplier and the desk.
    cost: Option<String>,
}

/// What was paid for an order.
#[derive(Serialize, ToSchema)]
struct MallMoney {
    /// Yuan that deduction points paid.
    #[schema(example = "62.00")]
    points: String,
    /// Yuan that were paid.
    #[schema(example = "62.00")]
    cash: String,
    /// Yuan that have gone back.
    given_back: String,
    /// `paid`, `settled` or `given_back`.
    phase: &'static str,
}

/// A parcel.
#[derive(Serialize, ToSchema)]
pub struct ShownParcel {
    /// Who carries it.
    #[schema(example = "顺丰")]
    carrier: String,
    /// The carrier's number of it.
    number: String,
    /// When this was said.
    at: String,
}

impl ShownParcel {
    pub fn of(parcel: &Parcel) -> Self {
        Self { carrier: parcel.carrier.clone(), number: parcel.number.clone(), at: parcel.at.to_string() }
    }
}

impl OrderLine {
    pub fn of(replica: &Replica, order: &Order) -> Self {
        let first = order.items.first().and_then(|item| {
            let product = replica.platform().mall.products().get(&item.product)?;
            product.content_of(item.version)
        });
        Self {
            order: order.id.clone(),
            basket: order.basket.clone(),
            supplier: order.supplier.clone(),
            state: order.state.name(),
            title: first.map(|content| content.title.clone()),
            item_count: order.items.len(),
            list_total: yuan(order.list_total_fen()),
            placed_at: order.placed_at.to_string(),
            until: order.until.map(|until| until.to_string()),
        }
    }
}

fn items(replica: &Replica, order: &Order, party: Party) -> Vec<ShownItem> {
    let items = order.items.iter().enumerate().map(|(place, item)| {
        let product = replica.platform().mall.products().get(&item.product);
        let content = product.and_then(|product| product.content_of(item.version));
        let variant = content.and_then(|content| content.variant(&item.variant));
        ShownItem {
            item: place,
            product: item.product.clone(),
            version: item.version,
            variant: item.variant.clone(),
            title: content.map(|content| content.title.clone()),
            name: variant.map(|variant| variant.name.clone()),
            description: content.map(|content| content.description.clone()),
            pictures: content.map(|content| content.pictures.clone()).unwrap_or_default(),
            count: item.count,
            price: yuan(item.price_fen),
            cost: (party != Party::Buyer).then(|| yuan(item.cost_fen)),
        }
    });
    items.collect()
}

fn money(replica: &Replica, order: &Order) -> Option<MallMoney> {
    let economy = replica.economy();
    let phase = match standing(economy, order) {
        Standing::Unpaid => return None,
        Standing::Paid { .. } => "paid",
        Standing::Settled { .. } => "settled",
        Standing::GivenBack => "given_back",
    };
    let paid = &economy.state().orders()[economy.order_id(&order.id)?.index()];
    Some(MallMoney {
        points: yuan(order.list_total_fen() - paid.paid),
        cash: yuan(paid.paid),
        given_back: yuan(paid.cancelled + paid.refunded),
        phase,
    })
}

/// Whether somebody sees where an order goes.
fn sees_address(order: &Order, party: Party) -> bool {
    match party {
        Party::Buyer => true,
        Party::Supplier => matches!(order.state, OrderState::Paid | OrderState::Shipped),
        Party::Desk => false,
    }
}

/// What is shown of an order without what is sealed.
pub fn unsealed(replica: &Replica, order: &Order, party: Party) -> ShownOrder {
    ShownOrder {
        line: OrderLine::of(replica, order),
        member: (party == Party::Desk).then(|| order.member.clone()),
        items: items(replica, order, party),
        freight: yuan(order.freight_fen),
        cost: (party != Party::Buyer).then(|| yuan(order.cost_fen())),
        money: if party == Party::Supplier { None } else { money(replica, order) },
        address: None,
        parcels: order.parcels.iter().map(ShownParcel::of).collect(),
        received_at: order.received_at.map(|at| at.to_string()),
        returns: order.returns.clone(),
        reason: None,
    }
}

/// Opens what is sealed of an order for who may see it.
pub async fn opened(
    app: &App,
    mut shown: ShownOrder,
    order: Order,
    party: Party,
) -> Result<ShownOrder, Problem> {
    if sees_address(&order, party) {
        shown.address = AddressForm::open(app, &order.member, order.sealed_address).await?;
    }
    shown.reason = sealing::open(app, of_member(&order.member), &CANCEL, order.sealed_reason).await?;
    Ok(shown)
}
