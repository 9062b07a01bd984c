//! A store: its balance, who owns and recruited it, where it lies, and who holds the regions around it.

use crate::handle::MemberId;
use crate::rate::Rate;
use crate::region::{District, LEVELS};
use crate::units::Fen;
use serde::{Deserialize, Serialize};

/// One store.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Store {
    /// `store:{id}`.
    pub balance: Fen,
    /// The member who owns it; its QR code binds to them.
    pub owner: MemberId,
    /// Who brought it in.
    pub recruiter: Option<MemberId>,
    /// Where it lies.
    pub district: District,
    /// Its own rate; without one it pays the plan's.
    pub own_rate: Option<Rate>,
    /// Takes no new orders; those paid are still settled.
    pub closed: bool,
    /// The agents of its district, city, province and macro-region, kept up to date with the regions.
    pub agents: [Option<MemberId>; LEVELS],
}
