//! What seed-one's rules make of orders in stores without agents, recruiters or rates of their own, in as few lines
//! as they take: plain integers, and a look at every member after every order. It shares nothing with the engine.
//! Must not be added: any other command.

use std::collections::BTreeMap;

/// One million.
const M: u128 = 1_000_000;

/// Everything, in fen and micro-points.
#[derive(Default)]
pub struct Model {
    pub pool: u128,
    pub supply: u128,
    pub platform: u128,
    pub stores: BTreeMap<String, u128>,
    pub wallets: BTreeMap<String, u128>,
    members: Vec<Member>,
    places: BTreeMap<String, usize>,
    /// The pool and the supply before the supply last fell to nothing.
    before: Option<(u128, u128)>,
}

#[derive(Default)]
struct Member {
    name: String,
    points: u128,
    /// Earned and counted in this cycle.
    earned: u128,
    spent: u128,
}

/// What an order changed.
#[derive(Debug, PartialEq)]
pub struct Settled {
    pub inflow: u128,
    pub minted: u128,
    /// The exits that it set off: member, points, payout.
    pub exits: Vec<(String, u128, u128)>,
}

impl Model {
    /// Settles an order of a member whose inviter is `inviter`, the owner of their first store.
    pub fn settle(&mut self, member: &str, inviter: &str, store: &str, amount: u128) -> Settled {
        let take = (amount * 200_000).div_ceil(M);
        let direct = amount * 3_000 / M;
        let platform = amount * 20_000 / M + amount * 20_000 / M - direct;
        let inflow = take - direct - platform;
        let value = inflow * 700_000 / M;
        let (pool, supply) =
            if self.supply > 0 { (self.pool, self.supply) } else { self.before.unwrap_or((100, M)) };
        let minted = value * supply / pool;
        *self.stores.entry(store.to_string()).or_default() += amount - take;
        *self.wallets.entry(inviter.to_string()).or_default() += direct;
        self.platform += platform;
        self.pool += inflow;
        self.supply += minted;
        let buyer = self.member(member);
        buyer.points += minted;
        buyer.earned += minted;
        buyer.spent += amount.min(inflow * M / 160_000);
        let mut exits = Vec::new();
        while let Some(exit) = self.exit() {
            exits.push(exit);
        }
        Settled { inflow, minted, exits }
    }

    /// Yuan per point with six decimals, rounded down.
    pub fn price(&self) -> String {
        let micro_yuan = self.pool * 10_000_000_000 / self.supply;
        format!("{}.{:06}", micro_yuan / M, micro_yuan % M)
    }

    fn member(&mut self, name: &str) -> &mut Member {
        let place = *self.places.entry(name.to_string()).or_insert(self.members.len());
        if place == self.members.len() {
            self.members.push(Member { name: name.to_string(), ..Member::default() });
        }
        &mut self.members[place]
    }

    /// The exit of whoever is farthest over the cap, if anybody is.
    fn exit(&mut self) -> Option<(String, u128, u128)> {
        let (pool, supply) = (self.pool, self.supply);
        let over = self.members.iter_mut().filter(|member| {
            let is_in = member.earned > 0 && member.spent > 0 && member.points > 0;
            is_in && member.earned * pool * 10 >= 12 * member.spent * supply
        });
        // The first of equals is the earlier registered.
        let member = over.min_by(|a, b| (a.spent * b.earned).cmp(&(b.spent * a.earned)))?;
        let capped = 12 * member.spent * member.points / (10 * member.earned);
        let payout = (member.points * pool / supply).min(capped) * 800_000 / M;
        let exit = (member.name.clone(), member.points, payout);
        (member.points, member.earned, member.spent) = (0, 0, 0);
        self.pool -= payout;
        self.supply -= exit.1;
        if self.supply == 0 {
            self.before = Some((pool, supply));
        }
        *self.wallets.entry(exit.0.clone()).or_default() += payout;
        Some(exit)
    }
}
