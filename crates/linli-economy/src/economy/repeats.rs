//! Repeated ids: the same content is answered with the first result, other content is refused.

use super::Economy;
use crate::command::{Command, Digest, Line};
use crate::handle::OrderId;
use crate::outcome::Outcome;
use crate::refusal::{Code, Refusal};

impl Economy {
    /// The first result, if the command's id was applied before with the same content.
    pub(super) fn first_result(&self, line: &Line<'_>) -> Result<Option<Outcome>, Refusal> {
        let command = &line.command;
        if let Some(order) = command.opened_order() {
            let Some(number) = self.ids.orders.find(order) else { return Ok(None) };
            let id = OrderId::at(number).expect("it has a handle");
            same_content(self.receipts.order_content(id), line.content(), order)?;
            return Ok(Some(self.opening_outcome(id)));
        }
        if let Command::Settle { order } | Command::SettleMall { order } = command {
            return Ok(self.settled_before(order, matches!(command, Command::SettleMall { .. })));
        }
        let Some((kind, id)) = command.own_id() else { return Ok(None) };
        let Some(number) = self.ids.own[kind as usize].find(id) else { return Ok(None) };
        let (content, receipt) = self.receipts.own(kind, number);
        same_content(content, line.content(), id)?;
        Ok(Some(self.receipts.get(receipt).clone()))
    }

    /// Keeps what a later repeat needs: the ids, the contents, and results that do not follow from the state.
    pub(super) fn keep(&mut self, line: &Line<'_>) {
        let command = &line.command;
        if let Some(order) = command.opened_order() {
            let id = OrderId::at(self.ids.orders.insert(order)).expect("the state made the handle");
            let paid_only = matches!(command, Command::Pay { .. } | Command::PayMall { .. });
            let receipt = paid_only.then(|| self.receipts.keep(self.state.outcome()));
            self.receipts.order_opened(id, line.content(), receipt);
        } else if let Some((kind, id)) = command.own_id() {
            self.ids.own[kind as usize].insert(id);
            let receipt = self.receipts.keep(self.state.outcome());
            self.receipts.own_applied(kind, line.content(), receipt);
        }
    }
}

fn same_content(first: Digest, content: Digest, id: &str) -> Result<(), Refusal> {
    if first == content {
        return Ok(());
    }
    Err(Refusal::new(Code::IdReused, format!("{id} was applied before with other content")))
}
