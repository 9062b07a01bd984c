//! The bytes of hashes never change: journals of years ago are checked with them.

use linli_journal::{Batch, Content, Fault, Hash, Header};

type Change = dyn Fn(&mut u64, &mut Content, &mut Hash, &mut Hash);

fn batch() -> Batch {
    let header = Header::new("name = \"golden\"".into());
    let entries = b"three entries".to_vec();
    let (results, figures) = (Hash::of(b"results"), Hash::of(b"figures"));
    Batch::after(header.tip(), Content { count: 3, entries, results, figures })
}

#[test]
fn hashes_are_what_they_always_were() {
    let batch = batch();
    assert_eq!(
        batch.previous().to_string(),
        "05067e0ccacc6cfa4ebcbcec9ca89523e775405e4570b2549b677b65f258c641"
    );
    assert_eq!(batch.hash().to_string(), "87fb08bc3a9e703fb640b7edabd56b6fd7fb3882526118bfae204bdf1ab2d1f7");
}

#[test]
fn fields_are_hashed_with_their_lengths() {
    assert_ne!(Hash::of_fields(&[b"ab", b"c"]), Hash::of_fields(&[b"a", b"bc"]));
    assert_ne!(Hash::of_fields(&[b"abc"]), Hash::of_fields(&[b"abc", b""]));
}

#[test]
fn a_batch_with_any_field_changed_is_damaged() {
    let batch = batch();
    let stored = |change: &Change| {
        let (mut first, mut content) = (batch.first_seq(), batch.content().clone());
        let (mut previous, mut hash) = (batch.previous(), batch.hash());
        change(&mut first, &mut content, &mut previous, &mut hash);
        Batch::stored(first, content, previous, hash)
    };
    assert_eq!(stored(&|_, _, _, _| ()).expect("as it was"), batch);
    let changes: [&Change; 8] = [
        &|first, _, _, _| *first += 1,
        &|_, content, _, _| content.count += 1,
        &|_, content, _, _| content.count = 0,
        &|_, content, _, _| content.entries[5] ^= 1,
        &|_, content, _, _| content.results.0[31] ^= 0x80,
        &|_, content, _, _| content.figures.0[0] ^= 1,
        &|_, _, previous, _| previous.0[7] ^= 4,
        &|_, _, _, hash| hash.0[9] ^= 2,
    ];
    for (number, change) in changes.iter().enumerate() {
        let damaged = stored(change);
        assert!(matches!(damaged, Err(Fault::Damaged { .. })), "change {number}: {damaged:?}");
    }
}
