//! How the world of the matrix is made: what somebody does through the service, and the names of what came of it. Must not
//! be added here: what is made.

use crate::support::{TestApp, json};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Tokens or ids, by name.
pub type Names = BTreeMap<&'static str, String>;

/// A world in the making.
pub struct Making {
    pub app: TestApp,
    pub tokens: Names,
    pub ids: Names,
}

impl Making {
    /// Names a thing.
    pub fn name(&mut self, thing: &'static str, id: String) {
        let before = self.ids.insert(thing, id);
        assert_eq!(before, None, "{thing} is there twice");
    }

    /// The id of a thing.
    pub fn id(&self, thing: &str) -> &str {
        self.ids.get(thing).unwrap_or_else(|| panic!("the world of the matrix has no {thing}"))
    }

    /// A path or a body with the ids of the things that it names.
    fn filled(&self, text: &str) -> String {
        filled(&self.ids, text)
    }

    /// Somebody writes, and it is done; gives the id of what was made, if it has one.
    pub async fn does(&self, who: &str, target: &str, body: Value) -> String {
        let (target, body) = (self.filled(target), self.filled(&body.to_string()));
        let body = serde_json::from_str(&body).expect("JSON");
        let once = self.app.nonce();
        let made = self.app.with_token(Method::POST, &target, &self.tokens[who], &once, &body).await;
        let (is_done, made) = (made.status().is_success(), json(made).await);
        assert!(is_done, "{who} {target} {body}: {made}");
        made["id"].as_str().unwrap_or_default().into()
    }

    /// The same, and what was made gets a name.
    pub async fn makes(&mut self, thing: &'static str, who: &str, target: &str, body: Value) {
        let id = self.does(who, target, body).await;
        self.name(thing, id);
    }

    /// Somebody presses one button after the other.
    pub async fn presses(&self, who: &str, targets: &[&str]) {
        for target in targets {
            self.does(who, target, json!({})).await;
        }
    }

    /// Somebody looks.
    pub async fn looks(&self, who: &str, target: &str) -> Value {
        let target = self.filled(target);
        let found = self.app.look(&target, &self.tokens[who]).await;
        assert_eq!(found.status(), 200, "{who} {target}");
        json(found).await
    }

    /// Waits until the service has done what it does by itself.
    pub async fn sees(&self, who: &str, target: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        self.app.until(&self.tokens[who], &self.filled(target), is_so).await
    }

    /// A command of the program that takes payments.
    pub async fn command(&self, line: Value) {
        self.app.command(&self.filled(&line.to_string())).await;
    }
}

/// A text with ids for the things that it names.
pub fn filled(ids: &Names, text: &str) -> String {
    // The longest name first: `$order` is the beginning of others.
    let mut ids: Vec<_> = ids.iter().collect();
    ids.sort_by_key(|(thing, _)| std::cmp::Reverse(thing.len()));
    ids.iter().fold(text.to_string(), |text, (thing, id)| text.replace(&format!("${thing}"), id))
}
