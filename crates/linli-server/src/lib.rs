//! The service: the open interface over HTTP. It verifies who calls, hands commands to the writer and answers after
//! the commit; what is read comes from the view. Must not be added here: arithmetic on money, or a rule of it.

mod answered;
mod app;
mod caller;
mod chores;
pub mod config;
mod docs_page;
mod effects;
mod follow;
mod headers;
mod input;
pub mod keys;
pub mod logs;
mod metrics;
mod money;
mod notices;
mod observe;
mod openapi;
mod page;
mod paying;
mod people;
mod perform;
pub mod policy;
mod problem;
mod rates;
mod repeat;
mod request_id;
mod result_line;
mod rights;
mod routes;
mod server;
mod settling;
pub mod signature;
mod up_to_date;
mod webhooks;
mod write;

pub use config::{Bounds, Config, StartFault, TlsFiles};
pub use keys::{Key, Keys, PlatformKeys};
pub use openapi::document;
pub use paying::{PaymentProvider, Payments, SANDBOX_PAGES, sandbox_secret};
pub use people::{REFERENCES, hash as hash_password};
pub use rates::{RateBounds, RateOf};
pub use server::{Economy, Messages, Server};
