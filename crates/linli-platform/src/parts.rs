//! The one table of the platform's parts: from it come the acts, the state, and who checks and does what. Must not be
//! added here: a rule.

use crate::act::Actor;
use crate::agency::{Agencies, AgencyAct};
use crate::binding::{BindingAct, Bindings};
use crate::checkout::{Checkout, CheckoutAct};
use crate::clock::{ClockAct, SandboxClock};
use crate::deal::{DealAct, Deals};
use crate::document::{DocumentAct, Documents};
use crate::key::{KeyAct, Keys};
use crate::mall::{Mall, MallAct};
use crate::notice::{NoticeAct, Notices};
use crate::part::{Carried, Moment, Part, Scene};
use crate::person::{People, PersonAct};
use crate::plan_change::{PlanChangeAct, PlanChanges};
use crate::proposal::{ProposalAct, Proposals};
use crate::redemption::{RedemptionAct, Redemptions};
use crate::refund::{RefundAct, Refunds};
use crate::refusal::Refusal;
use crate::session::{SessionAct, Sessions};
use crate::staff::{Staff, StaffAct};
use crate::store_application::{StoreApplicationAct, StoreApplications};
use crate::store_staff::{StoreStaff, StoreStaffAct};
use crate::storefront::{StorefrontAct, Storefronts};
use crate::webhook::{WebhookAct, Webhooks};
use crate::withdrawal::{WithdrawalAct, Withdrawals};
use serde::{Deserialize, Serialize};

macro_rules! parts {
    ($($(#[$about:meta])+ $variant:ident($act:ident) $field:ident: $state:ident;)+) => {
        /// What is done, by the part of the platform that it changes; new parts come last.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Act {
            $($(#[$about])+ $variant($act),)+
        }

        impl Act {
            /// The name of its kind, as records and statements show it.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(act) => act.name(),)+ }
            }

            /// The id that it is about.
            #[must_use]
            pub fn subject(&self) -> &str {
                match self { $(Self::$variant(act) => act.subject(),)+ }
            }
        }

        $(impl From<$act> for Act {
            fn from(act: $act) -> Self {
                Self::$variant(act)
            }
        })+

        /// The state of every part.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Parts {
            $($(#[$about])+ pub $field: $state,)+
        }

        impl Parts {
            pub(crate) fn check(&self, scene: &Scene<'_>, by: &Actor, act: &Act) -> Result<Carried, Refusal> {
                match act { $(Act::$variant(act) => self.$field.check(scene, by, act),)+ }
            }

            pub(crate) fn apply(&mut self, moment: &Moment<'_>, act: &Act) {
                match act { $(Act::$variant(act) => self.$field.apply(moment, act),)+ }
            }

            pub(crate) fn figures(&self) -> impl Iterator<Item = u64> {
                [$(self.$field.figure(),)+].into_iter()
            }
        }
    };
}

parts! {
    /// Keys of programs.
    Key(KeyAct) keys: Keys;
    /// People who are members.
    Person(PersonAct) people: People;
    /// People at a desk.
    Staff(StaffAct) staff: Staff;
    /// Who has logged in.
    Session(SessionAct) sessions: Sessions;
    /// Suppliers, products, baskets and what becomes of them.
    Mall(MallAct) mall: Mall;
    /// Withdrawals, the accounts they go to and the limits they keep.
    Withdrawal(WithdrawalAct) withdrawals: Withdrawals;
    /// What takes two people.
    Proposal(ProposalAct) proposals: Proposals;
    /// Plans that were drafted.
    PlanChange(PlanChangeAct) plan_changes: PlanChanges;
    /// Deals of stores, and the vouchers of who bought them.
    Deal(DealAct) deals: Deals;
    /// Payments of orders.
    Checkout(CheckoutAct) checkout: Checkout;
    /// Refunds that are asked for.
    Refund(RefundAct) refunds: Refunds;
    /// People who work in stores.
    StoreStaff(StoreStaffAct) store_staff: StoreStaff;
    /// Points given back for money.
    Redemption(RedemptionAct) redemptions: Redemptions;
    /// Who agreed to be bound to whom.
    Binding(BindingAct) bindings: Bindings;
    /// Where programs of others hear of what happens.
    Webhook(WebhookAct) webhooks: Webhooks;
    /// Rules and announcements, and who has read them.
    Document(DocumentAct) documents: Documents;
    /// What people want to be told.
    Notice(NoticeAct) notices: Notices;
    /// Agents of regions.
    Agency(AgencyAct) agencies: Agencies;
    /// The clock of a sandbox.
    Clock(ClockAct) clock: SandboxClock;
    /// The pages of stores.
    Storefront(StorefrontAct) storefronts: Storefronts;
    /// Applications to open stores.
    StoreApplication(StoreApplicationAct) store_applications: StoreApplications;
}
