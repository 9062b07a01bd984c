//! One accepted command of a whole economy, held to the formulas of the lemmas: its own effect on the pool
//! first, then each exit that it set off. Must not be added here: the effects of commands on anything but the
//! pool.

use super::formulas::{big, ceil_of, falls, floor_of};
use super::pools::pair;
use linli_economy::account::{Account, Asset};
use linli_economy::exits::Target;
use linli_economy::handle::{MemberId, OrderId};
use linli_economy::member::{Member, Payback};
use linli_economy::order::{Order, Seller, pro_rata};
use linli_economy::outcome::{Exit, Outcome};
use linli_economy::pool::{Price, retained};
use linli_economy::state::State;
use linli_economy::units::{Fen, Points};
use serde_json::Value;

const MILLION: u32 = 1_000_000;

/// How often each lemma was met.
#[derive(Debug, Default)]
pub struct Met {
    pub mints: u32,
    pub first_mints: u32,
    pub redemptions: u32,
    pub exits: u32,
    pub refunds: u32,
    pub charges: u32,
    pub surpluses: u32,
    pub refunds_without_supply: u32,
    pub injections: u32,
    pub emptied: u32,
}

/// What the lemmas speak of, as it was before a command.
pub struct Before {
    pub price: Price,
    reserve: Fen,
    supply: Points,
    members: Vec<Member>,
    orders: Vec<Order>,
}

impl Before {
    pub fn of(state: &State) -> Self {
        let pool = state.pool();
        let (members, orders) = (state.members().to_vec(), state.orders().to_vec());
        Self { price: pool.price(), reserve: pool.reserve(), supply: pool.supply(), members, orders }
    }
}

/// An accepted command. The paybacks are kept along, since no state shows them.
pub struct Step<'a> {
    pub state: &'a State,
    pub before: &'a Before,
    pub outcome: &'a Outcome,
    pub paybacks: &'a mut [Payback],
    pub met: &'a mut Met,
}

impl Step<'_> {
    pub fn check(mut self, line: &str) {
        let fields: Value = serde_json::from_str(line).expect("it was accepted");
        let own = match fields["cmd"].as_str().expect("a command") {
            "settle" | "settle_mall" => self.mint(),
            "redeem" => self.redemption(),
            "refund" => self.refund(),
            "inject" => self.injection(),
            _ => {
                self.expect(self.before.reserve, self.before.supply);
                None
            }
        };
        self.met.emptied +=
            u32::from(self.outcome.supply == Points::ZERO && self.before.supply > Points::ZERO);
        self.exits(own);
    }

    /// Pool and supply between the command's own effect and its exits.
    fn middle(&self) -> (Fen, Points) {
        let start = (self.outcome.pool, self.outcome.supply);
        self.outcome
            .exits
            .iter()
            .fold(start, |(pool, supply), exit| (pool + exit.payout, supply + exit.points))
    }

    fn expect(&self, reserve: Fen, supply: Points) {
        assert_eq!(self.middle(), (reserve, supply));
    }

    /// The order that this command changed.
    fn order(&self, changed: impl Fn(&Order, Option<&Order>) -> bool) -> (OrderId, &Order) {
        let orders = self.state.orders();
        let is_it = |index: &usize| changed(&orders[*index], self.before.orders.get(*index));
        let index = (0..orders.len()).find(is_it).expect("the command is about an order");
        (OrderId::at(index).expect("it has a handle"), &orders[index])
    }

    fn mint(&mut self) -> Option<MemberId> {
        let (id, order) = self
            .order(|order, before| order.is_settled() && before.is_none_or(|before| !before.is_settled()));
        let inflow = self.state.legs_of(id, &mut Vec::new());
        let member = order.member;
        assert_eq!(member.is_some(), self.outcome.minted.is_some());
        let minted = self.outcome.minted.unwrap_or(Points::ZERO);
        if member.is_some() {
            let v = self.state.plan_at(order.terms.plan).points.mint.share_floor(inflow);
            let (p, s) = pair(self.before.price);
            assert!(v <= inflow && floor_of(&big(minted.0), &(big(v) * s), &p));
            assert!(big(minted.0) <= big(inflow) * MILLION);
            self.met.mints += 1;
            self.met.first_mints += u32::from(self.before.supply == Points::ZERO);
        }
        self.expect(self.before.reserve + Fen::from(inflow), self.before.supply + minted);
        member
    }

    fn redemption(&mut self) -> Option<MemberId> {
        let posting = self.outcome.postings.iter().find(|posting| posting.asset == Asset::Gp);
        let posting = posting.expect("points are burned");
        let Account::Points(id) = posting.account else { panic!("{posting:?} comes first") };
        let (member, points) = (&self.before.members[id.index()], Points(-posting.amount));
        assert!(Points::ZERO < points && points <= member.points && member.points <= self.before.supply);
        let gross = self.before.price.worth_floor(points);
        assert!(floor_of(
            &big(gross.0),
            &(big(points.0) * self.before.reserve.0),
            &big(self.before.supply.0)
        ));
        let payout = retained(gross, self.state.plan_at(member.cycle).points.retention);
        assert_eq!(self.outcome.payout, Some(payout));
        self.expect(self.before.reserve - payout, self.before.supply - points);
        self.paybacks[id.index()].note(payout, points);
        self.met.redemptions += 1;
        // T and C stay, so that an exit of the same member can be told like any other.
        None
    }

    fn injection(&mut self) -> Option<MemberId> {
        let posting = self.outcome.postings.iter().find(|posting| posting.account == Account::PoolReserve);
        let amount = Fen(posting.expect("the pool takes it").amount);
        assert!(amount > Fen::ZERO);
        self.expect(self.before.reserve + amount, self.before.supply);
        self.met.injections += 1;
        None
    }

    fn refund(&mut self) -> Option<MemberId> {
        let (id, order) =
            self.order(|order, before| before.is_some_and(|before| before.refunded < order.refunded));
        let (whole, past) = (order.left(), self.before.orders[id.index()].refunded);
        let due = |part| i128::from(pro_rata(part, order.refunded, whole) - pro_rata(part, past, whole));
        let (refund, member) = (i128::from(order.refunded - past), order.member);
        let mut legs = Vec::new();
        self.state.legs_of(id, &mut legs);
        let y = refund - legs.iter().map(|leg| due(leg.fen)).sum::<i128>();
        let held = member.map_or(0, |member| self.before.members[member.index()].points.0);
        let (q, gone) = (due(order.minted).min(held), due(order.minted) - due(order.minted).min(held));
        let (reserve, supply) = (self.before.reserve.0, self.before.supply.0);
        assert!(0 <= q && q <= supply);
        let limit = if q == supply { reserve } else { self.before.price.worth_floor(Points(q)).0 };
        assert!(q == supply || floor_of(&big(limit), &(big(q) * reserve), &big(supply)));
        let x = if supply == 0 { 0 } else { y.min(limit) };
        let c = member.map_or(0, |member| charge(&self.paybacks[member.index()], gone, refund));
        let (missing, surplus) = ((y - x - c).max(0), (c - (y - x)).max(0));
        let seller = match order.seller {
            Seller::Store(store) => Account::Store(store),
            Seller::Mall(_) => Account::PlatformProfit,
        };
        let of_seller = self.outcome.postings.iter().filter(|posting| posting.account == seller);
        let returned = legs.iter().filter(|leg| leg.account == seller).map(|leg| due(leg.fen)).sum::<i128>();
        assert_eq!(of_seller.map(|posting| posting.amount).sum::<i128>(), -returned - missing);
        self.expect(Fen(reserve - (x - surplus)), Points(supply - q));
        if let Some(member) = member {
            self.paybacks[member.index()].received -= Fen(c);
        }
        self.met.refunds += 1;
        self.met.charges += u32::from(c > 0);
        self.met.surpluses += u32::from(surplus > 0);
        self.met.refunds_without_supply += u32::from(supply == 0);
        member
    }

    /// The exits one after the other. What the member of the command itself earned and spent has changed with
    /// it; all others' is that of before.
    fn exits(&mut self, own: Option<MemberId>) {
        let (mut pool, mut supply) = self.middle();
        for exit in &self.outcome.exits {
            let price = Price { pool, supply };
            let worth = price.worth_floor(exit.points);
            assert!(floor_of(&big(worth.0), &(big(exit.points.0) * pool.0), &big(supply.0)));
            assert!(Points::ZERO < exit.points && exit.points <= supply && exit.payout <= worth);
            if own != Some(exit.member) {
                self.exit(exit, price);
                self.met.exits += 1;
            }
            (pool, supply) = (pool - exit.payout, supply - exit.points);
            let after = if supply == Points::ZERO { price } else { Price { pool, supply } };
            assert!(!falls(&pair(price), &pair(after)) && pool >= Fen::ZERO);
            self.paybacks[exit.member.index()].note(exit.payout, exit.points);
        }
        assert_eq!((pool, supply), (self.outcome.pool, self.outcome.supply));
    }

    fn exit(&self, exit: &Exit, price: Price) {
        let member = &self.before.members[exit.member.index()];
        let rules = self.state.plan_at(member.cycle).points;
        let (spent, earned) = (member.spent.unsigned(), member.earned.unsigned());
        assert!(Target { cap_ppm: rules.cap.0, spent, earned }.reached(price));
        assert!(exit.points <= member.points && member.points <= member.earned);
        let (cap, whole) = (big(rules.cap.0) * spent, big(MILLION) * earned);
        let capped = &cap * exit.points.0 / &whole;
        assert!(floor_of(&capped, &(&cap * exit.points.0), &whole));
        let worth = price.worth_floor(exit.points);
        assert!(capped <= big(worth.0), "who is due has a capped value within the worth");
        assert!(&capped * MILLION <= cap);
        let gross = Fen(i128::try_from(capped).expect("at most the worth").min(worth.0));
        assert_eq!(exit.payout, retained(gross, rules.retention));
    }
}

/// The charge for points that are gone.
fn charge(payback: &Payback, gone: i128, refund: i128) -> i128 {
    let Some((p, n)) = payback.best.filter(|_| gone > 0) else { return 0 };
    let rated = (big(gone) * p.0 + n.0 - 1) / n.0;
    assert!(ceil_of(&rated, &(big(gone) * p.0), &big(n.0)) && payback.received >= Fen::ZERO);
    let charged = rated.min(big(payback.received.0)).min(big(refund));
    i128::try_from(charged).expect("at most the refund")
}
