//! The world that the matrix asks about: one of each thing, made through the service, and everybody logged in. It is made
//! once; whoever asks gets a copy. Must not be added here: who may do what.

use super::making::{Making, Names, filled};
use super::who::Who;
use crate::support::TestApp;
use linli_outbox::Reach;
use linli_payments::{Account, Amount, Ask, Id, Line, Receiver};
use linli_server::{Bounds, Config, RateBounds, RateOf};
use std::sync::atomic::Ordering;
use std::time::Duration;
use tempfile::TempDir;

/// A payout that the sandbox was asked for, and that is no withdrawal's.
const PAYOUT: &str = "payout-of-the-sandbox";

pub struct World {
    folder: TempDir,
    now: i64,
    tokens: Names,
    ids: Names,
}

impl World {
    pub async fn make() -> Self {
        let mut app = TestApp::start().await;
        app.end();
        app.ended().await;
        let mut making = Making { app, tokens: Names::new(), ids: Names::new() };
        let staff = making.staff();
        making.app.act(&staff);
        making.app.begin(unhurried).await;
        making.everything().await;
        let Making { mut app, tokens, ids } = making;
        app.end();
        app.ended().await;
        app.ask_sandbox(&Ask::Payout {
            id: Id::new(PAYOUT).expect("an id"),
            amount: Amount::of_fen(100).expect("an amount"),
            to: Receiver::Person(Account::new("somebody").expect("an account")),
            title: Line::new("a payout").expect("a line"),
        });
        Self { now: app.now.load(Ordering::SeqCst), folder: app.into_folder(), tokens, ids }
    }

    /// A service of its own over a copy of the world.
    pub async fn open(&self) -> TestApp {
        TestApp::on_copy_of(self.folder.path(), self.now, unhurried).await
    }

    pub fn token(&self, who: Who) -> &str {
        self.token_of(who.name())
    }

    /// The token of somebody by name.
    pub fn token_of(&self, name: &str) -> &str {
        &self.tokens[name]
    }

    /// A text with the ids of the things that it names.
    pub fn filled(&self, text: &str) -> String {
        filled(&self.ids, text)
    }

    pub fn id(&self, thing: &str) -> &str {
        self.ids.get(thing).unwrap_or_else(|| panic!("the world of the matrix has no {thing}"))
    }
}

impl Making {
    async fn everything(&mut self) {
        self.members().await;
        self.stores().await;
        self.orders().await;
        self.deals().await;
        self.payments().await;
        self.applications().await;
        self.suppliers().await;
        self.mall_orders().await;
        self.withdrawals().await;
        self.payouts().await;
        self.proposals().await;
        self.plans().await;
        self.documents().await;
        self.lost_phone().await;
        for (thing, is) in [
            ("kind", "store"),
            ("topic", "terms"),
            ("form", "qr.svg"),
            ("day", "2025-12-31"),
            ("payout", PAYOUT),
        ] {
            self.name(thing, is.into());
        }
        for (thing, account) in
            [("wallet", "member:$buyer:wallet"), ("receivables", "store:S9"), ("reserve", "pool:reserve")]
        {
            self.name(thing, filled(&self.ids, account));
        }
        let notified = self.looks("buyer", "/v1/notifications").await;
        self.name("notification", notified["items"][0]["id"].as_str().expect("an id").into());
    }
}

/// Everybody may ask as often as they like; webhooks go nowhere, for nothing listens there.
fn unhurried(config: &mut Config) {
    let soon = Duration::from_millis(10);
    config.bounds =
        Bounds { settling: soon, chores: soon, seen: Duration::from_secs(10), ..Bounds::default() };
    let often = RateOf { burst: 100_000, every: Duration::from_millis(1) };
    config.rates = RateBounds {
        key: often,
        account: often,
        visitor: often,
        code_soon: often,
        code_day: often,
        code_address: often,
        log_in: often,
        voucher: often,
        upload: often,
    };
    config.webhooks = Reach::public_and_named(&["127.0.0.0/8".into()]).expect("a network");
}
