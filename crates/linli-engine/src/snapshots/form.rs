//! The bytes of a snapshot: magic, format, the release that wrote it, the tip, the streams, the platform, the chronicle,
//! the economy, and the BLAKE3 hash of all that. A release reads only its own: another's is passed over and the journal is replayed.

use crate::chronicle::Chronicle;
use crate::replica::{Replica, Streams};
use linli_economy::Economy;
use linli_journal::{Hash, Tip};
use linli_platform::Platform;
use std::io::{self, Write};

const MAGIC: &[u8; 16] = b"linli snapshot 3";

/// What wrote it; the form of an economy can change with each release.
const RELEASE: &str = env!("CARGO_PKG_VERSION");

const HASH_BYTES: usize = 32;

/// Writes a replica.
pub fn write(replica: &Replica, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Hashing { out, hasher: blake3::Hasher::new() };
    out.take(MAGIC)?;
    let (tip, streams) = (replica.tip(), replica.streams());
    let head = (RELEASE, tip.seq, tip.hash.0, streams, replica.platform(), replica.chronicle());
    let head = postcard::to_stdvec(&head).map_err(io::Error::other)?;
    out.take(&u64::try_from(head.len()).expect("64 bits").to_le_bytes())?;
    out.take(&head)?;
    replica.economy().write_snapshot(|block| out.take(block))?;
    let hash = out.hasher.finalize();
    out.out.write_all(hash.as_bytes())
}

struct Hashing<'o> {
    out: &'o mut dyn Write,
    hasher: blake3::Hasher,
}

impl Hashing<'_> {
    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.out.write_all(bytes)
    }
}

/// Reads a replica, or says why the bytes are none.
pub fn read(bytes: &[u8]) -> Result<Replica, String> {
    let short = || "it is cut off".to_string();
    let (content, hash) = bytes.split_last_chunk::<HASH_BYTES>().ok_or_else(short)?;
    let (magic, rest) = content.split_first_chunk().ok_or_else(short)?;
    if magic != MAGIC {
        return Err("it is no snapshot of this form".into());
    }
    let found = Hash::of(content);
    if found.0 != *hash {
        return Err(format!("its hash is {found}, not {} as written: it is damaged", Hash(*hash)));
    }
    let (length, rest) = rest.split_first_chunk().ok_or_else(short)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| short())?;
    let (head, economy) = rest.split_at_checked(length).ok_or_else(short)?;
    let release: &str = postcard::take_from_bytes(head).map_err(|error| error.to_string())?.0;
    if release != RELEASE {
        return Err(format!("release {release} wrote it, and this is {RELEASE}"));
    }
    let (_, seq, hash, streams, platform, chronicle): (&str, u64, [u8; 32], Streams, Platform, Chronicle) =
        postcard::from_bytes(head).map_err(|error| error.to_string())?;
    let economy = Economy::from_snapshot(economy).map_err(|error| error.to_string())?;
    Ok(Replica::from_parts(economy, platform, streams, chronicle, Tip { seq, hash: Hash(hash) }))
}
