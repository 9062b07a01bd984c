//! Random walks over withdrawals, by whoever asks for them, two people of finance and what the bank reports: after each step
//! the answer is what the states say, and the wallet has what is not on its way. Must not be added here: a limit.

use super::random::Random;
use super::{setting, yuan};
use crate::support::bank::Bank;
use crate::support::json;
use serde_json::json;

/// What is in the wallet at first.
const WALLET: u64 = 3_000_000;

/// Withdrawals that one may ask for in a day.
const DAY_COUNT: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Submitted,
    InReview,
    Approved,
    InPayment,
    Paid,
    Failed,
    Rejected,
    TakenBack,
}

use State::{Approved, Failed, InPayment, InReview, Paid, Rejected, Submitted, TakenBack};

impl State {
    fn is_open(self) -> bool {
        matches!(self, Submitted | InReview | Approved | InPayment)
    }

    /// Whether the money is back in the wallet.
    fn is_back(self) -> bool {
        matches!(self, Failed | Rejected | TakenBack)
    }

    fn name(self) -> &'static str {
        match self {
            Submitted => "submitted",
            InReview => "in_review",
            Approved => "approved",
            InPayment => "in_payment",
            Paid => "paid",
            Failed => "failed",
            Rejected => "rejected",
            TakenBack => "taken_back",
        }
    }
}

/// What is tried with a withdrawal.
const MOVES: [State; 7] = [TakenBack, InReview, Approved, Rejected, InPayment, Paid, Failed];

/// The code with which a move is refused; none if it is done.
fn refusal(from: State, to: State) -> Option<&'static str> {
    let allowed: &[State] = match to {
        TakenBack | InReview => &[Submitted],
        Approved => &[InReview],
        Rejected => &[InReview, Approved],
        InPayment => &[Approved],
        Paid | Failed => &[InPayment],
        Submitted => unreachable!("nothing becomes submitted again"),
    };
    let is_reported = |state| matches!(state, Paid | Failed);
    match from {
        from if allowed.contains(&from) => None,
        from if is_reported(to) && from == to => Some("event_known"),
        from if is_reported(to) && is_reported(from) => Some("event_contradicts"),
        from if from.is_open() => Some("withdrawal_state"),
        _ => Some("withdrawal_closed"),
    }
}

async fn take(bank: &Bank, finance: &str, id: &str, to: State) -> Option<String> {
    let target = |what: &str| format!("/v1/withdrawals/{id}/{what}");
    let why = json!({ "reason": "it is so" });
    let (token, target, body) = match to {
        TakenBack => (&*bank.owner, target("take-back"), json!({})),
        InReview => (finance, target("take-up"), json!({})),
        Approved => (finance, target("approve"), json!({})),
        Rejected => (finance, target("reject"), why),
        InPayment => (finance, "/v1/payout-files".into(), json!({ "withdrawals": [id] })),
        Paid => (finance, target("paid"), json!({})),
        Failed => (finance, target("failed"), why),
        Submitted => unreachable!("nothing becomes submitted again"),
    };
    let answer = json(bank.write(token, &target, body).await).await;
    (answer["ok"] != true).then(|| answer["code"].as_str().expect("a code").to_string())
}

async fn walk(seed: u64, steps: u64) {
    let (bank, mut random) = (Bank::open().await, Random::new(seed));
    bank.set_account(&bank.owner, "/v1/me").await;
    let mut known: Vec<(String, u64, State)> = Vec::new();
    for step in 0..steps {
        if known.is_empty() || (known.len() < DAY_COUNT && random.percent(20)) {
            let fen = 1_000 + random.below(9_000);
            let id = bank.done(&bank.owner, "/v1/me/withdrawals", json!({ "amount": yuan(fen) })).await;
            known.push((id, fen, Submitted));
            continue;
        }
        let place = usize::try_from(random.below(known.len() as u64)).expect("a few");
        let to = MOVES[usize::try_from(random.below(MOVES.len() as u64)).expect("a few")];
        let finance = if random.percent(50) { &bank.chen } else { &bank.dai };
        let (id, _, state) = &mut known[place];
        let (taken, expected) = (take(&bank, finance, id, to).await, refusal(*state, to));
        assert_eq!(taken.as_deref(), expected, "seed {seed}, step {step}: {state:?} to {to:?}");
        if taken.is_none() {
            *state = to;
        }
    }
    for (id, _, state) in &known {
        let found = bank.read(&bank.owner, &format!("/v1/withdrawals/{id}")).await;
        assert_eq!(found["state"], state.name(), "seed {seed}: {id}");
    }
    let away: u64 = known.iter().filter(|(_, _, state)| !state.is_back()).map(|(_, fen, _)| fen).sum();
    assert_eq!(bank.wallet().await, yuan(WALLET - away), "seed {seed}");
    let mut app = bank.app;
    app.end();
    app.ended().await;
    app.audit();
}

#[tokio::test]
async fn withdrawals_go_as_their_states_say() {
    let (first, seeds) = (setting("LINLI_SEED", 1), setting("LINLI_SEEDS", 2));
    for seed in first..first + seeds {
        walk(seed, setting("LINLI_STEPS", 60)).await;
    }
}
