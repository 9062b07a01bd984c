//! The accounts by number, each with its lines. Must not be added here: a balance.

use linli_economy::account::{Account, Asset};

/// Kinds of account, and assets of each.
const KINDS: usize = 18;
const ASSETS: usize = 3;

/// No number.
const NONE: u32 = u32::MAX;

/// The accounts that something was posted to.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// By kind and asset, by the place of whose it is: the number.
    numbers: [Vec<u32>; KINDS * ASSETS],
    /// By number.
    known: Vec<Known>,
}

#[derive(Clone, Debug)]
struct Known {
    account: Account,
    asset: Asset,
    /// The numbers of its lines, the oldest first.
    lines: Vec<u32>,
}

impl Default for Accounts {
    fn default() -> Self {
        Self { numbers: std::array::from_fn(|_| Vec::new()), known: Vec::new() }
    }
}

impl Accounts {
    /// The number of an account, which gets one if it has none.
    pub fn number(&mut self, account: Account, asset: Asset) -> u32 {
        if let Some(number) = self.find(account, asset) {
            return number;
        }
        let number = u32::try_from(self.known.len()).expect("fewer accounts than lines");
        let (kind, place) = place(account, asset);
        let numbers = &mut self.numbers[kind];
        if numbers.len() <= place {
            numbers.resize(place + 1, NONE);
        }
        numbers[place] = number;
        self.known.push(Known { account, asset, lines: Vec::new() });
        number
    }

    /// The number of an account, if something was posted to it.
    pub fn find(&self, account: Account, asset: Asset) -> Option<u32> {
        let (kind, place) = place(account, asset);
        self.numbers[kind].get(place).copied().filter(|&number| number != NONE)
    }

    /// The account of a number.
    pub fn account(&self, number: u32) -> (Account, Asset) {
        let known = &self.known[number as usize];
        (known.account, known.asset)
    }

    /// The lines of an account, the oldest first.
    pub fn lines(&self, number: u32) -> &[u32] {
        &self.known[number as usize].lines
    }

    /// The last line of an account.
    pub fn newest(&self, number: u32) -> Option<u32> {
        self.lines(number).last().copied()
    }

    /// Adds a line.
    pub fn add(&mut self, number: u32, line: u32) {
        let lines = &mut self.known[number as usize].lines;
        if lines.is_empty() {
            // Most accounts are those of orders, which have two lines.
            lines.reserve_exact(2);
        }
        lines.push(line);
    }
}

/// Where the number of an account stands.
fn place(account: Account, asset: Asset) -> (usize, usize) {
    let (kind, place) = match account {
        Account::ExternalPayments => (0, 0),
        Account::ExternalPayouts => (1, 0),
        Account::ExternalCapital => (2, 0),
        Account::Order(id) => (3, id.index()),
        Account::Store(id) => (4, id.index()),
        Account::Supplier(id) => (5, id.index()),
        Account::Wallet(id) => (6, id.index()),
        Account::Spend(id) => (7, id.index()),
        Account::Points(id) => (8, id.index()),
        Account::Deduction(id) => (9, id.index()),
        Account::PlatformProfit => (10, 0),
        Account::PlatformFees => (11, 0),
        Account::PlatformGenesis => (12, 0),
        Account::PoolReserve => (13, 0),
        Account::PoolIssued => (14, 0),
        Account::MallIssued => (15, 0),
        Account::DividendAccrued => (16, 0),
        Account::Payout(id) => (17, id.index()),
    };
    let asset = match asset {
        Asset::Cny => 0,
        Asset::Gp => 1,
        Asset::Dp => 2,
    };
    (kind * ASSETS + asset, place)
}
