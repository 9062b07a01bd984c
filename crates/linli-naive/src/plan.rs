//! A plan: every rate and rule of an economy, read from its file. What is in force here has passed
//! every refusal of economy.md; nothing outside this module ever doubts a rate.

mod limits;
mod section;

use num_traits::Zero;
use toml::Value;

use crate::number::{BigInt, int};
use crate::text;
use section::Section;

/// The rates of the four regional levels, in ppm, and how they stack.
pub struct Regions {
    /// Each agent its own rate; otherwise the difference to the levels below.
    pub additive: bool,
    /// From the district up: district, city, province, macro-region.
    pub rates_ppm: [BigInt; 4],
}

/// One rank and its rate in ppm.
pub struct Rank {
    /// As `set_rank` names it.
    pub name: String,
    /// Higher than that of every rank before it.
    pub rate_ppm: BigInt,
}

/// A plan whose every rule holds. Each field is the plan key of its name; rates and the cap are in
/// ppm, money in fen.
pub struct Plan {
    pub rate: BigInt,
    pub min_rate: BigInt,
    pub max_rate: BigInt,
    pub platform: BigInt,
    pub distribution: BigInt,
    pub unclaimed_to_platform: bool,
    pub start_price_fen: BigInt,
    pub genesis_fen: BigInt,
    pub mint: BigInt,
    pub retention: BigInt,
    pub cap: BigInt,
    pub redeem_to_spend: bool,
    pub direct: BigInt,
    pub indirect: BigInt,
    pub recruit: BigInt,
    pub regions: Regions,
    pub dividend: BigInt,
    pub max_depth: usize,
    pub peer: BigInt,
    pub ranks: Vec<Rank>,
    pub deduct: BigInt,
    pub award: BigInt,
    pub store_rebate: BigInt,
    pub award_days: i64,
}

impl Plan {
    /// Reads a plan file; the reason names the key and the value where it is refused.
    pub fn read(file: &str) -> Result<Plan, String> {
        let table: toml::Table = file.parse().map_err(|error| format!("not TOML: {error}"))?;
        let mut root = Section::new("", table);
        root.text("name")?;
        root.text("jurisdiction")?;
        if let Some(mut order) = root.optional_section("order")? {
            order.whole_or("hold_days", 7)?;
            order.whole_or("refund_days", 7)?;
            order.finish()?;
        }
        let mut plan = Plan::empty();
        plan.read_take(root.section("take")?)?;
        plan.read_points(root.section("points")?)?;
        plan.read_referral(root.section("referral")?, root.section("recruit")?, root.section("dividend")?)?;
        plan.read_regions(root.section("region")?)?;
        if let Some(levels) = root.optional_section("levels")? {
            plan.read_levels(levels)?;
        }
        plan.read_mall(root.section("mall")?)?;
        root.finish()?;
        limits::check(&plan)?;
        Ok(plan)
    }

    /// The rate of a rank by its name; None for a name that this plan does not know.
    pub fn rank_rate(&self, name: &str) -> Option<&BigInt> {
        self.ranks.iter().find(|rank| rank.name == name).map(|rank| &rank.rate_ppm)
    }

    fn read_take(&mut self, mut take: Section) -> Result<(), String> {
        self.rate = take.rate("rate", 100)?;
        self.min_rate = take.rate("min_rate", 100)?;
        self.max_rate = take.rate("max_rate", 100)?;
        self.platform = take.rate("platform", 100)?;
        self.distribution = take.rate("distribution", 100)?;
        self.unclaimed_to_platform = take.choice("unclaimed", ["platform", "pool"])? == "platform";
        take.finish()
    }

    fn read_points(&mut self, mut points: Section) -> Result<(), String> {
        self.start_price_fen = points.money("start_price")?;
        self.genesis_fen = points.money("genesis")?;
        self.mint = points.rate("mint", 100)?;
        self.retention = points.rate("retention", 100)?;
        self.cap = points.cap("cap")?;
        if points.has("redeem") {
            self.redeem_to_spend = points.choice("redeem", ["money", "spend"])? == "spend";
        }
        points.finish()
    }

    fn read_referral(
        &mut self,
        mut referral: Section,
        mut recruit: Section,
        mut dividend: Section,
    ) -> Result<(), String> {
        self.direct = referral.rate("direct", 100)?;
        self.indirect = referral.rate("indirect", 100)?;
        referral.finish()?;
        self.recruit = recruit.rate("store", 100)?;
        recruit.finish()?;
        self.dividend = dividend.rate("rate", 100)?;
        dividend.finish()
    }

    fn read_regions(&mut self, mut region: Section) -> Result<(), String> {
        self.regions.additive = region.choice("mode", ["differential", "additive"])? == "additive";
        for (level, key) in ["district", "city", "province", "macro"].into_iter().enumerate() {
            self.regions.rates_ppm[level] = region.rate(key, 100)?;
        }
        region.finish()
    }

    /// Empty by default: each of its keys may be left out.
    fn read_levels(&mut self, mut levels: Section) -> Result<(), String> {
        let depth = levels.whole_or("max_depth", 0)?;
        self.max_depth = usize::try_from(depth).map_err(|error| error.to_string())?;
        if levels.has("peer") {
            self.peer = levels.rate("peer", 100)?;
        }
        for (position, value) in levels.list_or_empty("ranks")?.into_iter().enumerate() {
            let path = format!("levels.ranks[{position}]");
            let Value::Table(table) = value else { return Err(format!("{path} = {value:?}: not a table")) };
            let mut rank = Section::new(&path, table);
            self.ranks.push(Rank { name: rank.text("name")?, rate_ppm: rank.rate("rate", 100)? });
            rank.finish()?;
        }
        levels.finish()
    }

    fn read_mall(&mut self, mut mall: Section) -> Result<(), String> {
        self.deduct = mall.rate("deduct", 100)?;
        self.award = mall.rate("award", 1000)?;
        self.store_rebate = mall.rate("store_rebate", 100)?;
        self.award_days = mall.whole("award_days")?;
        mall.finish()
    }

    fn empty() -> Plan {
        let none = BigInt::zero;
        Plan {
            rate: none(),
            min_rate: none(),
            max_rate: none(),
            platform: none(),
            distribution: none(),
            unclaimed_to_platform: true,
            start_price_fen: none(),
            genesis_fen: none(),
            mint: none(),
            retention: none(),
            cap: none(),
            redeem_to_spend: false,
            direct: none(),
            indirect: none(),
            recruit: none(),
            regions: Regions { additive: false, rates_ppm: [none(), none(), none(), none()] },
            dividend: none(),
            max_depth: 0,
            peer: none(),
            ranks: Vec::new(),
            deduct: none(),
            award: none(),
            store_rebate: none(),
            award_days: 0,
        }
    }
}

/// Plan money has the same bound as any amount of money.
fn plan_money(text: &str) -> Option<BigInt> {
    text::unsigned(text, 2).filter(|fen| *fen <= int(text::MONEY_LIMIT_FEN))
}
