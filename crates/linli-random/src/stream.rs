//! Random streams of commands: all commands, mostly sensible, with repeats, changed repeats, nonsense, times
//! that run backwards, and every magnitude of amount.

mod order;
mod pick;
mod relation;
mod treasury;
mod wrong;

use crate::plans;
use crate::random::Random;

/// Generates one stream, line by line.
pub struct Stream {
    random: Random,
    genesis: &'static str,
    start_price: &'static str,
    members: Vec<String>,
    stores: Vec<String>,
    /// What the last line would add, if it is accepted.
    pending: Option<Pending>,
    counter: u64,
    orders: Vec<(String, u64)>,
    payouts: Vec<String>,
    lines: Vec<String>,
    seconds: u64,
    /// The largest amount of this stream, in fen.
    scale: u64,
    /// Balances as they were a moment ago, so that some commands hit them exactly.
    balances: Vec<(String, &'static str, i128)>,
}

enum Pending {
    Member(String),
    Store(String),
    Order(String, u64),
}

impl Stream {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let genesis = *random.pick(&["0.00", "0.00", "1000.00", "0.01"]);
        let start_price = *random.pick(&["1.00", "0.01", "100.00", "3.33"]);
        let scale = *random.pick(&[300, 100_000, 100_000, 10_000_000, 10_000_000_000_000]);
        Self {
            random,
            genesis,
            start_price,
            members: Vec::new(),
            stores: Vec::new(),
            pending: None,
            counter: 0,
            orders: Vec::new(),
            payouts: Vec::new(),
            lines: Vec::new(),
            seconds: 1_767_225_600,
            scale,
            balances: Vec::new(),
        }
    }

    /// The plan that the stream opens with.
    pub fn plan(&mut self) -> String {
        plans::plan(&mut self.random, self.start_price, self.genesis)
    }

    /// Shows the stream the balances of now: account, asset, units.
    pub fn look(&mut self, balances: Vec<(String, &'static str, i128)>) {
        self.balances = balances;
    }

    /// Tells the stream whether its last line was accepted.
    pub fn learn(&mut self, accepted: bool) {
        match self.pending.take().filter(|_| accepted) {
            Some(Pending::Member(member)) => self.members.push(member),
            Some(Pending::Store(store)) => self.stores.push(store),
            Some(Pending::Order(order, amount)) => self.orders.push((order, amount)),
            None => {}
        }
    }

    /// A balance of these accounts that is in the black, or in the red.
    fn balance(
        &mut self,
        asset: &str,
        in_the_black: bool,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<(String, u64)> {
        let fits = |(account, of, amount): &&(String, &'static str, i128)| {
            *of == asset && (*amount > 0) == in_the_black && wanted(account)
        };
        let found: Vec<_> = self.balances.iter().filter(fits).cloned().collect();
        if found.is_empty() {
            return None;
        }
        let (account, _, amount) = self.random.pick(&found);
        Some((account.clone(), u64::try_from(amount.unsigned_abs()).unwrap_or(u64::MAX)))
    }

    /// The next line.
    pub fn line(&mut self) -> String {
        let roll = self.random.below(1_000);
        if roll < 40 && !self.lines.is_empty() {
            let line = self.random.pick(&self.lines).clone();
            return if self.random.percent(70) { line } else { self.changed(&line) };
        }
        if roll < 45 {
            return self.nonsense();
        }
        let body = self.command();
        let line = format!("{{{body}{}}}", self.at());
        self.lines.push(line.clone());
        line
    }

    fn at(&mut self) -> String {
        if self.random.percent(40) {
            return String::new();
        }
        if self.random.percent(2) && self.lines.len() > 20 {
            return r#","at":"2026-01-01T00:00:00Z""#.into();
        }
        self.seconds +=
            if self.random.percent(10) { self.random.below(86_400 * 90) } else { self.random.below(600) };
        let days = self.seconds / 86_400 - 20_454;
        let (month, day) = (days / 28, days % 28 + 1);
        let (year, month) = (2026 + month / 12, month % 12 + 1);
        let rest = self.seconds % 86_400;
        let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
        format!(r#","at":"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.5Z""#)
    }

    fn command(&mut self) -> String {
        if self.members.len() < 5 || (self.members.len() < 14 && self.random.percent(4)) {
            return self.open_member();
        }
        if self.stores.len() < 2 || (self.stores.len() < 6 && self.random.percent(3)) {
            return self.open_store();
        }
        match self.random.below(100) {
            0..=24 => self.settle(),
            25..=33 => self.pay(),
            34..=41 => self.about_order("settle"),
            42..=46 => self.give_back("cancel"),
            47..=58 => self.give_back("refund"),
            59..=66 => self.redeem(),
            67..=71 => self.mall("pay_mall"),
            72..=75 => self.mall("settle_mall"),
            76..=79 => self.about_order("settle_mall"),
            80..=89 => self.treasury(),
            _ => self.relation(),
        }
    }

    fn open_member(&mut self) -> String {
        let new = if self.random.percent(3) { self.member() } else { self.new_id("M") };
        let inviter = if self.members.is_empty() || self.random.percent(40) {
            String::new()
        } else {
            format!(r#","inviter":"{}""#, self.member())
        };
        self.pending = Some(Pending::Member(new.clone()));
        format!(r#""cmd":"open_member","member":"{new}"{inviter}"#)
    }

    fn open_store(&mut self) -> String {
        let new = if self.random.percent(3) { self.store() } else { self.new_id("S") };
        let (owner, district, extra) = (self.member(), self.district(), self.store_extra());
        self.pending = Some(Pending::Store(new.clone()));
        format!(r#""cmd":"open_store","store":"{new}","owner":"{owner}","district":"{district}"{extra}"#)
    }

    fn redeem(&mut self) -> String {
        let (id, mut member) = (self.id(), self.member());
        let mut points = self.random.magnitude(1_000_000_000_000);
        if self.random.percent(50)
            && let Some((account, held)) = self.balance("GP", true, |account| account.starts_with("member:"))
        {
            member = account.split(':').nth(1).expect("a member's account").to_string();
            points = if self.random.percent(40) { held } else { self.random.magnitude(held) };
        }
        format!(
            r#""cmd":"redeem","request":"{id}","member":"{member}","points":"{}.{:06}""#,
            points / 1_000_000,
            points % 1_000_000
        )
    }

    fn store_extra(&mut self) -> String {
        let mut extra = String::new();
        if self.random.percent(40) {
            extra += &format!(r#","recruiter":"{}""#, self.member());
        }
        if self.random.percent(40) {
            let rate = plans::percent(self.random.below(1_000_001));
            let bad = *self.random.pick(&["20", "-1%", "0.00001%", "100.1%", ""]);
            extra += &format!(r#","take_rate":"{}""#, if self.random.percent(8) { bad } else { &rate });
        }
        extra
    }
}

/// Fen as text.
fn money(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
