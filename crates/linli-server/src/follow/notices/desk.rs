//! What is told to people at a desk: what waits for them, and what has stopped.

use super::Noting;
use crate::routes::text::yuan;
use linli_platform::notice::Template;
use linli_platform::{Act, Permission, RefundAct, WebhookAct, WithdrawalAct};

pub fn of_act(noting: &mut Noting<'_>, act: &Act) {
    let platform = noting.platform;
    match act {
        Act::Withdrawal(WithdrawalAct::Submit { id, fen, .. }) => {
            let amount = yuan(*fen);
            let params = [("amount", &*amount), ("withdrawal", id)];
            noting.tell_desk(Permission::ReviewWithdrawals, Template::WithdrawalWaits, &params);
        }
        Act::Refund(RefundAct::Appeal { id, .. } | RefundAct::Escalate { id }) => {
            let order = &platform.refunds.get(id).expect("accepted: it is there").bought.order;
            noting.tell_desk(Permission::DecideRefunds, Template::RefundWaits, &[("order", order)]);
        }
        Act::Webhook(WebhookAct::Disable { id, cause }) => {
            let endpoint = platform.webhooks.get(id).expect("accepted: it is there");
            let params = [("name", &*endpoint.form.name), ("state", cause.name())];
            noting.tell_desk(Permission::ManageKeys, Template::WebhookDisabled, &params);
        }
        _ => {}
    }
}
