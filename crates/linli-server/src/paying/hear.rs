//! What entries of the journal have touched, so that only that is looked at anew. It is told on the view's thread and
//! remembers ids alone; what follows from them is in the state. Must not be added here: anything that would be lost with
//! it; a service that starts looks at everything.

use super::ask::Effect;
use super::watched::Watched;
use linli_economy::command::Command;
use linli_engine::{Answered, Body, Entry};
use linli_platform::withdrawal::WithdrawalAct;
use linli_platform::{Act, CheckoutAct};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// What was touched, and who waits for it.
#[derive(Default)]
pub struct Paying {
    touched: Mutex<Touched>,
    /// What the provider is asked about.
    pub watched: Watched,
    /// Something was touched.
    pub news: Notify,
    /// The sandbox has something to tell.
    pub callbacks: Notify,
}

/// Ids of what was touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub payments: BTreeSet<String>,
    /// Orders of which something was given back.
    pub orders: BTreeSet<String>,
    pub returns: BTreeSet<String>,
    /// Returns that failed.
    pub failed: BTreeSet<String>,
    pub withdrawals: BTreeSet<String>,
}

impl Touched {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn join(&mut self, mut other: Self) {
        self.payments.append(&mut other.payments);
        self.orders.append(&mut other.orders);
        self.returns.append(&mut other.returns);
        self.failed.append(&mut other.failed);
        self.withdrawals.append(&mut other.withdrawals);
    }
}

impl Paying {
    /// Remembers what an entry has touched.
    pub fn hear(&self, entry: &Entry<'_>, answer: &Answered<'_>) {
        let act = match &entry.body {
            Body::Act(performed) => Some(&performed.deed.act),
            Body::Line(_) => None,
        };
        let given_back = match entry.body.command() {
            Some(Command::Cancel { order, .. } | Command::Refund { order, .. }) => Some(&**order),
            _ => None,
        };
        let is_ours = matches!(act, Some(Act::Checkout(_) | Act::Withdrawal(WithdrawalAct::Batch { .. })));
        if !(is_ours || given_back.is_some()) || answer.outcome().is_err() {
            return;
        }
        let mut touched = Touched::default();
        touched.orders.extend(given_back.map(String::from));
        match act {
            Some(Act::Checkout(act)) => touch(&mut touched, act),
            Some(Act::Withdrawal(WithdrawalAct::Batch { withdrawals, .. })) => {
                touched.withdrawals.extend(withdrawals.iter().cloned());
            }
            _ => {}
        }
        self.touch(touched);
    }

    /// Remembers this.
    pub fn touch(&self, touched: Touched) {
        if !touched.is_empty() {
            self.touched.lock().unwrap_or_else(PoisonError::into_inner).join(touched);
            self.news.notify_one();
        }
    }

    /// Has the provider asked what has become of these.
    pub fn watch(&self, effects: &[Effect], now: i64) {
        effects.iter().for_each(|effect| self.watched.begin(effect, now));
    }

    /// What could not be done is looked at again at the next tick, and not at once.
    pub fn put_back(&self, touched: Touched) {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner).join(touched);
    }

    /// What was touched since the last time.
    pub fn take(&self) -> Touched {
        std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn touch(touched: &mut Touched, act: &CheckoutAct) {
    match act {
        CheckoutAct::Open { payment, .. }
        | CheckoutAct::Arrived { payment, .. }
        | CheckoutAct::Declined { payment }
        | CheckoutAct::Closed { payment }
        | CheckoutAct::Expire { payment }
        | CheckoutAct::GiveUp { payment, .. }
        | CheckoutAct::CarryOut { payment, .. } => {
            touched.payments.insert(payment.clone());
        }
        CheckoutAct::ReturnBegun { id, .. } => {
            touched.returns.insert(id.clone());
        }
        CheckoutAct::ReturnFailed { id, .. } => {
            touched.failed.insert(id.clone());
        }
        CheckoutAct::ReturnDone { .. } | CheckoutAct::Collect { .. } | CheckoutAct::CancelCode { .. } => {}
    }
}
