//! Which notifications follow from an entry, and for whom: the buyer, whose store it is, who got a part, the desk. The same
//! entry gives the same ones in the same order, always. Whoever invited somebody learns nothing of who that is. Must not be
//! added here: what they say; the catalogue does.

mod desk;
mod orders;
mod people;

use linli_economy::Economy;
use linli_economy::handle::{MemberId, StoreId};
use linli_economy::outcome::Outcome;
use linli_engine::{Answered, Body, Entry};
use linli_platform::notice::{Params, Template};
use linli_platform::{Account, Act, Permission, Platform};

/// A notification.
pub struct Noted {
    pub account: Account,
    pub template: Template,
    pub params: Params,
}

/// Notifications as they are gathered.
pub struct Noting<'a> {
    pub economy: &'a Economy,
    pub platform: &'a Platform,
    noted: Vec<Noted>,
}

/// The notifications of an entry that was accepted.
pub fn of(entry: &Entry<'_>, answer: &Answered<'_>, outcome: &Outcome, platform: &Platform) -> Vec<Noted> {
    let mut noting = Noting { economy: answer.economy(), platform, noted: Vec::new() };
    let act = match &entry.body {
        Body::Act(performed) => Some(&performed.deed.act),
        Body::Line(_) => None,
    };
    if let Some(act) = act {
        people::of_act(&mut noting, act);
        desk::of_act(&mut noting, act);
    }
    if let Some(command) = entry.body.command() {
        // A withdrawal's own act has told of it.
        if !matches!(act, Some(Act::Withdrawal(_))) {
            people::of_command(&mut noting, command);
        }
        orders::of_command(&mut noting, command, outcome);
    }
    orders::of_exits(&mut noting, outcome);
    noting.noted
}

impl Noting<'_> {
    /// Tells somebody, unless they do not want to hear of it. A member whom nobody logs in as is told nothing.
    pub fn tell(&mut self, account: Account, template: Template, params: &[(&str, &str)]) {
        let reads = match &account {
            Account::Member(id) => self.platform.people.get(id).is_some(),
            Account::Staff(id) => self.platform.staff.in_force(id).is_ok(),
        };
        if !reads || !self.platform.notices.shows(&account, template.kind()) {
            return;
        }
        let params = params.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        self.noted.push(Noted { account, template, params });
    }

    pub fn tell_member(&mut self, member: &str, template: Template, params: &[(&str, &str)]) {
        self.tell(Account::Member(member.into()), template, params);
    }

    pub fn tell_one(&mut self, member: MemberId, template: Template, params: &[(&str, &str)]) {
        let id = self.economy.member_name(member).to_string();
        self.tell(Account::Member(id), template, params);
    }

    /// Tells whose store it is.
    pub fn tell_owner(&mut self, store: StoreId, template: Template, params: &[(&str, &str)]) {
        let owner = self.economy.state().stores()[store.index()].owner;
        self.tell_one(owner, template, params);
    }

    /// Tells everybody at a desk who has this permission.
    pub fn tell_desk(&mut self, permission: Permission, template: Template, params: &[(&str, &str)]) {
        let platform = self.platform;
        let staff = platform.staff.iter();
        let with = staff.filter(|(_, one)| !one.has_ended && permission.is_granted_to(&one.roles));
        for (id, _) in with {
            self.tell(Account::Staff(id.into()), template, params);
        }
    }

    /// Tells everybody.
    pub fn tell_all(&mut self, template: Template, params: &[(&str, &str)]) {
        let platform = self.platform;
        for member in platform.people.members() {
            self.tell_member(member, template, params);
        }
        for (id, _) in platform.staff.iter() {
            self.tell(Account::Staff(id.into()), template, params);
        }
    }
}
