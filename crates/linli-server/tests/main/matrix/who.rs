//! Everybody there can be, and how they ask. Must not be added here: what anybody may.

use super::world::World;
use crate::support::{TestApp, send, sign, signed};
use linli_platform::{Role, Scope, StoreRight};
use reqwest::{Method, Response};
use std::sync::atomic::Ordering;

/// Who acts for the supplier that sold.
pub const OF_SUPPLIER: &str = "of-supplier";

/// Somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Nobody,
    /// A member who has logged out.
    Ended,
    /// The member who bought.
    Buyer,
    /// A member who has nothing to do with any of it.
    Other,
    /// The owner of the store that sold.
    Owner,
    /// The owner of another store.
    Rival,
    /// Somebody whom the owner of the store gave this right alone.
    Cashier(StoreRight),
    /// Who holds the region of the store.
    Agent,
    /// Who brought the store in.
    Recruiter,
    /// Somebody at a desk with this role alone; a supplier's acts for no supplier.
    Desk(Role),
    /// Who acts for the supplier that sold.
    Supplier,
    /// Who acts for another supplier.
    OtherSupplier,
    /// An operator with the first password.
    NotReady,
    /// A program whose key has this scope alone.
    Key(Scope),
}

impl Who {
    pub fn all() -> impl Iterator<Item = Self> {
        let desk = Role::ALL.map(Self::Desk).into_iter().chain([Self::Supplier, Self::OtherSupplier]);
        let strangers = [Self::Nobody, Self::Ended, Self::NotReady];
        strangers.into_iter().chain(Self::members()).chain(desk).chain(Scope::ALL.map(Self::Key))
    }

    /// All members that are logged in.
    pub fn members() -> impl Iterator<Item = Self> {
        let cashiers = StoreRight::ALL.iter().copied().map(Self::Cashier);
        let people = [Self::Buyer, Self::Other, Self::Owner, Self::Rival, Self::Agent, Self::Recruiter];
        people.into_iter().chain(cashiers)
    }

    /// By what the world knows their token.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Ended => "ended",
            Self::Buyer => "buyer",
            Self::Other => "other",
            Self::Owner => "owner",
            Self::Rival => "rival",
            Self::Cashier(right) => right.name(),
            Self::Agent => "agent",
            Self::Recruiter => "recruiter",
            Self::Supplier => OF_SUPPLIER,
            Self::OtherSupplier => "of-other-supplier",
            Self::NotReady => "not-ready",
            Self::Desk(role) => role.name(),
            Self::Key(scope) => scope.name(),
        }
    }

    /// Sends a request; a body has a type.
    pub async fn ask(
        self,
        world: &World,
        app: &TestApp,
        method: Method,
        target: &str,
        kind: Option<&str>,
        body: Vec<u8>,
    ) -> Response {
        // Long enough for somebody who has no account.
        let once = format!("{}-of-the-matrix", app.nonce());
        let header = if method == Method::GET { "linli-nonce" } else { "idempotency-key" };
        let mut request = app.unsigned(method.clone(), target).header(header, &once);
        if let Some(kind) = kind {
            request = request.header("content-type", kind).body(body.clone());
        }
        match self {
            Self::Nobody => send(request).await,
            Self::Key(scope) => {
                let now = app.now.load(Ordering::SeqCst);
                let signature = sign(now, &once, method.as_str(), target, &body);
                send(signed(request, scope.name(), now, &signature)).await
            }
            _ => send(request.header("authorization", format!("Bearer {}", world.token(self)))).await,
        }
    }
}
