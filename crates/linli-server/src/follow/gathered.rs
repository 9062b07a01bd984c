//! What follows from entries, gathered: webhooks for the endpoints that hear of what has happened, deliveries that
//! somebody wants again, and notifications. Must not be added here: what has happened.

use super::events;
use super::notices::{self, Noted};
use crate::notices::{account_text, row};
use linli_economy::outcome::Outcome;
use linli_economy::time::Instant;
use linli_engine::{Answered, Body, Entry};
use linli_outbox::NewRow;
use linli_outbox::store::{Again, Changes, NewNote, Read, Which};
use linli_outbox::webhook::{Event, event_row, test_row};
use linli_platform::{Account, Act, NoticeAct, Platform, WebhookAct};

/// What follows from some entries.
pub struct Gathered {
    changes: Changes,
    /// When rows are due.
    now: i64,
    /// What happened before is not sent any more: the outbox would have forgotten it.
    not_before: i64,
}

impl Gathered {
    pub fn new(now: i64, not_before: i64) -> Self {
        Self { changes: Changes::default(), now, not_before }
    }

    pub fn len(&self) -> usize {
        self.changes.rows.len() + self.changes.again.len() + self.changes.notes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub fn into_changes(self) -> Changes {
        self.changes
    }

    /// Takes the next entry with its answer and the platform after it.
    pub fn take(&mut self, entry: &Entry<'_>, answer: &Answered<'_>, platform: &Platform) {
        let Ok(outcome) = answer.outcome() else { return };
        let at = answer.economy().state().clock();
        if answer.replayed() {
            return;
        }
        self.take_notices(entry, answer, outcome, platform);
        if let Body::Act(performed) = &entry.body {
            match &performed.deed.act {
                Act::Webhook(act) => self.take_webhook_act(act, answer.seq(), at),
                Act::Notice(act) => self.take_notice_act(act, at),
                _ => {}
            }
        }
        if at.seconds < self.not_before {
            return;
        }
        if platform.webhooks.iter().next().is_none() {
            return;
        }
        let happened = events::of(entry, answer, outcome, platform);
        for (nth, (kind, data)) in (0..).zip(&happened) {
            let timestamp = at.to_string();
            let event = Event { name: kind.name(), timestamp: &timestamp, data };
            let hearing = platform.webhooks.iter().filter(|(_, endpoint)| endpoint.hears_of(*kind));
            for (endpoint, _) in hearing {
                let row = event_row(endpoint, answer.seq(), nth, &event, self.now);
                self.changes.rows.push(row.expect("ids are names, and an event is short"));
            }
        }
    }

    fn take_notices(
        &mut self,
        entry: &Entry<'_>,
        answer: &Answered<'_>,
        outcome: &Outcome,
        platform: &Platform,
    ) {
        let (seq, at) = (answer.seq(), answer.economy().state().clock().seconds);
        for (nth, noted) in (0_u32..).zip(notices::of(entry, answer, outcome, platform)) {
            let Noted { account, template, params } = noted;
            let key = format!("{seq}-{nth}");
            let kind = template.kind();
            if let Account::Member(member) = &account
                && platform.notices.sends(&account, kind)
                && at >= self.not_before
            {
                self.row(row(&key, member, template, &params, seq, at, self.now));
            }
            self.changes.notes.push(NewNote {
                key,
                account: account_text(&account),
                kind: kind.name().into(),
                template: template.name().into(),
                params: serde_json::to_string(&params).expect("texts are JSON"),
                seq,
                at,
            });
        }
    }

    fn take_notice_act(&mut self, act: &NoticeAct, at: Instant) {
        let (account, which) = match act {
            NoticeAct::Read { account, notices } => (account, Which::Keys(notices.clone())),
            NoticeAct::ReadUpTo { account, seq } => (account, Which::UpTo(*seq)),
            NoticeAct::SetWishes { .. } => return,
        };
        self.changes.reads.push(Read { account: account_text(account), which, at: at.seconds });
    }

    fn take_webhook_act(&mut self, act: &WebhookAct, seq: u64, at: Instant) {
        if at.seconds < self.not_before {
            return;
        }
        match act {
            WebhookAct::Test { id } => {
                let row = test_row(id, &seq.to_string(), &at.to_string(), self.now);
                self.row(row.expect("the id of an endpoint is a name"));
            }
            WebhookAct::Resume { id } => {
                self.changes.again.push(Again::Held { target: id.clone(), at: self.now });
            }
            WebhookAct::Replay { delivery, .. } => {
                self.changes.again.push(Again::One { key: delivery.clone(), at: self.now });
            }
            WebhookAct::ReplayRange { id, first, last } => {
                let (target, first, last, at) = (id.clone(), *first, *last, self.now);
                self.changes.again.push(Again::Range { target, first, last, at });
            }
            _ => {}
        }
    }

    fn row(&mut self, row: NewRow) {
        self.changes.rows.push(row);
    }
}
