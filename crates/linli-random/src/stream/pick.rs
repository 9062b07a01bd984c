//! Picking what commands name: mostly what is there, now and then what is not.

use super::Stream;

impl Stream {
    pub(super) fn member(&mut self) -> String {
        if self.members.is_empty() || self.random.percent(1) {
            "nobody".into()
        } else {
            self.random.pick(&self.members).clone()
        }
    }

    pub(super) fn maybe_member(&mut self) -> String {
        if self.random.percent(12) { String::new() } else { format!(r#","member":"{}""#, self.member()) }
    }

    pub(super) fn store(&mut self) -> String {
        if self.stores.is_empty() || self.random.percent(1) {
            "nowhere".into()
        } else {
            self.random.pick(&self.stores).clone()
        }
    }

    pub(super) fn order(&mut self) -> (String, u64) {
        if self.orders.is_empty() || self.random.percent(1) {
            return ("none".into(), 100);
        }
        // The last orders more often, so that chains of acts on one order happen.
        let recent = self.orders.len().saturating_sub(6);
        let from = if self.random.percent(60) { &self.orders[recent..] } else { &self.orders[..] };
        self.random.pick(from).clone()
    }

    pub(super) fn new_order(&mut self) -> String {
        self.new_id("O")
    }

    pub(super) fn id(&mut self) -> String {
        self.new_id("X")
    }

    /// An id that no line has asked for yet.
    pub(super) fn new_id(&mut self, kind: &str) -> String {
        self.counter += 1;
        format!("{kind}{}", self.counter)
    }

    pub(super) fn amount(&mut self) -> u64 {
        if self.random.percent(60) {
            self.random.between(self.scale / 3, self.scale)
        } else {
            self.random.magnitude(self.scale)
        }
    }

    pub(super) fn district(&mut self) -> &'static str {
        self.random
            .pick::<&str>(&["440106", "440103", "441900", "440000", "000000", "110101", "999999", "44010x"])
    }

    pub(super) fn region(&mut self) -> &'static str {
        self.random.pick::<&str>(&[
            "440106", "440103", "440100", "441900", "440000", "south", "north", "110000", "000000", "west",
        ])
    }
}
