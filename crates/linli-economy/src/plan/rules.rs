//! The rules between a plan's keys.

use super::file::File;
use super::{Claim, Plan};
use crate::rate::{Rate, WHOLE_PPM};

/// Refuses what breaks a rule between keys.
pub fn check(file: &mut File<'_>, plan: &Plan) {
    let take = &plan.take;
    let fixed = take.platform.0 + take.distribution.0;
    if fixed > take.min_rate.0 {
        let sum = Rate(fixed);
        file.refuse_read(
            "take.min_rate",
            format!("must be at least take.platform + take.distribution = {sum}"),
        );
    }
    if !(take.min_rate..=take.max_rate).contains(&take.rate) {
        let (low, high) = (take.min_rate, take.max_rate);
        file.refuse_read(
            "take.rate",
            format!("must be from take.min_rate = {low} to take.max_rate = {high}"),
        );
    }
    let claim = Claim::largest(plan);
    if !claim.fits(take.distribution) {
        let largest = Claim::percent(claim.total());
        let reason = format!(
            "must carry the largest claim of referral, recruit, region, levels and dividend: {largest}"
        );
        file.refuse_read("take.distribution", reason);
    }
    if plan.mall.store_rebate.0 + fixed > WHOLE_PPM {
        let left = Rate(WHOLE_PPM.saturating_sub(fixed));
        file.refuse_read(
            "mall.store_rebate",
            format!("must leave 100% - take.platform - take.distribution: at most {left}"),
        );
    }
}
