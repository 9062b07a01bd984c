//! The catalogue of routes: what each takes and who may call it. The gate in front of every route asks it and refuses
//! what it does not list, so that no route is open by being forgotten. Must not be added here: a second list.

mod routes;

pub use routes::ROUTES;

use linli_platform::{Permission, Scope};

/// Who may call a route; whoever fits one of these may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// A program whose key has this scope.
    pub key: Option<Scope>,
    /// Anybody who is a member: what they see and change is their own.
    pub member: bool,
    /// People at a desk.
    pub desk: Option<Desk>,
    /// Whoever acts for a supplier of the mall: what they see and change is that supplier's.
    pub supplier: bool,
    /// Anybody who does not say who they are.
    pub visitor: bool,
}

/// Which people at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// Anybody, also before the account is ready: what they see and change is their own account.
    Own,
    /// Who has this permission.
    With(Permission),
}

/// What a route takes, and from whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Anybody looks.
    Public,
    /// Anybody looks at a page, which knows the member who has logged in.
    Page,
    /// Anybody sends the form of such a page, which has its key among its fields.
    Form,
    /// Anybody sends a little JSON, to show who they are.
    Open,
    /// Anybody presses a button of a page whose address nobody can guess; the body says nothing.
    Button,
    /// The payment provider sends what it has signed; the route verifies it.
    Provider {
        /// What the body is.
        content_type: &'static str,
        /// How long it may be.
        most_bytes: usize,
    },
    /// Whoever may looks.
    Read(Access),
    /// Whoever may writes, with an `Idempotency-Key` and a body.
    Write {
        /// Who.
        access: Access,
        /// What the body is.
        content_type: &'static str,
        /// How long it may be.
        most_bytes: usize,
    },
}

/// One route.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub policy: Policy,
}

impl Access {
    const NOBODY: Self = Self { key: None, member: false, desk: None, supplier: false, visitor: false };

    /// A program with this scope.
    const fn key(scope: Scope) -> Self {
        Self { key: Some(scope), ..Self::NOBODY }
    }

    /// People at a desk with this permission.
    const fn desk(permission: Permission) -> Self {
        Self { desk: Some(Desk::With(permission)), ..Self::NOBODY }
    }

    /// People at a desk, for their own account.
    const fn own_desk() -> Self {
        Self { desk: Some(Desk::Own), ..Self::NOBODY }
    }

    /// Members.
    const fn member() -> Self {
        Self { member: true, ..Self::NOBODY }
    }

    /// Members too.
    const fn or_member(self) -> Self {
        Self { member: true, ..self }
    }

    /// People at a desk too.
    const fn or_desk(self, permission: Permission) -> Self {
        Self { desk: Some(Desk::With(permission)), ..self }
    }

    /// Whoever acts for a supplier too.
    const fn or_supplier(self) -> Self {
        Self { supplier: true, ..self }
    }

    /// Whoever does not say who they are, too.
    const fn or_visitor(self) -> Self {
        Self { visitor: true, ..self }
    }

    /// People at a desk too, for their own account.
    const fn or_own_desk(self) -> Self {
        Self { desk: Some(Desk::Own), ..self }
    }
}

/// One list of several.
const fn joined<const COUNT: usize>(lists: &[&[Route]]) -> [Route; COUNT] {
    let mut all = [lists[0][0]; COUNT];
    let (mut list, mut place, mut next) = (0, 0, 0);
    while list < lists.len() {
        while place < lists[list].len() {
            all[next] = lists[list][place];
            (place, next) = (place + 1, next + 1);
        }
        (list, place) = (list + 1, 0);
    }
    all
}

/// The policy of a route; a HEAD is a GET whose body is left out.
#[must_use]
pub fn find(method: &str, path: &str) -> Option<Policy> {
    let method = if method == "HEAD" { "GET" } else { method };
    ROUTES.iter().find(|route| route.method == method && route.path == path).map(|route| route.policy)
}

/// The methods that a path has, as the header `Allow` tells them.
#[must_use]
pub fn methods(path: &str) -> String {
    let of_path = ROUTES.iter().filter(|route| route.path == path);
    let methods: Vec<&str> =
        of_path.map(|route| if route.method == "GET" { "GET, HEAD" } else { route.method }).collect();
    methods.join(", ")
}
