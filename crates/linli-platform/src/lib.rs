//! What the platform knows besides balances: who people are, what they may do, what they have agreed to. Like the
//! economy it is a deterministic state machine over the journal: the same acts in the same order give the same state,
//! so that every act of an administrator can be replayed and shown with what was before and after it.
//!
//! It knows no clock, no randomness, no file and no network. Names and secrets of people are sealed before they come in
//! here. Must not be added: a balance; an act that moves money carries a command, and the economy does it.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stderr,
    clippy::print_stdout
)]

pub mod act;
pub mod agency;
pub mod binding;
mod calendar;
mod carried;
pub mod checkout;
pub mod clock;
pub mod day;
pub mod deal;
mod desk;
pub mod division;
pub mod document;
mod index;
pub mod key;
mod known;
pub mod mall;
mod money;
pub mod notice;
pub mod part;
pub mod parts;
pub mod permission;
pub mod person;
pub mod plan_change;
pub mod planned;
pub mod platform;
pub mod proposal;
pub mod record;
pub mod redemption;
pub mod refund;
pub mod refusal;
pub mod session;
pub mod spoken;
pub mod staff;
pub mod store_application;
pub mod store_staff;
pub mod storefront;
mod text;
pub mod webhook;
pub mod withdrawal;

pub use act::{Act, Actor, Deed};
pub use agency::{Agencies, AgencyAct};
pub use binding::{BindingAct, Bindings};
pub use checkout::{Checkout, CheckoutAct};
pub use clock::{ClockAct, SandboxClock};
pub use deal::{DealAct, Deals};
pub use document::{DocumentAct, Documents};
pub use key::{ApiKey, KeyAct, Keys, Scope};
pub use mall::{Mall, MallAct};
pub use notice::{NoticeAct, Notices};
pub use part::{Carried, Moment, Scene};
pub use permission::{Permission, Role};
pub use person::{People, Person, PersonAct};
pub use plan_change::{PlanChangeAct, PlanChanges};
pub use planned::PlannedOrder;
pub use platform::Platform;
pub use proposal::{ProposalAct, Proposals};
pub use redemption::{RedemptionAct, Redemptions};
pub use refund::{RefundAct, Refunds};
pub use refusal::{Class, Code, Refusal};
pub use session::{Account, Reference, Session, SessionAct, Sessions, TokenDigest};
pub use spoken::Spoken;
pub use staff::{Staff, StaffAct};
pub use store_application::{StoreApplicationAct, StoreApplications};
pub use store_staff::{StoreRight, StoreStaff, StoreStaffAct};
pub use storefront::{StorefrontAct, Storefronts};
pub use webhook::{WebhookAct, Webhooks};
pub use withdrawal::{WithdrawalAct, Withdrawals};
