//! Withdrawals as they are shown: the one timeline, with what was and what is promised. Owners are not told which
//! colleague did what. Must not be added here: a number of an account.

use crate::routes::text::yuan;
use linli_economy::time::Instant;
use linli_engine::Replica;
use linli_platform::Actor;
use linli_platform::withdrawal::{Limits, Owner, PayoutAccount, State, Step, Used};
use serde::Serialize;
use utoipa::ToSchema;

/// Where money is paid out to.
#[derive(Serialize, ToSchema)]
pub struct Account {
    /// What of it is shown; none if none was set.
    #[schema(example = "招商银行 尾号 7890")]
    account: Option<String>,
    /// When it was set.
    set_at: Option<String>,
    /// From when on money can be asked for: after a change a day later.
    usable_from: Option<String>,
    /// Whether that is now.
    is_usable: bool,
}

/// A step of a withdrawal.
#[derive(Serialize, ToSchema)]
pub struct ShownStep {
    /// `submitted`, `in_review`, `approved`, `in_payment`, `paid`, `rejected`, `failed` or `taken_back`.
    #[schema(example = "in_review")]
    state: &'static str,
    /// The same in Chinese.
    #[schema(example = "审核中")]
    state_zh: &'static str,
    /// Since when; none for what is still to come.
    at: Option<String>,
    /// Until when the next step is promised; of what is still to come, until when it is itself.
    promised: Option<String>,
    /// Whose act it was, where a desk looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

/// A withdrawal.
#[derive(Serialize, ToSchema)]
pub struct Withdrawal {
    /// The withdrawal.
    #[schema(example = "W0123456789abcdef0123")]
    pub id: String,
    /// `member`, `store`, `supplier` or `platform`.
    #[schema(example = "member")]
    kind: &'static str,
    /// Which of these; of the platform `profit` or `fees`.
    owner: String,
    /// Yuan.
    #[schema(example = "100.00")]
    amount: String,
    /// What is shown of the account that it goes to.
    #[schema(example = "招商银行 尾号 7890")]
    account: String,
    /// Where it stands.
    #[schema(example = "in_review")]
    state: &'static str,
    /// The same in Chinese.
    state_zh: &'static str,
    /// Whether the promised time has passed.
    is_late: bool,
    /// Why it was rejected or has failed.
    reason: Option<String>,
    /// What has happened.
    steps: Vec<ShownStep>,
    /// What happens next when all goes well.
    ahead: Vec<ShownStep>,
    /// What only a desk sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    desk: Option<DeskView>,
}

/// What a desk sees of a withdrawal besides.
#[derive(Serialize, ToSchema)]
struct DeskView {
    /// Who has approved.
    approved_by: Vec<String>,
    /// How many must.
    approvals_needed: usize,
    /// The payout file that it is in.
    payout_file: Option<String>,
    /// Others who are paid out to the same account, which is worth a look.
    same_account: Vec<String>,
}

/// For whom something is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    Owner,
    Desk,
}

/// What may be withdrawn.
#[derive(Serialize, ToSchema)]
pub struct ShownLimits {
    /// The least at once.
    #[schema(example = "10.00")]
    least: String,
    /// The most at once.
    #[schema(example = "50000.00")]
    most: String,
    /// The most of one owner in a day of Asia/Shanghai.
    #[schema(example = "100000.00")]
    most_a_day: String,
    /// How many a day.
    count_a_day: u32,
    /// Above it a second person must approve.
    #[schema(example = "10000.00")]
    second_person_above: String,
}

/// What an owner can still ask for today.
#[derive(Serialize, ToSchema)]
pub struct UsedToday {
    /// Withdrawals of today.
    count: u32,
    /// Their sum, less what has come back.
    #[schema(example = "0.00")]
    amount: String,
}

/// The name of a state in Chinese, as platform and notices have it.
fn state_zh(state: State) -> &'static str {
    match state {
        State::Submitted => "已提交",
        State::InReview => "审核中",
        State::Approved => "已通过",
        State::InPayment => "打款中",
        State::Paid => "已到账",
        State::Rejected => "已驳回",
        State::Failed => "打款失败",
        State::TakenBack => "已撤回",
    }
}

pub fn account(account: Option<&PayoutAccount>, now: Instant) -> Account {
    Account {
        account: account.map(|account| account.masked.clone()),
        set_at: account.map(|account| account.set_at.to_string()),
        usable_from: account.map(|account| account.usable_from.to_string()),
        is_usable: account.is_some_and(|account| account.usable_from <= now),
    }
}

fn step(step: &Step, to: For) -> ShownStep {
    ShownStep {
        state: step.state.name(),
        state_zh: state_zh(step.state),
        at: Some(step.at.to_string()),
        promised: step.promised.map(|promised| promised.to_string()),
        by: (to == For::Desk).then(|| step.by.to_string()),
    }
}

fn ahead((state, promised): (State, Instant)) -> ShownStep {
    let (name, state_zh) = (state.name(), state_zh(state));
    ShownStep { state: name, state_zh, at: None, promised: Some(promised.to_string()), by: None }
}

pub fn withdrawal(
    replica: &Replica,
    one: &linli_platform::withdrawal::Withdrawal,
    to: For,
    now: Instant,
) -> Withdrawal {
    Withdrawal {
        id: one.id.clone(),
        kind: one.owner.kind(),
        owner: one.owner.id().into(),
        amount: yuan(one.fen),
        account: one.masked.clone(),
        state: one.state().name(),
        state_zh: state_zh(one.state()),
        is_late: one.last().promised.is_some_and(|promised| promised < now),
        reason: one.reason.clone(),
        steps: one.steps.iter().map(|entered| step(entered, to)).collect(),
        ahead: one.ahead().into_iter().map(ahead).collect(),
        desk: (to == For::Desk).then(|| desk(replica, one)),
    }
}

fn desk(replica: &Replica, one: &linli_platform::withdrawal::Withdrawal) -> DeskView {
    let sharing = replica.platform().withdrawals.sharing(one.reference);
    let name = |owner: &Owner| format!("{}:{}", owner.kind(), owner.id());
    let by = |by: &Actor| by.to_string();
    DeskView {
        approved_by: one.approvals.iter().map(|approval| by(&approval.by)).collect(),
        approvals_needed: one.approvals_needed,
        payout_file: one.batch.clone(),
        same_account: sharing.filter(|owner| **owner != one.owner).map(name).collect(),
    }
}

pub fn limits(limits: &Limits) -> ShownLimits {
    ShownLimits {
        least: yuan(limits.least_fen),
        most: yuan(limits.most_fen),
        most_a_day: yuan(limits.most_a_day_fen),
        count_a_day: limits.most_a_day_count,
        second_person_above: yuan(limits.second_person_above_fen),
    }
}

pub fn used(used: Used) -> UsedToday {
    UsedToday { count: used.count, amount: yuan(used.fen) }
}
