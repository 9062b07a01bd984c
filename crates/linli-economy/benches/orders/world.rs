//! The world of the bench: members in random trees, stores with recruiters, agents, and random orders.

use linli_economy::plan::Plan;

/// Stores; few enough to stay in the cache, as a district's do.
pub const STORES: usize = 1_000;
/// Members who recruit.
pub const RECRUITERS: usize = 100;

/// Whether the plan lets anybody exit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Exits {
    /// A cap that nobody reaches.
    None,
    /// The lowest cap there is.
    Many,
}

impl Exits {
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Many => "many",
        }
    }
}

#[derive(Clone, Copy)]
pub struct Order {
    pub member: u32,
    pub store: u32,
    pub amount: u64,
}

pub struct World {
    pub plan: Plan,
    /// By member; every inviter was there before, the first has none.
    pub inviters: Vec<Option<u32>>,
    random: u64,
}

impl World {
    pub fn new(members: usize, exits: Exits) -> Self {
        let mut world = Self { plan: plan(exits), inviters: vec![None], random: 20_261_123 };
        for member in 1..members {
            let inviter = world.below(member as u64);
            world.inviters.push(Some(u32::try_from(inviter).expect("small")));
        }
        world
    }

    pub fn order_of(&mut self, member: usize) -> Order {
        let store = u32::try_from(self.below(STORES as u64)).expect("small");
        let amount = 1_000 + self.below(99_000);
        Order { member: u32::try_from(member).expect("small"), store, amount }
    }

    /// Random orders of random members.
    pub fn orders(&mut self, count: usize) -> Vec<Order> {
        let members = self.inviters.len() as u64;
        (0..count)
            .map(|_| {
                let member = self.below(members);
                self.order_of(usize::try_from(member).expect("small"))
            })
            .collect()
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }
}

/// The plan: seed-one with a dividend, and with a cap that nobody reaches, or a take and a cap that provoke as
/// many exits as such a plan yields.
fn plan(exits: Exits) -> Plan {
    let text = include_str!("../../../../plans/seed-one.toml");
    let text = text.replace("[dividend]\nrate = \"0%\"", "[dividend]\nrate = \"0.1%\"");
    let text = match exits {
        Exits::None => text.replace(r#"cap = "1.2""#, r#"cap = "1000000""#),
        Exits::Many => {
            text.replace(r#"cap = "1.2""#, r#"cap = "1""#).replace(r#"rate = "20%""#, r#"rate = "50%""#)
        }
    };
    Plan::parse(&text).expect("a sound plan")
}
