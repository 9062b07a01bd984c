//! The last days of the small world: nothing is refused, and every state that there is has somebody in it.

use linli_demo::life::{Entry, Lived, Sealer, begins, live};
use linli_demo::{Size, World};
use linli_economy::time::Instant;
use linli_platform::agency::Stage;
use linli_platform::deal::VoucherStatus;
use linli_platform::document::Topic;
use linli_platform::mall::order::OrderState;
use linli_platform::mall::product::ProductState;
use linli_platform::mall::returning::ReturnState;
use linli_platform::{plan_change, proposal, withdrawal};
use std::collections::BTreeSet;

/// 2026-12-01T00:00:00Z.
const NOW: Instant = Instant { seconds: 1_796_083_200, nanoseconds: 0 };

/// Seals nothing: who and what stand in clear, so that it is seen what would be sealed.
struct Plain;

impl Sealer for Plain {
    fn seal(&mut self, person: &str, field: &str, plain: &[u8]) -> Result<Vec<u8>, String> {
        Ok([format!("{person} {field} ").as_bytes(), plain].concat())
    }

    fn digest(&mut self, person: &str, field: &str, plain: &[u8]) -> Result<[u8; 32], String> {
        let mut digest = [0_u8; 32];
        for (place, byte) in person.bytes().chain(field.bytes()).chain(plain.iter().copied()).enumerate() {
            digest[place % 16] = digest[place % 16].wrapping_mul(31) ^ byte;
        }
        Ok(digest)
    }
}

fn lived() -> Lived {
    let mut world = World::new(Size::Small);
    world.by_ref().for_each(drop);
    live(world.into_economy(), Vec::new(), &mut Plain, NOW).expect("the year ends before")
}

#[test]
fn nothing_is_refused_and_every_state_has_something_in_it() {
    let lived = lived();
    assert_eq!(lived.refused, [""; 0]);
    let (economy, platform) = (&lived.economy, &lived.platform);
    let mall = &platform.mall;
    for state in OrderState::ALL {
        assert!(
            mall.orders().in_state(state, u32::MAX).next().is_some(),
            "no mall order is {}",
            state.name()
        );
    }
    for state in ReturnState::ALL {
        assert!(mall.returns().in_state(state, u32::MAX).next().is_some(), "no return is {}", state.name());
    }
    let products: BTreeSet<_> = mall.products().after("").map(|(_, product)| product.state).collect();
    assert_eq!(products.len(), 3, "{products:?}");
    assert!(products.contains(&ProductState::Draft));
    let member = member(&lived);
    let bought = platform.deals.bought_by_member(&member, u64::MAX);
    let statuses: BTreeSet<_> = bought.map(|(_, purchase)| purchase.status(economy, NOW).name()).collect();
    let all = [VoucherStatus::Reserved, VoucherStatus::Valid, VoucherStatus::Used, VoucherStatus::Expired];
    for status in all.into_iter().chain([VoucherStatus::GivenBack]) {
        assert!(statuses.contains(status.name()), "no voucher is {}: {statuses:?}", status.name());
    }
    use withdrawal::State::{Approved, Failed, InPayment, InReview, Paid, Rejected, Submitted, TakenBack};
    for state in [Submitted, InReview, Approved, InPayment, Paid, Rejected, Failed, TakenBack] {
        assert!(platform.withdrawals.queue(state).next().is_some(), "no withdrawal is {state:?}");
    }
    let proposals: BTreeSet<_> = platform.proposals.iter().map(|proposal| proposal.state).collect();
    assert_eq!(proposals.len(), 5, "{proposals:?}");
    assert!(proposals.contains(&proposal::State::Expired));
    let plans: BTreeSet<_> = platform.plan_changes.iter().map(|change| change.state).collect();
    assert_eq!(plans.len(), 5, "all but a plan that the economy refuses: {plans:?}");
    assert!(plans.contains(&plan_change::State::Active));
    economy.state().check().expect("what always holds");
}

#[test]
fn agents_have_terms_in_every_stage_rules_hold_or_will_and_each_open_store_has_a_page() {
    use Stage::{Dismissed, Ended, Serving, Waiting};
    let lived = lived();
    let (economy, platform) = (&lived.economy, &lived.platform);
    let stage = |id: &str| platform.agencies.get(id).map(|appointment| appointment.stage);
    let terms =
        ["serving", "ending", "ended", "dismissed", "planned"].map(|id| stage(&format!("agency-{id}")));
    assert_eq!(terms, [Serving, Serving, Ended, Dismissed, Waiting].map(Some));
    assert!(platform.documents.in_force(Topic::Points, NOW).is_some());
    assert!(platform.documents.coming(Topic::Mall, NOW).is_some());
    let open = economy.state().stores().iter().filter(|store| !store.closed).count();
    let placed = platform.storefronts.all().filter(|(_, front)| front.page.place.is_some()).count();
    assert_eq!(placed, open);
}

/// The member who can log in, who has something of everything.
fn member(lived: &Lived) -> String {
    let order = lived.platform.mall.orders().get("mall-settled-1").expect("an order");
    order.member.clone()
}

/// The same acts forty days before whenever it is; an id of a parcel, which follows from the time, apart.
#[test]
fn it_is_the_same_every_time() {
    let forms = |lived: &Lived| -> Vec<String> {
        let form = |(at, entry): &(Instant, Entry)| format!("{} {entry:?}", at.seconds - begins(NOW).seconds);
        lived.entries.iter().map(form).collect()
    };
    assert_eq!(forms(&lived()), forms(&lived()));
}

#[test]
fn the_last_days_do_not_begin_before_the_year_has_ended() {
    let mut world = World::new(Size::Small);
    world.by_ref().for_each(drop);
    let early = Instant { seconds: 1_790_000_000, nanoseconds: 0 };
    assert!(live(world.into_economy(), Vec::new(), &mut Plain, early).is_none());
}
