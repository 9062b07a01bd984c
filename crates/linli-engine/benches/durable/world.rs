//! The orders of the bench: a district's members and stores, and orders with ids as tills give them.

use linli_economy::command::{AmountText, Command, Id, Line};
use linli_engine::Group;
use std::borrow::Cow;

pub const PLAN: &str = include_str!("../../../../plans/seed-three.toml");

/// Members, enough not to stay in the cache.
pub const MEMBERS: u64 = 100_000;
const STORES: u64 = 500;

/// Orders with ids that go up, of random members in random stores.
pub struct World {
    random: u64,
    order: u64,
}

impl World {
    /// Its ids begin here, so that two worlds share none.
    pub fn new(first_order: u64) -> Self {
        Self { random: first_order, order: first_order }
    }

    /// The members and stores, each bound to one registered before.
    pub fn opening(&mut self) -> Vec<Group> {
        let mut lines = vec![command(Command::OpenMember { member: id("M0"), inviter: None })];
        for member in 1..MEMBERS {
            let inviter = self.below(member);
            lines.push(command(Command::OpenMember {
                member: id(&format!("M{member}")),
                inviter: Some(id(&format!("M{inviter}"))),
            }));
        }
        for store in 0..STORES {
            lines.push(command(Command::OpenStore {
                store: id(&format!("S{store}")),
                owner: id("M0"),
                recruiter: Some(id("M1")),
                district: Cow::Borrowed("440106"),
                take_rate: None,
            }));
        }
        lines.chunks(1_000).map(group).collect()
    }

    /// A group of orders.
    pub fn orders(&mut self, count: usize) -> Group {
        let lines: Vec<_> = (0..count).map(|_| self.next_order()).collect();
        group(&lines)
    }

    fn next_order(&mut self) -> Line<'static> {
        self.order += 1;
        let (member, store, fen) = (self.below(MEMBERS), self.below(STORES), 100 + self.below(100_000));
        let amount = AmountText::new(Cow::Owned(format!("{}.{:02}", fen / 100, fen % 100)));
        command(Command::SettleInOne {
            order: id(&format!("O{}", 31_198_570_044 + self.order)),
            member: Some(id(&format!("M{member}"))),
            store: id(&format!("S{store}")),
            amount: amount.expect("an amount"),
        })
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.random =
            self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) % limit
    }
}

fn id(text: &str) -> Id<'static> {
    Id::new(Cow::Owned(text.to_string())).expect("an id")
}

fn command(command: Command<'static>) -> Line<'static> {
    Line::new(command, None)
}

fn group(lines: &[Line<'static>]) -> Group {
    let mut group = Group::new();
    for line in lines {
        group.push(&Ok(line.clone()));
    }
    group
}
