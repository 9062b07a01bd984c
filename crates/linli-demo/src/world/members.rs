//! Members register through the year; most of them come through somebody whom they know.

use super::{World, member_id};
use crate::calendar::{DAYS, by_end_of};
use serde_json::json;

/// Of a hundred members, those who come through an invitation.
const INVITED: u64 = 70;

impl World {
    pub(super) fn plan_members(&mut self) {
        // A tenth is there on the first day, for the first stores to have owners.
        let (first, total) = (self.size.members() / 10, self.size.members());
        let due = first + by_end_of(self.day, DAYS, total - first);
        let before = self.members;
        while self.members < due {
            let invited = self.random.percent(INVITED) && before > 0;
            let inviter = invited.then(|| member_id(self.random.between(1, before)));
            self.members += 1;
            let member = member_id(self.members);
            let second = self.second_of_day();
            let command = match inviter {
                Some(inviter) => json!({"cmd": "open_member", "member": member, "inviter": inviter}),
                None => json!({"cmd": "open_member", "member": member}),
            };
            self.plan(self.day, second, command);
        }
        if self.day > 60 && self.random.percent(5) {
            self.plan_suspension();
        }
    }

    /// Somebody is suspended for two weeks.
    fn plan_suspension(&mut self) {
        let member = self.any_member_before_today();
        self.plan(self.day, 9 * 3_600, json!({"cmd": "suspend", "member": member}));
        self.plan(self.day + 14, 9 * 3_600, json!({"cmd": "reinstate", "member": member}));
    }

    /// A member who registered before today: one of today may come later in the day.
    pub(super) fn any_member_before_today(&mut self) -> String {
        let known = u64::try_from(self.economy.state().members().len()).expect("64 bits");
        member_id(self.random.between(1, known.max(1)))
    }

    /// A second between seven and ten past ten in the evening.
    pub(super) fn second_of_day(&mut self) -> i64 {
        self.random.between(7 * 3_600, 22 * 3_600).cast_signed()
    }
}
