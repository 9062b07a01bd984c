//! Snapshots in memory that rot: what was kept may come back changed, cut off, or not at all.

use linli_engine::Snapshots;
use linli_engine::snapshots::WriteBytes;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

/// The snapshots; clones are the same.
#[derive(Clone, Default)]
pub struct Rotten {
    kept: Arc<Mutex<BTreeMap<u64, Vec<u8>>>>,
}

impl Rotten {
    /// Changes the newest snapshot, if there is one.
    pub fn rot(&self, change: impl FnOnce(&mut Vec<u8>)) {
        if let Some(newest) = self.kept.lock().expect("no panic under the lock").values_mut().next_back() {
            change(newest);
        }
    }
}

impl Snapshots for Rotten {
    fn list(&self) -> io::Result<Vec<u64>> {
        Ok(self.kept.lock().expect("no panic under the lock").keys().rev().copied().collect())
    }

    fn load(&self, seq: u64) -> io::Result<Vec<u8>> {
        let kept = self.kept.lock().expect("no panic under the lock");
        kept.get(&seq).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn save(&self, seq: u64, write: &mut WriteBytes<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        self.kept.lock().expect("no panic under the lock").insert(seq, bytes);
        Ok(())
    }

    fn place(&self, seq: u64) -> String {
        format!("snapshot {seq}")
    }
}
