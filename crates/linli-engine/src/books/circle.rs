//! Who has invited how many, and how many those have: counts, kept from each change of a binding. Must not be added here:
//! who they are.

use crate::answered::Answered;
use crate::entries::Entry;
use linli_economy::Economy;
use linli_economy::command::Command;
use linli_economy::handle::MemberId;

/// The counts of all members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circle {
    /// To whom each member is bound.
    inviters: Vec<Option<MemberId>>,
    invited: Vec<Invited>,
}

/// How many are bound to a member now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invited {
    /// To them.
    pub direct: u64,
    /// To those.
    pub indirect: u64,
}

impl Circle {
    /// The counts of an economy.
    #[must_use]
    pub fn of(economy: &Economy) -> Self {
        let mut circle = Self::default();
        circle.compare_all(economy);
        circle
    }

    /// How many are bound to a member now.
    #[must_use]
    pub fn invited_by(&self, member: MemberId) -> Invited {
        self.invited.get(member.index()).copied().unwrap_or_default()
    }

    /// Takes the next entry with its answer.
    pub(crate) fn take(&mut self, entry: &Entry<'_>, answer: &Answered<'_>) {
        let Some(command) = entry.body.command() else { return };
        let member = match command {
            Command::OpenMember { member, .. }
            | Command::Bind { member, .. }
            | Command::Release { member } => Some(member),
            Command::Rebind { .. } => None,
            _ => return,
        };
        if answer.outcome().is_err() {
            return;
        }
        let economy = answer.economy();
        match member.and_then(|member| economy.member_id(member)) {
            Some(member) => self.compare(economy, member),
            None => self.compare_all(economy),
        }
    }

    fn compare_all(&mut self, economy: &Economy) {
        for place in 0..economy.state().members().len() {
            self.compare(economy, MemberId::at(place).expect("it is a member's place"));
        }
    }

    /// Notes to whom a member is bound now.
    fn compare(&mut self, economy: &Economy, member: MemberId) {
        let members = economy.state().members();
        self.inviters.resize(members.len().max(self.inviters.len()), None);
        self.invited.resize(self.inviters.len(), Invited::default());
        let now = members[member.index()].inviter;
        let before = std::mem::replace(&mut self.inviters[member.index()], now);
        if before == now {
            return;
        }
        let own = self.invited[member.index()].direct;
        if let Some(before) = before {
            let left = &mut self.invited[before.index()];
            (left.direct, left.indirect) = (left.direct - 1, left.indirect - own);
            if let Some(above) = self.inviters[before.index()] {
                self.invited[above.index()].indirect -= 1;
            }
        }
        if let Some(now) = now {
            let joined = &mut self.invited[now.index()];
            (joined.direct, joined.indirect) = (joined.direct + 1, joined.indirect + own);
            if let Some(above) = self.inviters[now.index()] {
                self.invited[above.index()].indirect += 1;
            }
        }
    }
}
