//! A withdrawal that the provider is to pay out: the account that it goes to is opened here, and shown to the provider
//! alone. Must not be added here: a log of it.

use crate::app::App;
use crate::problem::Problem;
use linli_payments::{Account, Amount, Ask, Id, Line, Receiver};
use linli_platform::withdrawal::State;

/// What is asked; none if the withdrawal does not wait for it any more.
pub async fn ask(app: &App, id: &str) -> Result<Option<Ask>, Problem> {
    let found = app.look(|replica| {
        let withdrawal = replica.platform().withdrawals.get(id)?;
        let waits = withdrawal.state() == State::InPayment;
        waits.then(|| (withdrawal.owner.clone(), withdrawal.fen, withdrawal.reference))
    })?;
    let Some((owner, fen, reference)) = found else { return Ok(None) };
    let asked = || {
        // The operator's system knows accounts by their references, as the payout file of the desk names them.
        let account =
            Account::new(&reference.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}")))?;
        let to = match owner {
            linli_platform::withdrawal::Owner::Member(_) => Receiver::Person(account),
            _ => Receiver::Merchant(account),
        };
        let title = Line::new("提现 withdrawal")?;
        Ok::<_, linli_payments::Refusal>(Ask::Payout {
            id: Id::new(id)?,
            amount: Amount::of_fen(fen)?,
            to,
            title,
        })
    };
    asked().map(Some).map_err(|refusal| {
        tracing::error!(id, %refusal, "a withdrawal cannot be asked of the provider");
        Problem::internal()
    })
}
