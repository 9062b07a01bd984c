//! What several tests need: snapshots, and balances as a random stream sees them.

use linli_economy::Economy;

/// An economy's snapshot.
pub fn snapshot(economy: &Economy) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written: Result<(), std::convert::Infallible> = economy.write_snapshot(|block| {
        bytes.extend_from_slice(block);
        Ok(())
    });
    written.expect("memory takes it");
    bytes
}

/// The balances of now, for a random stream to hit them.
pub fn seen(economy: &Economy) -> Vec<(String, &'static str, i128)> {
    economy.balances().into_iter().map(|(account, asset, amount)| (account, asset.name(), amount)).collect()
}
