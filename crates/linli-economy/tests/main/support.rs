//! What several tests need: seeded randomness, random plans, random streams of commands.

pub mod plans;
pub mod random;
pub mod stream;

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
