//! How members, stores and regions hang together: facts with a date and a source. Must not be added here: a rewriting
//! of one; who is bound to whom now stands in `members`.

use super::super::moment::Moment;
use super::super::schema::TableId;
use super::Gatherer;
use linli_economy::Economy;
use linli_economy::command::{Command, Id, Rebound};
use linli_economy::handle::MemberId;

/// What changed an inviter, and the case that decided it, if one did.
#[derive(Clone, Copy)]
struct Source<'a> {
    name: &'static str,
    case: Option<&'a str>,
}

impl Gatherer {
    pub(super) fn take_relation(&mut self, economy: &Economy, command: &Command<'_>, now: Moment) {
        let source = |name| Source { name, case: None };
        match command {
            Command::OpenMember { member, .. } => {
                let id = member_id(economy, member);
                self.touched.members.entry(id).or_default().begun = Some(now);
                self.inviters.push(None);
                self.take_inviters(economy, &[id], source("registration"), now);
            }
            Command::Bind { member, .. } => {
                self.take_inviters(economy, &[member_id(economy, member)], source("bind"), now);
            }
            Command::Release { member } => {
                self.take_inviters(economy, &[member_id(economy, member)], source("release"), now);
            }
            Command::Rebind { case, whom, .. } => {
                let members = self.named(economy, whom);
                self.take_inviters(economy, &members, Source { name: "rebind", case: Some(case) }, now);
            }
            Command::Suspend { member } | Command::Reinstate { member } | Command::SetRank { member, .. } => {
                self.touched.member(economy, member);
            }
            Command::Appoint { region, agent } => self.take_agent(region, Some(agent), now),
            Command::Dismiss { region } => self.take_agent(region, None, now),
            _ => {}
        }
    }

    /// Whom a case names; all of an inviter's are those of before it.
    fn named(&self, economy: &Economy, whom: &Rebound<'_>) -> Vec<MemberId> {
        match whom {
            Rebound::Members(members) => members.iter().map(|member| member_id(economy, member)).collect(),
            Rebound::AllOf(inviter) => {
                let inviter = Some(member_id(economy, inviter));
                let bound = self.inviters.iter().enumerate().filter(|(_, known)| **known == inviter);
                bound.map(|(index, _)| MemberId::at(index).expect("it has a handle")).collect()
            }
        }
    }

    /// Who of these has another inviter than before has it as a fact from now on. A case that would close a circle,
    /// or that decides what is so already, changes nothing.
    fn take_inviters(&mut self, economy: &Economy, members: &[MemberId], source: Source<'_>, now: Moment) {
        let mut line = 0;
        for &id in members {
            let inviter = economy.state().members()[id.index()].inviter;
            if inviter == std::mem::replace(&mut self.inviters[id.index()], inviter) {
                continue;
            }
            line += 1;
            self.touched.members.entry(id).or_default();
            let rows = self.changes.to(TableId::Relations);
            rows.number(now.seq.get()).number(line).text(economy.member_name(id));
            rows.optional_text(inviter.map(|inviter| economy.member_name(inviter)));
            rows.text(source.name).optional_text(source.case);
        }
    }

    fn take_agent(&mut self, region: &str, agent: Option<&Id<'_>>, now: Moment) {
        let rows = self.changes.to(TableId::Agents);
        rows.number(now.seq.get()).text(region).optional_text(agent.map(|agent| &**agent));
    }
}

fn member_id(economy: &Economy, member: &str) -> MemberId {
    economy.member_id(member).expect("the command was accepted")
}
