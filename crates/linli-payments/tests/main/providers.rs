//! Both providers with one driver each, so that one suite holds both: in the sandbox the payer and the clock make things
//! happen, outside the operator's system reports them. Must not be added here: what a provider must do.

use crate::support::{NOW, account, database, fen, id, line};
use linli_payments::external::ExternalConfig;
use linli_payments::sandbox::{Failing, PayerAct};
use linli_payments::{
    Ask, Bill, BillLine, Code, Error, Event, External, Happened, Hold, Id, PostgresRecords, Provider,
    Receipt, Receiver, Records, Sandbox, Secret, Share, SignedCall, SplitLimits, SqliteRecords, Subject,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub fn secret() -> Secret {
    Secret::new(b"a secret of the tests, 32 bytes at least").expect("a secret")
}

/// What the world does, so that a provider has something to say.
pub trait Driver {
    fn provider(&self) -> &dyn Provider;
    /// The payer of a payment pays now; gives the charge.
    fn pay(&self, payment: &str, receipt: &Receipt, now: i64) -> Id;
    /// What was asked ends well or badly, at most 3 seconds later; in the sandbox that was decided before.
    fn end(&self, happened: Happened, now: i64);
    /// The next ask of this kind fails.
    fn fail_next(&self, what: Failing, now: i64);
    /// A payout that was done comes back.
    fn return_payout(&self, payout: &str, now: i64);
    /// The day is over.
    fn close_day(&self, lines: &[BillLine], now: i64);
}

pub struct SandboxDriver(pub Sandbox);

impl SandboxDriver {
    pub fn new(records: Arc<dyn Records>) -> Self {
        Self(Sandbox::new(records, secret(), "/sandbox/pay/").expect("a sandbox"))
    }
}

impl Driver for SandboxDriver {
    fn provider(&self) -> &dyn Provider {
        &self.0
    }

    fn pay(&self, payment: &str, receipt: &Receipt, now: i64) -> Id {
        self.0.decide(&receipt.reference, PayerAct::Approve, now).expect("approved");
        charge_of(&self.0, payment, now)
    }

    fn end(&self, _: Happened, _: i64) {}

    fn fail_next(&self, what: Failing, now: i64) {
        self.0.fail_next(what, now).expect("set");
    }

    fn return_payout(&self, payout: &str, now: i64) {
        self.0.return_payout(&id(payout), &line("the bank sent it back"), now).expect("returned");
    }

    fn close_day(&self, _: &[BillLine], _: i64) {}
}

pub struct ExternalDriver {
    pub external: External,
    calls: AtomicU64,
}

impl ExternalDriver {
    pub fn new(records: Arc<dyn Records>) -> Self {
        let page_prefix = Some("https://till.example/pay/".to_owned());
        let config = ExternalConfig { secrets: vec![secret()], page_prefix, limits: SplitLimits::USUAL };
        Self { external: External::new(records, config).expect("external"), calls: AtomicU64::new(0) }
    }

    pub fn sign(&self, body: Vec<u8>, now: i64) -> SignedCall {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        SignedCall::sign(&secret(), id(&format!("call-{number}")), now, body)
    }

    pub fn report(&self, event: &Event, now: i64) -> Result<Event, Error> {
        let event = self.external.read_callback(&self.sign(event.write(), now), now)?;
        self.external.keep(&event).map(|()| event)
    }

    /// Reports something that happens now.
    pub fn say(&self, happened: Happened, now: i64) -> Result<Event, Error> {
        self.report(&event(happened, now), now)
    }
}

/// An event whose id follows from it.
pub fn event(happened: Happened, at: i64) -> Event {
    let content = format!("{happened:?}");
    Event { id: Id::derived(&[&content, &at.to_string()]), at, happened }
}

impl Driver for ExternalDriver {
    fn provider(&self) -> &dyn Provider {
        &self.external
    }

    fn pay(&self, payment: &str, _: &Receipt, now: i64) -> Id {
        let asked = self.external.asked(0, 1_000).expect("asked").into_iter();
        let mut amounts = asked.filter_map(|asked| match asked.ask {
            Ask::Payment { id, amount, .. } if id.as_str() == payment => Some(amount),
            _ => None,
        });
        let (charge, amount) = (id(&format!("{payment}-charge")), amounts.next().expect("it was asked"));
        let payer = Some(account("somebody"));
        self.say(Happened::Paid { payment: id(payment), charge: charge.clone(), amount, payer }, now)
            .expect("believed");
        charge
    }

    fn end(&self, happened: Happened, now: i64) {
        self.say(happened, now).expect("believed");
    }

    fn fail_next(&self, _: Failing, _: i64) {}

    fn return_payout(&self, payout: &str, now: i64) {
        let (payout, amount, why) = (id(payout), fen(300), line("the bank sent it back"));
        self.end(Happened::PayoutFailed { payout, amount, why }, now);
    }

    fn close_day(&self, lines: &[BillLine], now: i64) {
        let day = linli_payments::Day::of(NOW).expect("a day");
        let bill = Bill { day, lines: lines.to_vec() };
        self.external.take_bill(&self.sign(bill.write().into_bytes(), now), now).expect("taken");
    }
}

/// Runs on each provider over each store, all empty.
pub fn on_each(test: impl Fn(&dyn Driver)) {
    let dir = tempfile::tempdir().expect("a folder");
    let file = |name: &str| Arc::new(SqliteRecords::open(&dir.path().join(name)).expect("opened"));
    test(&SandboxDriver::new(file("sandbox.db")));
    test(&ExternalDriver::new(file("external.db")));
    let database = database();
    test(&SandboxDriver::new(Arc::new(PostgresRecords::sandbox(&database))));
    test(&ExternalDriver::new(Arc::new(PostgresRecords::external(&database))));
}

/// The charge that pays a payment.
pub fn charge_of(provider: &dyn Provider, payment: &str, now: i64) -> Id {
    let events = provider.query(&Subject::Payment(id(payment)), now).expect("events");
    let charge = events.into_iter().find_map(|event| match event.happened {
        Happened::Paid { charge, .. } => Some(charge),
        _ => None,
    });
    charge.expect("it is paid")
}

pub fn payment(name: &str, amount: u64, hold: Hold) -> Ask {
    Ask::Payment { id: id(name), amount: fen(amount), title: line("苹果一斤"), hold, expires: NOW + 900 }
}

pub fn refund(name: &str, payment: &str, charge: &Id, amount: u64) -> Ask {
    let (payment, charge, why) = (id(payment), charge.clone(), line("不要了"));
    Ask::Refund { id: id(name), payment, charge, amount: fen(amount), why }
}

pub fn payout(name: &str, amount: u64) -> Ask {
    let to = Receiver::Person(account("openid-77"));
    Ask::Payout { id: id(name), amount: fen(amount), to, title: line("提现") }
}

pub fn split(name: &str, payment: &str, charge: &Id, each: &[u64]) -> Ask {
    let share = |(number, amount): (usize, &u64)| Share {
        to: Receiver::Merchant(account(&format!("merchant {number}"))),
        amount: fen(*amount),
    };
    let shares = each.iter().enumerate().map(share).collect();
    Ask::Split { id: id(name), payment: id(payment), charge: charge.clone(), shares }
}

pub fn code<T>(result: Result<T, Error>) -> Code {
    match result.map(drop).expect_err("it is refused") {
        Error::Refused(refusal) => refusal.code,
        Error::Fault(fault) => panic!("{fault}"),
    }
}
