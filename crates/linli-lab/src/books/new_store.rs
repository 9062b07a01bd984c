//! What a store is opened with, for commands of the state and for lines of the stream.

use linli_economy::handle::MemberId;

/// A store to open.
pub struct NewStore<'a> {
    /// Who owns it.
    pub owner: MemberId,
    /// Who brought it in.
    pub recruiter: Option<MemberId>,
    /// Where it lies.
    pub district: &'a str,
    /// A rate of its own.
    pub take_rate: Option<&'a str>,
}
