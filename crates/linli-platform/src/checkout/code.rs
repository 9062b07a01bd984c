//! Codes with an amount that stores show: valid for minutes, paid once. The code on a counter is the store itself and
//! needs nothing here. Must not be added here: the picture of a code.

use super::Checkout;
use super::opening::check_store;
use crate::act::Actor;
use crate::index::paired;
use crate::money::{after, positive};
use crate::part::{Moment, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::id;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Minutes that a code may be valid.
const MINUTES: RangeInclusive<u8> = 1..=30;

/// A code with an amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreCode {
    /// Whose it is.
    pub store: String,
    /// The amount.
    pub fen: u64,
    /// Until when a payment can be opened with it.
    pub expires: Instant,
    /// Where it stands.
    pub state: CodeState,
}

/// Where a code stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeState {
    /// It can be paid until it expires.
    Offered,
    /// This payment is paying it.
    Held(String),
    /// This payment has paid it.
    Used(String),
    /// The store called it off.
    Cancelled,
}

/// A code that is to be shown.
pub struct Collected<'a> {
    pub code: &'a str,
    pub store: &'a str,
    pub fen: u64,
    pub minutes: u8,
}

impl StoreCode {
    /// Why this payment, or a new one, cannot pay it, whatever the time is: late money is taken for an expired code too.
    pub(super) fn check_free(&self, name: &str, payment: Option<&str>) -> Result<(), Refusal> {
        match &self.state {
            CodeState::Offered => Ok(()),
            CodeState::Held(holder) if Some(holder.as_str()) == payment => Ok(()),
            CodeState::Held(_) => Err(used(name, "another payment is paying the code")),
            CodeState::Used(_) => Err(used(name, "a payment has paid the code")),
            CodeState::Cancelled => {
                Err(Refusal::new(Code::CodeCancelled, format!("the store cancelled the code {name}")))
            }
        }
    }
}

fn used(name: &str, what: &str) -> Refusal {
    Refusal::new(Code::CodeUsed, format!("{what} {name}"))
}

/// People and programs of a store, whose rights were checked before.
fn check_staff(by: &Actor) -> Result<(), Refusal> {
    if matches!(by, Actor::Provider | Actor::Service | Actor::Visitor) {
        return Err(Refusal::new(Code::WrongActor, "codes are made by people and programs of the store"));
    }
    Ok(())
}

impl Checkout {
    pub(super) fn check_collect(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        collected: &Collected<'_>,
    ) -> Result<(), Refusal> {
        let Collected { code, store, fen, minutes } = *collected;
        id(code)?;
        check_staff(by)?;
        positive("what a code collects", fen)?;
        if !MINUTES.contains(&minutes) {
            let (least, most) = (MINUTES.start(), MINUTES.end());
            let message = format!("a code is valid for {least} to {most} minutes, not for {minutes}");
            return Err(Refusal::new(Code::BadAmount, message));
        }
        if self.codes.contains_key(code) {
            return Err(Refusal::new(Code::CodeExists, format!("there is a code {code}")));
        }
        check_store(scene.economy, store)
    }

    pub(super) fn check_cancel_code(&self, by: &Actor, code: &str) -> Result<(), Refusal> {
        check_staff(by)?;
        self.known_code(code)?.check_free(code, None)
    }

    pub(super) fn known_code(&self, code: &str) -> Result<&StoreCode, Refusal> {
        let found = self.codes.get(code);
        found.ok_or_else(|| Refusal::new(Code::UnknownCode, format!("there is no code {code}")))
    }

    pub(super) fn collect(&mut self, moment: &Moment<'_>, collected: &Collected<'_>) {
        let Collected { code, store, fen, minutes } = *collected;
        self.forget_expired(store, moment.now);
        let expires = after(moment.now, i64::from(minutes) * 60);
        let made = StoreCode { store: store.to_owned(), fen, expires, state: CodeState::Offered };
        self.codes.insert(code.to_owned(), made);
        self.shown.insert((store.to_owned(), code.to_owned()));
    }

    /// Takes the store's expired codes off its list, so that what a new code adds is taken away again.
    fn forget_expired(&mut self, store: &str, now: Instant) {
        let Self { shown, codes, .. } = self;
        let is_over = |code: &&str| codes[*code].state == CodeState::Offered && codes[*code].expires <= now;
        let mine = paired(shown, &store.to_owned());
        let over: Vec<_> = mine.filter(is_over).map(str::to_owned).collect();
        for code in over {
            shown.remove(&(store.to_owned(), code));
        }
    }

    pub(super) fn set_code(&mut self, code: &str, state: CodeState) {
        let known = self.codes.get_mut(code).expect("checked: the code is there");
        let entry = (known.store.clone(), code.to_owned());
        match state {
            CodeState::Offered | CodeState::Held(_) => self.shown.insert(entry),
            CodeState::Used(_) | CodeState::Cancelled => self.shown.remove(&entry),
        };
        known.state = state;
    }

    /// The payment holds its codes, but for those that another has taken meanwhile.
    pub(super) fn hold_codes(&mut self, payment: &str) {
        for code in self.codes_of(payment) {
            if self.codes[&code].state == CodeState::Offered {
                self.set_code(&code, CodeState::Held(payment.to_owned()));
            }
        }
    }

    /// The codes that the payment holds can be paid by others again.
    pub(super) fn release_codes(&mut self, payment: &str) {
        for code in self.codes_of(payment) {
            self.release_code(&code, payment);
        }
    }

    pub(super) fn release_code(&mut self, code: &str, payment: &str) {
        if self.codes[code].state == CodeState::Held(payment.to_owned()) {
            self.set_code(code, CodeState::Offered);
        }
    }

    fn codes_of(&self, payment: &str) -> Vec<String> {
        let orders = &self.payments[payment].orders;
        orders.iter().filter_map(|order| order.planned.code().map(str::to_owned)).collect()
    }
}
