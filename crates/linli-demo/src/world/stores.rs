//! Stores open in the districts of Guangdong, most of them early in the year; a few close.

use super::{Store, World};
use crate::calendar::by_end_of;
use linli_platform::division;
use serde_json::json;

/// The province.
pub const PROVINCE: &str = "44";

/// The days in which stores open.
const OPENING_DAYS: i64 = 240;

/// What orders of a kind of store are between, in fen: breakfast, restaurant, groceries, hairdresser, tailor, optician.
const KINDS: [(u64, u64); 6] =
    [(600, 3_000), (4_000, 38_000), (1_500, 22_000), (3_000, 28_800), (9_900, 69_900), (19_900, 199_900)];

/// Of a hundred stores, those that somebody recruited.
const RECRUITED: u64 = 60;

impl World {
    pub(super) fn plan_stores(&mut self) {
        // On the first day members come before their stores.
        if self.day == 0 {
            return;
        }
        let (first, total) = (self.size.stores() / 4, self.size.stores());
        let due = first + by_end_of(self.day, OPENING_DAYS, total - first);
        while self.opened < due {
            self.opened += 1;
            self.open_store();
        }
        if self.day > 120 && self.random.percent(4) {
            let place =
                usize::try_from(self.random.below(1_000)).expect("a small number") % self.stores.len();
            let store = self.stores.remove(place).id;
            self.plan(self.day, 6 * 3_600, json!({"cmd": "close_store", "store": store}));
        }
    }

    fn open_store(&mut self) {
        let id = format!("S{:04}", self.opened);
        let owner = self.any_member_before_today();
        let recruiter = self.any_member_before_today();
        let district = self.any_district();
        let mut command = json!({"cmd": "open_store", "store": id, "owner": owner, "district": district});
        if self.random.percent(RECRUITED) && recruiter != owner {
            command["recruiter"] = json!(recruiter);
        }
        if self.random.percent(20) {
            command["take_rate"] = json!(*self.random.pick(&["10%", "15%", "25%", "30%"]));
        }
        self.plan(self.day, 6 * 3_600, command);
        let amounts = *self.random.pick(&KINDS);
        self.stores.push(Store { id, amounts });
    }

    fn any_district(&mut self) -> &'static str {
        let cities: Vec<_> = division::within(PROVINCE).take(self.size.cities()).collect();
        let city = self.random.pick(&cities).code;
        let districts: Vec<_> = division::within(city).collect();
        self.random.pick(&districts).code
    }
}
