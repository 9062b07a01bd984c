//! A large stream of commands to time `linli replay` with: the same bytes each time, made without a library.

use anyhow::Result;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

const MEMBERS: u64 = 100_000;
const STORES: u64 = 500;

/// Writes a stream of `commands` lines: members, stores, and orders in them.
pub fn write(path: &Path, commands: u64) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut random = Random(7);
    writeln!(file, r#"{{"cmd":"open_member","member":"M0"}}"#)?;
    for store in 0..STORES {
        writeln!(file, r#"{{"cmd":"open_store","store":"S{store}","owner":"M0","district":"440106"}}"#)?;
    }
    for member in 1..MEMBERS {
        let inviter = random.below(member);
        writeln!(file, r#"{{"cmd":"open_member","member":"M{member}","inviter":"M{inviter}"}}"#)?;
    }
    for order in 0..commands - MEMBERS - STORES {
        let (member, store) = (random.below(MEMBERS), random.below(STORES));
        let (yuan, cents) = (5 + random.below(995), random.below(100));
        writeln!(
            file,
            r#"{{"cmd":"settle","order":"O{order}","member":"M{member}","store":"S{store}","amount":"{yuan}.{cents:02}","at":"2026-01-01T08:00:00Z"}}"#
        )?;
    }
    file.flush()?;
    Ok(())
}

/// A multiplicative generator with a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
