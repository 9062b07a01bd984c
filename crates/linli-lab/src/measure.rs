//! What a run did to people: who got back what, by the month of their first order; who got how much of the turnover; how
//! unequally. Balances and worths are the economy's; here they are only counted, sorted and divided.

mod cohort;
mod joiner;
mod spread;
mod who;

pub use cohort::{Cohort, Returned, per_100};
pub use joiner::LateJoiner;
pub use spread::{Spread, quantile};
pub use who::{Who, WhoGot};

use crate::books::Books;
use crate::people::People;
use crate::run::{Attacked, FirstAtCap, Staff, Tally};
use crate::scenario::{Date, Scenario};
use linli_economy::plan::Plan;
use linli_economy::state::State;
use linli_economy::units::{Fen, Points};

/// What a run gives.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The scenario's name.
    pub scenario: String,
    /// What it tries: English, Chinese.
    pub about: [String; 2],
    /// The seed.
    pub seed: u64,
    /// The first day.
    pub start: Date,
    /// The plan that it opened with.
    pub plan: Plan,
    /// The plan in force at the end.
    pub last_plan: Plan,
    /// The series.
    pub rows: Vec<crate::run::Row>,
    /// By month of the first order.
    pub cohorts: Vec<Cohort>,
    /// Everybody together.
    pub everyone: Cohort,
    /// How unequally what came back is spread.
    pub spread: Spread,
    /// Who got what of the turnover.
    pub who: WhoGot,
    /// The first members at the cap.
    pub firsts: Vec<FirstAtCap>,
    /// Sums of the whole run.
    pub sums: crate::run::Sums,
    /// Refunds that were refused because they would have left the store in debt.
    pub refunds_refused: u64,
    /// What all points would pay now.
    pub redeem_all: RedeemAll,
    /// What the model takes of memory.
    pub memory: Memory,
    /// What attackers came to, in the order of the input.
    pub attacked: Vec<Attacked>,
}

/// What all points that members hold would pay at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedeemAll {
    /// Each at the price of the end, as if nobody else redeemed.
    pub at_one_price: Fen,
    /// One after another, the first comer first, each at the price that those before left.
    pub one_after_another: Fen,
    /// What that leaves in the pool.
    pub left_in_pool: Fen,
}

/// Bytes that the state takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// For each member who buys, in the economy and here.
    pub member_bytes: u64,
    /// For each order, where orders are kept.
    pub order_bytes: u64,
}

/// Measures a finished run.
pub(crate) fn measure(
    scenario: &Scenario,
    seed: u64,
    books: Books<'_>,
    people: &People,
    staff: &Staff,
    tally: Tally,
    attacked: Vec<Attacked>,
) -> Measured {
    let memory = memory(books.keeps_orders());
    let state = books.into_state();
    let returned = Returned::of_all(&state, people);
    Measured {
        scenario: scenario.name.clone(),
        about: [scenario.about.en.clone(), scenario.about.zh.clone()],
        seed,
        start: tally.start,
        plan: state.plans()[0].clone(),
        last_plan: state.plan().clone(),
        cohorts: cohort::by_month(people, &returned, tally.start),
        everyone: cohort::everyone(people, &returned),
        spread: Spread::of(returned.iter().map(|returned| returned.total().0).collect()),
        who: WhoGot::of(&state, people, staff, &tally.sums()),
        firsts: tally.firsts.clone(),
        sums: tally.sums(),
        refunds_refused: tally.refunds_refused,
        redeem_all: redeem_all(state, people, &returned),
        memory,
        attacked,
        rows: tally.rows,
    }
}

/// Has everybody redeem all they hold: on a state that nobody needs afterwards.
fn redeem_all(mut state: State, people: &People, returned: &[Returned]) -> RedeemAll {
    let at_one_price = returned.iter().fold(Fen::ZERO, |sum, returned| sum + returned.redeemable);
    let mut one_after_another = Fen::ZERO;
    let at = state.clock();
    for number in 0..people.len() {
        let member = people.member(number);
        let points = state.members()[member.index()].points;
        if points == Points::ZERO {
            continue;
        }
        state.begin(at);
        // Points worth less than a fen pay nothing and stay.
        if state.redeem(member, points).is_ok() {
            state.finish();
            let outcome = state.outcome();
            let exits = outcome.exits.iter().fold(Fen::ZERO, |sum, exit| sum + exit.payout);
            one_after_another += outcome.payout.expect("a redemption pays") + exits;
        }
    }
    RedeemAll { at_one_price, one_after_another, left_in_pool: state.pool().reserve() }
}

fn memory(keeps_orders: bool) -> Memory {
    use linli_economy::member::{Member, Payback};
    let member = size_of::<Member>()
        + size_of::<Payback>()
        + size_of::<crate::people::Person>()
        + 2 * size_of::<u32>();
    let order = if keeps_orders { size_of::<linli_economy::order::Order>() } else { 0 };
    Memory { member_bytes: member as u64, order_bytes: order as u64 }
}
