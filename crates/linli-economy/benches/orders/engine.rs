//! The engine's side: the very state that runs live, with handles for ids.

use super::world::{Order, RECRUITERS, STORES, World};
use linli_economy::Economy;
use linli_economy::handle::{MemberId, StoreId};
use linli_economy::member::{Member, Payback};
use linli_economy::region::{District, Region};
use linli_economy::state::{BATCH, Sale, State, StoreChange};
use linli_economy::time::Instant;

/// Orders by which the bytes of ids are measured.
const ID_ORDERS: usize = 131_072;

pub struct Engine {
    state: State,
    sales: Vec<Sale>,
}

pub fn member_bytes() -> usize {
    size_of::<Member>() + size_of::<Payback>()
}

pub fn order_bytes() -> usize {
    size_of::<linli_economy::order::Order>()
}

/// Bytes that ids and kept results take for each order of an economy fed with text, member and store ids apart.
pub fn id_bytes(world: &mut World) -> usize {
    let mut economy = Economy::with_plan(world.plan.clone());
    let accepted =
        |economy: &mut Economy, line: &str| assert!(economy.apply(line).outcome().is_ok(), "{line}");
    accepted(&mut economy, r#"{"cmd":"open_member","member":"M0"}"#);
    accepted(&mut economy, r#"{"cmd":"open_store","store":"S0","owner":"M0","district":"440106"}"#);
    let orders = world.orders(ID_ORDERS);
    for (number, order) in orders.iter().enumerate() {
        let (yuan, cents) = (order.amount / 100, order.amount % 100);
        let id = 31_198_570_044 + number;
        let order = format!(r#""order":"O{id}","member":"M0","store":"S0","amount":"{yuan}.{cents:02}""#);
        accepted(&mut economy, &format!(r#"{{"cmd":"settle",{order}}}"#));
    }
    economy.id_bytes() / ID_ORDERS
}

impl Engine {
    pub fn new(world: &World) -> Self {
        let mut state = State::open(world.plan.clone());
        for inviter in &world.inviters {
            let inviter = inviter.and_then(|inviter| MemberId::at(inviter as usize));
            state.open_member(inviter).expect("room for a member");
        }
        for (region, agent) in ["440106", "440100", "440000"].into_iter().zip(0..) {
            let region = Region::parse(region).expect("a region");
            state.appoint(region, MemberId::at(agent).expect("small")).expect("free");
        }
        let district = District::parse("440106").expect("a district");
        for store in 0..STORES {
            let recruiter = MemberId::at(store % RECRUITERS);
            let change = StoreChange { recruiter, ..StoreChange::default() };
            state.open_store(MemberId::at(0).expect("small"), district, change).expect("room for a store");
        }
        Self { state, sales: Vec::new() }
    }

    /// Settles the orders, and gives how many exits they set off.
    pub fn run(&mut self, orders: &[Order]) -> usize {
        let sale = |order: &Order| Sale {
            member: MemberId::at(order.member as usize),
            store: StoreId::at(order.store as usize).expect("small"),
            amount: order.amount,
            from_spend: 0,
        };
        self.sales.clear();
        self.sales.extend(orders.iter().map(sale));
        let mut exits = 0;
        for batch in self.sales.chunks(BATCH) {
            let mut buyers = [None; BATCH];
            for (buyer, sale) in buyers.iter_mut().zip(batch) {
                *buyer = sale.member;
            }
            self.state.read_ahead(buyers);
            for sale in batch {
                self.state.begin(Instant::EPOCH);
                self.state.settle_in_one(*sale).expect("a sound order");
                self.state.finish();
                exits += self.state.outcome().exits.len();
            }
        }
        exits
    }

    /// Pool and supply.
    pub fn figures(&self) -> (i128, i128) {
        (self.state.pool().reserve().0, self.state.pool().supply().0)
    }
}
