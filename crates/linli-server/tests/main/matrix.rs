//! The matrix of rights, made from the document and the catalogue of policies: every route is asked by everybody there can
//! be, and each is answered as the policy says. Whoever is refused has changed nothing. A new route is covered as it is,
//! or fails here until `examples.rs` says what its path stands for. Must not be added here: an exception for a route.

mod bodies;
mod examples;
mod making;
mod mall;
mod money;
mod people;
mod planted;
mod selling;
mod who;
mod world;

use crate::support::TestApp;
use crate::support::documented::{Operation, operations};
use examples::{Example, Whom};
use linli_platform::Role;
use linli_server::policy::{self, Access, Desk, Policy, ROUTES};
use reqwest::{Method, Response};
use serde_json::Value;
use std::sync::Arc;
use who::Who;
use world::World;

/// What a policy means for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// 401: nobody knows who it is.
    Unknown,
    /// 403: this is for others.
    Forbidden,
    /// 403 or 404: this is somebody else's.
    NotTheirs,
    /// It is done, or refused for what was asked and not for who asked.
    Passes,
    /// As `Passes`, after somebody else: what was there may be gone, or was theirs alone.
    PassesLater,
    /// Anybody may try to show who they are.
    Heard,
}

impl Expected {
    fn is_refusal(self) -> bool {
        matches!(self, Self::Unknown | Self::Forbidden | Self::NotTheirs)
    }
}

/// What the policy of a route says to somebody about a thing that concerns these.
fn expected(policy: Policy, who: Who, whom: &Whom) -> Expected {
    let access = match policy {
        Policy::Public | Policy::Page => return Expected::Passes,
        Policy::Open | Policy::Form | Policy::Button | Policy::Provider { .. } => return Expected::Heard,
        Policy::Read(access) | Policy::Write { access, .. } => access,
    };
    match who {
        Who::Ended => return Expected::Unknown,
        Who::Nobody if !access.visitor => return Expected::Unknown,
        _ => {}
    }
    let is_theirs = match whom {
        Whom::Everybody => true,
        Whom::Concerns(whom) => whom.contains(&who) || !is_for_whom_it_concerns(access, who),
        Whom::Only(whom) => whom.contains(&who),
    };
    match may(access, who) {
        false => Expected::Forbidden,
        true if is_theirs => Expected::Passes,
        true => Expected::NotTheirs,
    }
}

/// Whether the route is for somebody like this.
fn may(access: Access, who: Who) -> bool {
    match who {
        Who::Nobody => access.visitor,
        Who::Ended => false,
        Who::Key(scope) => access.key == Some(scope),
        Who::NotReady => access.desk == Some(Desk::Own),
        Who::Supplier | Who::OtherSupplier => access.supplier || may_at_desk(access, Role::Supplier),
        Who::Desk(Role::Supplier) if access.supplier => true,
        Who::Desk(role) => may_at_desk(access, role),
        _ => access.member,
    }
}

fn may_at_desk(access: Access, role: Role) -> bool {
    match access.desk {
        Some(Desk::Own) => true,
        Some(Desk::With(permission)) => permission.roles().contains(&role),
        None => false,
    }
}

/// Members, suppliers, and people at a desk as such see and change what is their own.
fn is_for_whom_it_concerns(access: Access, who: Who) -> bool {
    match who {
        Who::Desk(Role::Supplier) => true,
        Who::Desk(_) | Who::NotReady => access.desk == Some(Desk::Own),
        Who::Key(_) => false,
        _ => true,
    }
}

/// A route of the matrix and one thing that its path stands for.
struct Row {
    operation: &'static Operation,
    policy: Policy,
    example: &'static Example,
}

/// Every route of the document, and those of the sandbox, which no program of others knows.
fn rows() -> Vec<Row> {
    let hidden = ROUTES.iter().filter(|route| route.path.contains("/sandbox/")).map(|route| {
        let operation = Operation { method: route.method.into(), path: route.path, content: &Value::Null };
        &*Box::leak(Box::new(operation))
    });
    let is_new = |one: &&Operation| {
        !operations().iter().any(|known| (&known.method, known.path) == (&one.method, one.path))
    };
    let all = operations().iter().chain(hidden.filter(is_new));
    all.flat_map(|operation| {
        let (method, path) = (&operation.method, operation.path);
        let policy = policy::find(method, path).unwrap_or_else(|| panic!("{method} {path} has no policy"));
        examples::of(path).into_iter().map(move |example| Row { operation, policy, example })
    })
    .collect()
}

impl Row {
    fn is_read(&self) -> bool {
        matches!(self.policy, Policy::Public | Policy::Page | Policy::Read(_))
    }

    /// What everybody is to expect, whoever is refused first: what they must not change is still there.
    fn everybody(&self) -> Vec<(Who, Expected)> {
        let mut all: Vec<_> =
            Who::all().map(|who| (who, expected(self.policy, who, &self.example.whom))).collect();
        all.sort_by_key(|(_, expected)| !expected.is_refusal());
        if !self.is_read() {
            let passing = all.iter_mut().filter(|(_, expected)| *expected == Expected::Passes);
            passing.skip(1).for_each(|(_, expected)| *expected = Expected::PassesLater);
        }
        all
    }

    /// A request by somebody.
    async fn ask(&self, world: &World, app: &TestApp, who: Who) -> Response {
        let method: Method = self.operation.method.parse().expect("a method");
        let target = examples::target(world, self.operation, self.example);
        let kind = match self.policy {
            Policy::Public | Policy::Page | Policy::Read(_) | Policy::Button => None,
            Policy::Open => Some("application/json"),
            Policy::Form => Some("application/x-www-form-urlencoded"),
            Policy::Provider { content_type, .. } | Policy::Write { content_type, .. } => Some(content_type),
        };
        let body = kind.map(|_| bodies::of(world, self.operation)).unwrap_or_default();
        who.ask(world, app, method, &target, kind, body).await
    }

    /// Whether an answer is what was expected; if not, why.
    async fn judge(&self, expected: Expected, response: Response) -> Result<(), String> {
        let status = response.status().as_u16();
        let fits = match expected {
            Expected::Unknown => status == 401,
            Expected::Forbidden => status == 403,
            Expected::NotTheirs => matches!(status, 403 | 404),
            Expected::PassesLater if matches!(status, 404 | 409) => true,
            Expected::Passes | Expected::PassesLater if self.is_read() => status == 200,
            Expected::Heard => status < 500 && !matches!(status, 403 | 404 | 405 | 415 | 429),
            Expected::Passes | Expected::PassesLater => {
                status < 500 && !matches!(status, 400 | 401 | 403 | 404 | 405 | 415 | 429)
            }
        };
        if fits {
            return Ok(());
        }
        let body = response.text().await.expect("a body");
        Err(format!("should be {expected:?} and is {status}: {body}"))
    }

    /// Everybody asks; gives what was not as it should be.
    async fn faults(&self, world: &World, app: &TestApp) -> Vec<String> {
        let Operation { method, path, .. } = self.operation;
        let mut faults = Vec::new();
        for (who, expected) in self.everybody() {
            let before = expected.is_refusal().then(|| app.seq());
            let response = self.ask(world, app, who).await;
            if let Err(fault) = self.judge(expected, response).await {
                faults.push(format!("{method} {path} by {who:?} {fault}"));
            }
            if before.is_some_and(|before| app.has_changed_since(before)) {
                faults.push(format!("{method} {path} by {who:?} is refused and has changed something"));
            }
        }
        faults
    }
}

/// What is read is asked of one service, whose world stays as it is; what one row of writes changes is not there for the
/// next.
async fn faults_of(world: Arc<World>, rows: Vec<Row>) -> Vec<String> {
    let of_reads = world.open().await;
    let mut faults = Vec::new();
    for row in rows {
        faults.extend(match row.is_read() {
            true => row.faults(&world, &of_reads).await,
            false => row.faults(&world, &world.open().await).await,
        });
    }
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_for_whom_its_policy_says() {
    let world = Arc::new(World::make().await);
    let (reads, writes): (Vec<_>, Vec<_>) = rows().into_iter().partition(Row::is_read);
    let asking = [reads, writes].map(|rows| tokio::spawn(faults_of(world.clone(), rows)));
    let mut faults = Vec::new();
    for asked in asking {
        faults.extend(asked.await.expect("no panic"));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
