//! Agents: districts, cities and the province get theirs through the first months, each pays a fee, and one a quarter
//! gives up.

use super::World;
use super::stores::PROVINCE;
use linli_platform::division;
use serde_json::json;

/// Days between two appointments of a small world.
const EVERY: i64 = 3;

impl World {
    pub(super) fn plan_agents(&mut self) {
        if self.day == 2 {
            self.appoint(format!("{PROVINCE}0000"), "100000.00");
        }
        if (3..200).contains(&self.day) && self.day % EVERY == 0 {
            let regions = self.regions();
            let place = usize::try_from(self.day / EVERY - 1).expect("a day of the year");
            // A large world has more regions than days: several are appointed on one.
            let step = usize::try_from(200 / EVERY).expect("a small number");
            for region in regions.into_iter().skip(place).step_by(step) {
                let fee = if region.ends_with("00") { "20000.00" } else { "5000.00" };
                self.appoint(region, fee);
            }
        }
        if self.day % 90 == 89 {
            let place =
                usize::try_from(self.random.below(64)).expect("a small number") % self.appointed.len();
            let region = self.appointed.swap_remove(place);
            self.plan(self.day, 4 * 3_600, json!({"cmd": "dismiss", "region": region}));
        }
    }

    /// The cities that have stores, and their districts.
    fn regions(&self) -> Vec<String> {
        let cities = division::within(PROVINCE).take(self.size.cities());
        let regions = cities.flat_map(|city| std::iter::once(city).chain(division::within(city.code)));
        let mut regions: Vec<_> = regions.map(|division| division.region()).collect();
        // A city without districts is published as its own only one.
        regions.dedup();
        regions
    }

    fn appoint(&mut self, region: String, fee: &str) {
        let agent = self.any_member_before_today();
        let id = self.new_id("F");
        self.plan(self.day, 5 * 3_600, json!({"cmd": "appoint", "region": region, "agent": agent}));
        self.plan(
            self.day,
            5 * 3_600,
            json!({"cmd": "fee", "id": id, "member": agent, "region": region, "amount": fee}),
        );
        self.appointed.push(region);
    }
}
