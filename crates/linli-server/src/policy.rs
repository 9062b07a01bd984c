//! The catalogue of routes: what each takes and who may call it. The gate in front of every route asks it and refuses
//! what it does not list, so that no route is open by being forgotten. Must not be added here: a second list.

use linli_platform::Scope;

/// Bytes of a command at most, sent alone; a plan's text is the largest that there is.
const COMMAND_BYTES: usize = 64 << 10;

/// Bytes of a call of many commands.
const COMMANDS_BYTES: usize = 8 << 20;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Anybody.
    Public,
    /// Whoever signs with a key of this scope.
    Read(Scope),
    /// The same, with an `Idempotency-Key` and a body.
    Write {
        /// The scope of the key.
        scope: Scope,
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

const fn public(path: &'static str) -> Route {
    Route { method: "GET", path, policy: Policy::Public }
}

const fn read(path: &'static str) -> Route {
    Route { method: "GET", path, policy: Policy::Read(Scope::Read) }
}

/// Every route there is.
pub const ROUTES: &[Route] = &[
    public("/"),
    public("/docs"),
    public("/docs/style.css"),
    public("/openapi.json"),
    public("/health/live"),
    public("/health/ready"),
    // There only where nobody from outside can call.
    public("/metrics"),
    public("/v1/price"),
    read("/v1/members/{id}"),
    read("/v1/stores/{id}"),
    read("/v1/orders/{id}"),
    Route {
        method: "POST",
        path: "/v1/orders",
        policy: Policy::Write {
            scope: Scope::Orders,
            content_type: "application/json",
            most_bytes: COMMAND_BYTES,
        },
    },
    Route {
        method: "POST",
        path: "/v1/commands",
        policy: Policy::Write {
            scope: Scope::Commands,
            content_type: "application/x-ndjson",
            most_bytes: COMMANDS_BYTES,
        },
    },
];

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
