//! The books of a view, over random worlds: kept entry by entry they are what a look at everything finds, and every
//! account's statement sums to its balance, always.

use crate::read::place::{parts, random_lines};
use crate::support::group;
use linli_economy::account::{Account, Asset};
use linli_economy::handle::{MemberId, OrderId};
use linli_engine::books::{Ledger, StatementOf};
use linli_engine::statement::statement;
use linli_engine::{Books, Form, Limits, Place, Replica, SnapshotFolder, Stamp, View, Writer};
use linli_journal::{Header, SqliteStore, Store};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(60);

fn place(folder: &Path, plan: &str) -> Place {
    let store = SqliteStore::new(folder.join("journal.db"));
    store.create(&Header::new(plan.into())).expect("created");
    let snapshots = Arc::new(SnapshotFolder::new(folder.join("snapshots")));
    Place { store: Arc::new(store), snapshots }
}

/// Waits until the view has its ledger.
fn keep_ledger(view: &View, place: &Place) {
    let (sender, receiver) = channel();
    view.keep_ledger(place.store.clone(), move |read| {
        sender.send(read.map_err(|fault| fault.to_string())).expect("awaited");
    });
    assert_eq!(receiver.recv_timeout(LONG), Ok(Ok(())));
}

/// Applies a random world part by part, and looks at it after each part.
fn over_random_worlds(mut look: impl FnMut(u64, &Replica, &Books)) {
    for seed in 1..=6 {
        let folder = tempfile::tempdir().expect("a folder");
        let (plan, lines) = random_lines(seed, 600);
        let place = place(folder.path(), &plan);
        let (writer, view, _) = Writer::start_with_view(place.clone(), Limits::default()).expect("started");
        keep_ledger(&view, &place);
        for part in parts(seed, &lines) {
            let answers = writer.ask(group(part), Stamp::AsSent, Form::Refusals).expect("applied");
            assert!(view.wait_for(answers.last_seq, LONG));
            view.read_books(|replica, books| look(seed, replica, books)).expect("it follows");
        }
    }
}

/// Every account that a look finds, and those of members whose balance is zero.
fn accounts(replica: &Replica) -> Vec<(Account, Asset, i128)> {
    let state = replica.economy().state();
    let mut all = state.balances();
    for place in 0..state.members().len() {
        let member = MemberId::at(place).expect("a member's place");
        for (account, asset) in [
            (Account::Wallet(member), Asset::Cny),
            (Account::Spend(member), Asset::Cny),
            (Account::Points(member), Asset::Gp),
            (Account::Deduction(member), Asset::Dp),
        ] {
            all.push((account, asset, state.balance(account, asset)));
        }
    }
    for place in 0..state.orders().len() {
        let order = Account::Order(OrderId::at(place).expect("an order's place"));
        all.extend([Asset::Cny, Asset::Dp].map(|asset| (order, asset, state.balance(order, asset))));
    }
    all
}

fn sums(statement: StatementOf<'_>) -> i128 {
    let mut balance = statement.opening();
    for written in statement.oldest_first() {
        assert!(written.amount != 0, "{written:?}");
        balance += written.amount;
        assert_eq!(balance, written.balance, "{written:?}");
    }
    assert_eq!(balance, statement.closing());
    let mut backwards: Vec<_> = statement.newest_first().map(|written| written.line).collect();
    backwards.reverse();
    assert!(statement.oldest_first().map(|written| written.line).eq(backwards));
    balance
}

#[test]
fn the_statement_of_every_account_sums_to_its_balance_always() {
    let (mut looks, mut lines) = (0, 0);
    over_random_worlds(|seed, replica, books| {
        looks += 1;
        // Each look costs as much as the whole world.
        if looks % 4 != 0 {
            return;
        }
        let ledger = books.ledger().expect("it is kept");
        for (account, asset, balance) in accounts(replica) {
            let statement = ledger.statement(account, asset, None, None);
            assert_eq!(sums(statement), balance, "seed {seed}: {account:?}");
            assert_eq!(statement.opening(), 0);
            lines += statement.len();
        }
    });
    assert!(lines > 20_000, "{lines} lines");
}

#[test]
fn a_ledger_read_from_the_journal_is_the_one_that_was_kept_and_a_replay_says_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, lines) = random_lines(11, 900);
    let place = place(folder.path(), &plan);
    let (writer, view, _) = Writer::start_with_view(place.clone(), Limits::default()).expect("started");
    keep_ledger(&view, &place);
    let (early, late) = lines.split_at(400);
    writer.ask(group(early), Stamp::AsSent, Form::Refusals).expect("applied");
    // A view that begins in the middle reads what was before, while more comes.
    let genesis = Replica::genesis(place.store.read().expect("a journal").header()).expect("a plan");
    let middle = View::following(place.store.clone(), genesis);
    let reading = std::thread::spawn({
        let (middle, place) = (middle.clone(), place.clone());
        move || keep_ledger(&middle, &place)
    });
    let mut last = 0;
    for part in parts(3, late) {
        last = writer.ask(group(part), Stamp::AsSent, Form::Refusals).expect("applied").last_seq;
    }
    reading.join().expect("it is read");
    assert!(view.wait_for(last, LONG) && middle.wait_for(last, LONG));
    let told = |view: &View| {
        view.read_books(|replica, books| {
            let ledger = books.ledger().expect("it is kept");
            let mut told = BTreeMap::new();
            for (account, asset, _) in accounts(replica) {
                told.insert((account, asset), lines_of(ledger, account, asset));
            }
            told
        })
    };
    let (kept, read) = (told(&view).expect("it follows"), told(&middle).expect("it follows"));
    assert!(kept == read);
    let names = view.read(|replica| {
        kept.keys().map(|(account, _)| replica.economy().account_name(*account)).collect::<Vec<_>>()
    });
    for (name, ((_, asset), lines)) in names.expect("it follows").iter().zip(&kept).step_by(7) {
        let mut replayed = Vec::new();
        statement(
            &*place.store,
            name,
            |_, _| (),
            |line| {
                if line.asset == *asset {
                    replayed.push((line.seq, line.at.seconds, line.amount, line.balance));
                }
            },
        )
        .expect("it replays");
        let kept = lines.iter().filter(|(seq, ..)| *seq > 0).copied();
        assert!(replayed.into_iter().eq(kept), "{name}");
    }
}

fn lines_of(ledger: &Ledger, account: Account, asset: Asset) -> Vec<(u64, i64, i128, i128)> {
    let lines = ledger.statement(account, asset, None, None).oldest_first();
    lines.map(|line| (line.entry.seq, line.entry.at.seconds, line.amount, line.balance)).collect()
}

#[test]
fn a_part_of_a_statement_begins_and_ends_where_it_is_asked_to() {
    over_random_worlds(|_, replica, books| {
        let (ledger, account) = (books.ledger().expect("it is kept"), Account::ExternalPayments);
        let all = ledger.statement(account, Asset::Cny, None, None);
        let times: Vec<_> = all.oldest_first().map(|written| written.entry.at).collect();
        let (Some(first), Some(middle)) = (times.first(), times.get(times.len() / 2)) else { return };
        let early = ledger.statement(account, Asset::Cny, None, Some(*middle));
        let late = ledger.statement(account, Asset::Cny, Some(*middle), None);
        assert_eq!(early.len() + late.len(), all.len());
        assert_eq!((early.opening(), early.closing(), late.closing()), (0, late.opening(), all.closing()));
        assert_eq!((sums(early), sums(late)), (early.closing(), late.closing()));
        assert!(early.oldest_first().all(|written| written.entry.at < *middle));
        assert!(ledger.statement(account, Asset::Cny, None, Some(*first)).is_empty());
        let newest: Vec<_> = all.newest_first().take(3).map(|written| written.line).collect();
        let Some(cursor) = newest.get(1) else { return };
        let next = all.before((*cursor).into()).newest_first().next();
        assert_eq!(next.map(|written| written.line), newest.get(2).copied());
        assert_eq!(replica.economy().state().balance(account, Asset::Cny), all.closing());
    });
}

#[test]
fn what_is_posted_for_an_order_is_what_its_commands_posted() {
    let mut reached = BTreeMap::new();
    over_random_worlds(|_, replica, books| {
        let (state, ledger) = (replica.economy().state(), books.ledger().expect("it is kept"));
        for place in (0..state.orders().len()).rev().take(5) {
            let order = OrderId::at(place).expect("an order's place");
            let mut sums: BTreeMap<Asset, i128> = BTreeMap::new();
            for (noted, posted) in ledger.of_order(order) {
                assert_eq!(noted.order, Some(order));
                *reached.entry(noted.command).or_insert(0) += 1;
                for one in &posted {
                    *sums.entry(one.posting.asset).or_default() += one.posting.amount;
                }
            }
            assert!(sums.values().all(|sum| *sum == 0), "each command's postings sum to zero");
        }
    });
    assert!(
        ["pay", "settle", "cancel", "refund", "settle_mall"].iter().all(|name| reached.contains_key(name)),
        "{reached:?}"
    );
}

#[test]
fn what_is_pending_and_who_has_invited_how_many_is_what_a_look_at_everything_finds() {
    let (mut pending, mut invited) = (0, 0);
    over_random_worlds(|seed, replica, books| {
        let found = Books::of(replica);
        assert_eq!(books.pending(), found.pending(), "seed {seed}");
        assert_eq!(books.circle(), found.circle(), "seed {seed}");
        pending += usize::from(!found.pending().is_empty());
        let members = replica.economy().state().members();
        for place in 0..members.len() {
            let member = MemberId::at(place).expect("a member's place");
            let of = |inviter: MemberId| {
                let inviter = Some(inviter);
                (0..members.len())
                    .filter_map(MemberId::at)
                    .filter(move |one| members[one.index()].inviter == inviter)
            };
            let (direct, indirect) =
                (of(member).count(), of(member).map(|one| of(one).count()).sum::<usize>());
            let counted = books.circle().invited_by(member);
            let counted = [counted.direct, counted.indirect].map(usize::try_from);
            assert_eq!(counted, [Ok(direct), Ok(indirect)], "seed {seed}");
            invited += indirect;
        }
    });
    assert!(pending > 20 && invited > 20, "{pending} times pending, {invited} invited by invited");
}
