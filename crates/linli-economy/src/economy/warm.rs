//! Reading ahead for lines that are about to be applied, as the state does for orders: the ids of the buyers and
//! of those who invited them are asked of the memory all at once. It changes nothing but the time.

use super::Economy;
use crate::command::{Command, Received};
use crate::handle::MemberId;
use crate::state::BATCH;
use std::hint::black_box;

impl Economy {
    /// Reads what these lines will touch: at most [`BATCH`] of them, just before they are applied.
    pub fn read_ahead<'l>(&self, lines: impl IntoIterator<Item = &'l Received<'l>>) {
        let mut buyers = [None; BATCH];
        for (buyer, line) in buyers.iter_mut().zip(lines) {
            let id = line.as_ref().ok().and_then(|line| buyer_of(&line.command));
            *buyer = id.and_then(|id| self.ids.members.find(id)).and_then(MemberId::at);
        }
        let names = &self.ids.members;
        let above = self.state.read_ahead(buyers).into_iter().flatten().flatten();
        black_box(above.fold(0, |seen, member| seen ^ names.text(member.index()).as_bytes()[0]));
    }
}

fn buyer_of<'l>(command: &'l Command<'_>) -> Option<&'l str> {
    match command {
        Command::SettleInOne { member, .. } | Command::Pay { member, .. } => member.as_deref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Line;

    #[test]
    fn only_orders_of_stores_with_a_member_are_read_ahead_for() {
        for (text, buyer) in [
            (r#"{"cmd":"settle","order":"O","member":"M","store":"S","amount":"1.00"}"#, Some("M")),
            (r#"{"cmd":"pay","order":"O","member":"M","store":"S","amount":"1.00"}"#, Some("M")),
            (r#"{"cmd":"settle","order":"O","store":"S","amount":"1.00"}"#, None),
            (r#"{"cmd":"settle","order":"O"}"#, None),
            (r#"{"cmd":"suspend","member":"M"}"#, None),
        ] {
            let line = Line::read(1, text.as_bytes()).expect("a command");
            assert_eq!(buyer_of(&line.command), buyer, "{text}");
        }
    }
}
