//! Random streams of commands: all commands, mostly sensible, with repeats, changed repeats, nonsense, times
//! that run backwards, and every magnitude of amount.

mod relation;
mod treasury;

use super::plans;
use super::random::Random;
use linli_economy::account::Asset;

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
    balances: Vec<(String, Asset, i128)>,
}

enum Pending {
    Member(String),
    Store(String),
    Order(String, u64),
}

impl Stream {
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

    /// Shows the stream the balances of now.
    pub fn look(&mut self, balances: Vec<(String, Asset, i128)>) {
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
        asset: Asset,
        in_the_black: bool,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<(String, u64)> {
        let fits = |(account, of, amount): &&(String, Asset, i128)| {
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

    fn settle(&mut self) -> String {
        let (order, member, store, amount) =
            (self.new_order(), self.maybe_member(), self.store(), self.amount());
        self.pending = Some(Pending::Order(order.clone(), amount));
        format!(r#""cmd":"settle","order":"{order}"{member},"store":"{store}","amount":"{}""#, money(amount))
    }

    fn pay(&mut self) -> String {
        let (order, member, store, amount) =
            (self.new_order(), self.maybe_member(), self.store(), self.amount());
        self.pending = Some(Pending::Order(order.clone(), amount));
        let from_spend = if !member.is_empty() && self.random.percent(30) {
            format!(r#","from_spend":"{}""#, money(self.random.magnitude(amount)))
        } else {
            String::new()
        };
        format!(
            r#""cmd":"pay","order":"{order}"{member},"store":"{store}","amount":"{}"{from_spend}"#,
            money(amount)
        )
    }

    fn mall(&mut self, name: &str) -> String {
        let (order, member, list) = (self.new_order(), self.member(), self.amount());
        let cost = self.random.magnitude((list / 3).max(1));
        self.pending = Some(Pending::Order(order.clone(), list - list / 2));
        let supplier = self.random.below(3);
        format!(
            r#""cmd":"{name}","order":"{order}","member":"{member}","supplier":"U{supplier}","list_total":"{}","cost":"{}""#,
            money(list),
            money(cost)
        )
    }

    fn about_order(&mut self, name: &str) -> String {
        let (order, _) = self.order();
        format!(r#""cmd":"{name}","order":"{order}""#)
    }

    fn give_back(&mut self, name: &str) -> String {
        let (order, amount) = self.order();
        let part = match self.random.below(4) {
            0 => amount,
            1 => (amount / 2).max(1),
            2 => self.random.below(3) + 1,
            _ => self.random.magnitude(amount.max(1)),
        };
        let id = self.id();
        format!(r#""cmd":"{name}","{name}":"{id}","order":"{order}","amount":"{}""#, money(part))
    }

    fn redeem(&mut self) -> String {
        let (id, mut member) = (self.id(), self.member());
        let mut points = self.random.magnitude(1_000_000_000_000);
        if self.random.percent(50)
            && let Some((account, held)) =
                self.balance(Asset::Gp, true, |account| account.starts_with("member:"))
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

    fn changed(&mut self, line: &str) -> String {
        let changes = [
            (r#""amount":""#, r#""amount":"0"#),
            ("M1", "M2"),
            ("S1", "S2"),
            ("settle", "pay"),
            (",", " , "),
        ];
        let (from, to) = *self.random.pick(&changes);
        line.replacen(from, to, 1)
    }

    fn nonsense(&mut self) -> String {
        let lines = [
            "{",
            "[]",
            "null",
            r#"{"cmd":"fly"}"#,
            r#"{"cmd":"settle"}"#,
            r#"{"cmd":"release","member":""}"#,
            r#"{"cmd":"release","member":"a:b"}"#,
            r#"{"cmd":"release","member":"M1","member":"M1"}"#,
            r#"{"cmd":"release","member":"M1","x":1}"#,
            r#"{"cmd":"redeem","request":"R","member":"M1","points":1}"#,
            r#"{"cmd":"redeem","request":"R","member":"M1","points":"1."}"#,
            r#"{"cmd":"set_rank","member":"M1"}"#,
            r#"{"cmd":"settle","order":"X","store":"S1"}"#,
            r#"{"cmd":"release","member":"M1","at":"now"}"#,
            r#"{"cmd":"deposit","id":"D","platform":"fees","amount":"1.00"}"#,
            r#"{"cmd":"withdraw","id":"D","platform":"profit","store":"S1","amount":"1.00"}"#,
            r#"{"cmd":"inject","id":"I","amount":"-1.00"}"#,
            r#"{"cmd":"inject","id":"I","amount":"1.001"}"#,
            r#"{"cmd":"inject","id":"I","amount":"100000000000.01"}"#,
            r#"{"cmd":"inject","id":"I","amount":"0"}"#,
        ];
        (*self.random.pick(&lines)).to_string()
    }

    fn member(&mut self) -> String {
        if self.members.is_empty() || self.random.percent(1) {
            "nobody".into()
        } else {
            self.random.pick(&self.members).clone()
        }
    }

    fn maybe_member(&mut self) -> String {
        if self.random.percent(12) { String::new() } else { format!(r#","member":"{}""#, self.member()) }
    }

    fn store(&mut self) -> String {
        if self.stores.is_empty() || self.random.percent(1) {
            "nowhere".into()
        } else {
            self.random.pick(&self.stores).clone()
        }
    }

    fn order(&mut self) -> (String, u64) {
        if self.orders.is_empty() || self.random.percent(1) {
            return ("none".into(), 100);
        }
        // The last orders more often, so that chains of acts on one order happen.
        let recent = self.orders.len().saturating_sub(6);
        let from = if self.random.percent(60) { &self.orders[recent..] } else { &self.orders[..] };
        self.random.pick(from).clone()
    }

    fn new_order(&mut self) -> String {
        self.new_id("O")
    }

    fn id(&mut self) -> String {
        self.new_id("X")
    }

    /// An id that no line has asked for yet.
    fn new_id(&mut self, kind: &str) -> String {
        self.counter += 1;
        format!("{kind}{}", self.counter)
    }

    fn amount(&mut self) -> u64 {
        if self.random.percent(60) {
            self.random.between(self.scale / 3, self.scale)
        } else {
            self.random.magnitude(self.scale)
        }
    }

    fn district(&mut self) -> &'static str {
        self.random
            .pick::<&str>(&["440106", "440103", "441900", "440000", "000000", "110101", "999999", "44010x"])
    }

    fn region(&mut self) -> &'static str {
        self.random.pick::<&str>(&[
            "440106", "440103", "440100", "441900", "440000", "south", "north", "110000", "000000", "west",
        ])
    }
}

/// Fen as text.
fn money(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
