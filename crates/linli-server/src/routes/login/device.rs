//! What is known of the device that a request comes from. Must not be added here: anything that finds it elsewhere.

use crate::app::App;
use crate::problem::Problem;
use crate::rates;
use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use std::sync::Arc;

/// What is known of the device that a request comes from.
pub struct Device {
    /// The network address.
    pub address: String,
    /// What the app on it calls itself, by which it is known again.
    pub id: Option<String>,
    /// For the list of sessions.
    pub label: String,
}

impl FromRequestParts<Arc<App>> for Device {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let id = text("linli-device").filter(|id| (8..=64).contains(&id.len())).map(String::from);
        let label = label(text(USER_AGENT.as_str()).unwrap_or_default());
        let address = rates::address(parts, app.behind_proxy).to_string();
        Ok(Self { address, id, label })
    }
}

/// Browser and system of a `User-Agent`, which may say anything.
fn label(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("MicroMessenger", "WeChat"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
        ("okhttp", "App"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => "?".into(),
    }
}
