//! Random lives of the sandbox whose callbacks come late, doubled and in the wrong order: whoever judges them by what was
//! seen ends where the provider is, and the day reconciles.

use crate::providers::{SandboxDriver, charge_of, payment, payout, refund};
use crate::support::{NOW, account, id, line};
use linli_payments::sandbox::{Answer, Failing, Order, PayerAct};
use linli_payments::{
    Ask, Day, Entry, Error, Event, Happened, Hold, Id, Judgement, Kind, Provider, Recorded, Sandbox, Share,
    Sides, SqliteRecords, Subject, judge, reconcile, standing,
};
use linli_random::random::Random;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Who listens, and applies each event once.
#[derive(Default)]
struct Listener {
    seen: BTreeMap<Subject, Vec<Event>>,
    applied: Vec<Event>,
    repeated: usize,
    superseded: usize,
}

impl Listener {
    fn hear(&mut self, event: Event) {
        let seen = self.seen.entry(event.happened.subject()).or_default();
        match judge(seen, &event).expect("the sandbox contradicts itself never") {
            Judgement::Repeated => self.repeated += 1,
            Judgement::Superseded => {
                self.superseded += 1;
                seen.push(event);
            }
            Judgement::Applies => {
                seen.push(event.clone());
                self.applied.push(event);
            }
        }
    }
}

struct Walk {
    sandbox: Sandbox,
    random: Random,
    now: i64,
    payments: Vec<(String, Id)>,
    payouts: Vec<String>,
    subjects: Vec<Subject>,
    listener: Listener,
}

impl Walk {
    fn run(seed: u64) -> Listener {
        // In memory, because it makes tens of thousands of transactions.
        let records = SqliteRecords::open(Path::new(":memory:")).expect("opened");
        let sandbox = SandboxDriver::new(Arc::new(records)).0;
        let mut walk = Self {
            sandbox,
            random: Random::new(seed),
            now: NOW,
            payments: Vec::new(),
            payouts: Vec::new(),
            subjects: Vec::new(),
            listener: Listener::default(),
        };
        for number in 0..40 {
            walk.step(number);
            walk.now += i64::try_from(walk.random.below(90)).expect("small");
            if walk.random.percent(60) {
                walk.deliver();
            }
        }
        walk.finish();
        walk.listener
    }

    fn ask(&mut self, ask: &Ask) -> Option<Id> {
        self.subjects.push(ask.subject());
        match self.sandbox.ask(ask, self.now) {
            Ok(receipt) => Some(receipt.reference),
            Err(Error::Refused(_)) => None,
            Err(fault) => panic!("{fault}"),
        }
    }

    fn step(&mut self, number: u32) {
        match self.random.below(8) {
            0 | 1 => {
                let name = format!("P{number}");
                let hold = *self.random.pick(&[Hold::Nothing, Hold::ForSplits]);
                let amount = self.random.between(1, 9_999);
                if let Some(reference) = self.ask(&payment(&name, amount, hold)) {
                    self.payments.push((name, reference));
                }
            }
            2 | 3 => self.decide(),
            4 => self.give_back(number),
            5 => {
                let name = format!("O{number}");
                let amount = self.random.between(1, 9_999);
                self.ask(&payout(&name, amount));
                self.payouts.push(name);
            }
            6 => {
                if let Some(payout) = self.payouts.last() {
                    let returned = self.sandbox.return_payout(&id(payout), &line("no such bank"), self.now);
                    assert!(!matches!(returned, Err(Error::Fault(_))));
                }
            }
            _ => {
                let what = *self.random.pick(&[Failing::Refund, Failing::Payout, Failing::Split]);
                self.sandbox.fail_next(what, self.now).expect("set");
            }
        }
    }

    fn decide(&mut self) {
        if self.payments.is_empty() {
            return;
        }
        let seconds = u32::try_from(self.random.below(2_000)).expect("small");
        let (name, reference) = self.random.pick(&self.payments).clone();
        let acts = [
            PayerAct::Approve,
            PayerAct::ApproveTwice,
            PayerAct::PayTwice,
            PayerAct::Decline,
            PayerAct::Delay { seconds },
        ];
        let act = *self.random.pick(&acts);
        let decided = self.sandbox.decide(&reference, act, self.now);
        assert!(!matches!(decided, Err(Error::Fault(_))));
        if self.random.percent(15) {
            self.ask(&Ask::Close { payment: id(&name) });
        }
    }

    /// A refund, a split or the end of a hold.
    fn give_back(&mut self, number: u32) {
        let Some((name, _)) = self.payments.last().cloned() else { return };
        let events = self.sandbox.query(&Subject::Payment(id(&name)), self.now).expect("events");
        if !events.iter().any(|event| matches!(event.happened, Happened::Paid { .. })) {
            return;
        }
        let charge = charge_of(&self.sandbox, &name, self.now);
        let amount = self.random.between(1, 3_000);
        let ask = match self.random.below(3) {
            0 => refund(&format!("R{number}"), &name, &charge, amount),
            1 => {
                let to = linli_payments::Receiver::Merchant(account("M1"));
                let shares = vec![Share { to, amount: crate::support::fen(amount) }];
                Ask::Split { id: id(&format!("S{number}")), payment: id(&name), charge, shares }
            }
            _ => Ask::Finish { payment: id(&name), charge },
        };
        self.ask(&ask);
    }

    /// Some of what is due, in some order; some is heard and not acknowledged, some not even heard.
    fn deliver(&mut self) {
        let seed = self.random.bits();
        let order = *self.random.pick(&[Order::AsDue, Order::Reversed, Order::Shuffled(seed)]);
        let most = usize::try_from(self.random.between(1, 9)).expect("small");
        for callback in self.sandbox.due_callbacks(order, most, self.now).expect("due") {
            if self.random.percent(20) {
                continue;
            }
            self.listener.hear(self.sandbox.read_callback(&callback.call, self.now).expect("believed"));
            let answer = if self.random.percent(70) { Answer::Taken } else { Answer::NotTaken };
            self.sandbox.callback_answered(&callback.id, answer, self.now).expect("known");
        }
    }

    fn finish(&mut self) {
        let day = Day::of(NOW).expect("a day");
        self.now = day.ends() - 1;
        for _ in 0..60 {
            self.deliver();
        }
        self.now = day.ends();
        self.payments.iter().for_each(|(name, _)| self.subjects.push(Subject::Payment(id(name))));
        for subject in std::mem::take(&mut self.subjects) {
            for event in self.sandbox.query(&subject, self.now).expect("events") {
                self.listener.hear(event);
            }
            let known = self.sandbox.query(&subject, self.now).expect("events");
            let heard = self.listener.seen.get(&subject).map_or(&[][..], |seen| seen);
            assert_eq!(standing(heard), standing(&known), "{subject}");
            assert_eq!(heard.len(), known.len(), "{subject}");
        }
        self.reconcile(day);
    }

    /// What was heard is what the bill says; the journal here posts all of it.
    fn reconcile(&self, day: Day) {
        let bill = self.sandbox.bill(day, self.now).expect("a bill");
        let provider: Vec<_> = bill.lines.iter().map(Entry::of_line).collect();
        let journal: Vec<_> =
            self.listener.seen.values().flatten().filter_map(|event| self.entry(event)).collect();
        let recorded = |entry: &Entry| Recorded { entry: entry.clone(), apart_fen: 0 };
        let platform: Vec<_> = journal.iter().map(recorded).collect();
        let sides = Sides { platform: &platform, provider: &provider, journal: &journal };
        let result = reconcile(day, &sides);
        assert!(result.is_even(), "{:?}", result.differences);
    }

    fn entry(&self, event: &Event) -> Option<Entry> {
        let was_done = |payout: &Id| {
            let seen = &self.listener.seen[&Subject::Payout(payout.clone())];
            seen.iter().any(|event| matches!(event.happened, Happened::PaidOut { .. }))
        };
        let (kind, key, amount) = match &event.happened {
            Happened::Paid { charge, amount, .. } => (Kind::Payment, charge, amount),
            Happened::Refunded { refund, amount, .. } => (Kind::Refund, refund, amount),
            Happened::PaidOut { payout, amount } => (Kind::Payout, payout, amount),
            Happened::PayoutFailed { payout, amount, .. } if was_done(payout) => {
                (Kind::PayoutReturned, payout, amount)
            }
            Happened::Split { split, amount, .. } => (Kind::Split, split, amount),
            _ => return None,
        };
        Some(Entry { kind, key: key.clone(), amount: *amount, at: event.at })
    }
}

#[test]
fn late_doubled_and_reordered_callbacks_lead_where_the_provider_is() {
    let (mut applied, mut repeated, mut superseded) = (0, 0, 0);
    for seed in 0..60 {
        let listener = Walk::run(seed);
        applied += listener.applied.len();
        repeated += listener.repeated;
        superseded += listener.superseded;
    }
    // The walk has met everything that it is about.
    assert!(applied > 500 && repeated > 500 && superseded > 5, "{applied} {repeated} {superseded}");
}
