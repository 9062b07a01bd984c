//! The statement of an account: every posting on it, with the command that it comes from and the balance after it.
//! Must not be added here: how it is shown.

use crate::answered::Answered;
use crate::entries::Entry;
use crate::fault::EngineFault;
use crate::walk::walk;
use linli_economy::account::Asset;
use linli_economy::time::Instant;
use linli_journal::Store;
use std::collections::BTreeMap;

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// The seq of the command.
    pub seq: u64,
    /// Its time.
    pub at: Instant,
    /// Its name.
    pub command: &'static str,
    /// The id of what it is about: an order's, a withdrawal's, and so on.
    pub id: String,
    /// What is posted.
    pub asset: Asset,
    /// How much, in units of the asset.
    pub amount: i128,
    /// The balance after it.
    pub balance: i128,
}

/// Shows the lines of an account's statement in their order; `progress` is told the seq reached and the end.
///
/// # Errors
/// The journal's and the replay's.
pub fn statement(
    store: &dyn Store,
    account: &str,
    progress: impl FnMut(u64, u64),
    mut each: impl FnMut(StatementLine),
) -> Result<(), EngineFault> {
    let mut balances: BTreeMap<Asset, i128> = genesis(store, account)?;
    let mut name = String::new();
    walk(store, progress, |entry, answer| {
        let Ok(outcome) = answer.outcome() else { return };
        if answer.replayed() {
            return;
        }
        for posting in outcome.merged() {
            name.clear();
            answer.economy().write_account(&mut name, posting.account);
            if name == account {
                let balance = balances.entry(posting.asset).or_default();
                *balance += posting.amount;
                each(line(entry, answer, posting.asset, posting.amount, *balance));
            }
        }
    })?;
    Ok(())
}

/// What the account holds before the first command: the plan's genesis.
fn genesis(store: &dyn Store, account: &str) -> Result<BTreeMap<Asset, i128>, EngineFault> {
    let replica = crate::replica::Replica::genesis(store.read()?.header())?;
    let balances = replica.economy().balances().into_iter();
    Ok(balances.filter(|(name, ..)| name == account).map(|(_, asset, amount)| (asset, amount)).collect())
}

fn line(
    entry: &Entry<'_>,
    answer: &Answered<'_>,
    asset: Asset,
    amount: i128,
    balance: i128,
) -> StatementLine {
    let (command, id) = entry.body.name();
    StatementLine {
        seq: answer.seq(),
        at: answer.economy().state().clock(),
        command,
        id: id.unwrap_or_default().to_string(),
        asset,
        amount,
        balance,
    }
}
