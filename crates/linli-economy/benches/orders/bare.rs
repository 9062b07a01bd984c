//! The limit: a bare loop over flat arrays of machine words with the same arithmetic, roundings and exits. It
//! checks nothing, keeps nothing of an order, and could neither refund nor explain it.

use super::world::{Order, RECRUITERS, STORES, World};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

const PPM: u64 = 1_000_000;

pub struct Bare {
    inviters: Vec<u32>,
    wallets: Vec<u64>,
    holdings: Vec<Holding>,
    stores: Vec<u64>,
    platform: u64,
    dividend: u64,
    deduction: Vec<u64>,
    pool: u64,
    supply: u64,
    cap_ppm: u64,
    take_ppm: u64,
    /// Members by a target that may have risen since.
    queue: BinaryHeap<Reverse<(u64, u32)>>,
    almost: Vec<Reverse<(u64, u32)>>,
}

#[derive(Clone, Copy, Default)]
struct Holding {
    points: u64,
    earned: u64,
    spent: u64,
    /// The lowest target under which the member is queued, or 0.
    queued: u64,
}

const NOBODY: u32 = u32::MAX;

impl Bare {
    pub fn new(world: &World) -> Self {
        let members = world.inviters.len();
        Self {
            inviters: world.inviters.iter().map(|inviter| inviter.unwrap_or(NOBODY)).collect(),
            wallets: vec![0; members],
            holdings: vec![Holding::default(); members],
            stores: vec![0; STORES],
            platform: 0,
            dividend: 0,
            deduction: vec![0; members],
            pool: 0,
            supply: 0,
            cap_ppm: world.plan.points.cap.0,
            take_ppm: world.plan.take.rate.0.into(),
            queue: BinaryHeap::new(),
            almost: Vec::new(),
        }
    }

    pub fn run(&mut self, orders: &[Order]) {
        for batch in orders.chunks(32) {
            self.read_ahead(batch);
            for order in batch {
                self.settle(order);
            }
        }
    }

    /// Asks the memory for many lines at once, as the engine does.
    fn read_ahead(&self, batch: &[Order]) {
        let mut seen = 0;
        let mut people = [NOBODY; 32];
        for (person, order) in people.iter_mut().zip(batch) {
            let member = order.member as usize;
            seen ^= self.holdings[member].points ^ self.deduction[member];
            *person = self.inviters[member];
        }
        for person in &mut people {
            if *person != NOBODY {
                seen ^= self.wallets[*person as usize];
                *person = self.inviters[*person as usize];
            }
        }
        for person in people {
            if person != NOBODY {
                seen ^= self.wallets[person as usize];
            }
        }
        std::hint::black_box(seen);
    }

    fn settle(&mut self, order: &Order) {
        let (amount, member) = (order.amount, order.member as usize);
        let share = |ppm: u64| amount * ppm / PPM;
        let take = (amount * self.take_ppm).div_ceil(PPM);
        self.stores[order.store as usize] += amount - take;
        let mut claimed = 0;
        let direct = self.inviters[member];
        if direct != NOBODY {
            claimed += self.pay(direct as usize, share(3_000));
            let indirect = self.inviters[direct as usize];
            if indirect != NOBODY {
                claimed += self.pay(indirect as usize, share(2_000));
            }
        }
        claimed += self.pay(order.store as usize % RECRUITERS, share(5_000));
        for agent in 0..3 {
            claimed += self.pay(agent, share(1_000));
        }
        let dividend = share(1_000);
        self.dividend += dividend;
        let platform = share(20_000) + share(20_000) - claimed - dividend;
        self.platform += platform;
        let inflow = take - claimed - dividend - platform;
        let value = inflow * 700_000 / PPM;
        let minted = if self.supply == 0 {
            value * 10_000
        } else {
            u64::try_from(u128::from(value) * u128::from(self.supply) / u128::from(self.pool)).expect("small")
        };
        self.pool += inflow;
        self.supply += minted;
        let counted = amount.min(inflow * PPM / (self.take_ppm - 40_000));
        self.deduction[member] += amount * 2;
        let holding = &mut self.holdings[member];
        holding.points += minted;
        holding.earned += minted;
        holding.spent += counted;
        self.queue(order.member);
        self.exits();
    }

    fn pay(&mut self, member: usize, fen: u64) -> u64 {
        self.wallets[member] += fen;
        fen
    }

    /// The target of a member in 2^-20 ppm of a fen a micro-point, rounded down.
    fn target(&self, holding: &Holding) -> u64 {
        let target =
            ((u128::from(self.cap_ppm) * u128::from(holding.spent)) << 20) / u128::from(holding.earned);
        u64::try_from(target).unwrap_or(u64::MAX).max(1)
    }

    fn queue(&mut self, member: u32) {
        let holding = self.holdings[member as usize];
        if holding.earned == 0 {
            return;
        }
        let target = self.target(&holding);
        if holding.queued == 0 || target < holding.queued {
            self.holdings[member as usize].queued = target;
            self.queue.push(Reverse((target, member)));
        }
    }

    fn exits(&mut self) {
        loop {
            let price =
                u64::try_from(((u128::from(self.pool) * u128::from(PPM)) << 20) / u128::from(self.supply))
                    .expect("small");
            let Some(&Reverse((queued, member))) = self.queue.peek().filter(|due| due.0.0 <= price) else {
                break;
            };
            self.queue.pop();
            let holding = self.holdings[member as usize];
            if holding.queued != queued {
                continue;
            }
            self.holdings[member as usize].queued = 0;
            let worth = u128::from(holding.earned) * u128::from(self.pool) * u128::from(PPM);
            let capped = u128::from(self.cap_ppm) * u128::from(holding.spent) * u128::from(self.supply);
            if worth < capped {
                let target = self.target(&holding);
                self.holdings[member as usize].queued = target;
                if target > price {
                    self.queue.push(Reverse((target, member)));
                } else {
                    // Not reached yet, although the rounded figures are equal: looked at again with the next order.
                    self.almost.push(Reverse((target, member)));
                }
                continue;
            }
            self.exit(member as usize, &holding);
        }
        self.queue.extend(self.almost.drain(..));
    }

    fn exit(&mut self, member: usize, holding: &Holding) {
        let points = u128::from(holding.points);
        let worth = points * u128::from(self.pool) / u128::from(self.supply);
        let capped = u128::from(self.cap_ppm) * u128::from(holding.spent) * points
            / (u128::from(PPM) * u128::from(holding.earned));
        let payout = u64::try_from(worth.min(capped) * 800_000 / u128::from(PPM)).expect("small");
        self.pool -= payout;
        self.supply -= holding.points;
        self.wallets[member] += payout;
        self.holdings[member] = Holding::default();
    }

    /// Pool and supply.
    pub fn figures(&self) -> (i128, i128) {
        (self.pool.into(), self.supply.into())
    }
}
