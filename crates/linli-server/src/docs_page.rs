//! The page that shows the document of the interface: made from it, without a script and without a network. Must not be
//! added here: anything that the document or the codes do not say.

use crate::policy::{self, Desk, Policy};
use crate::problem::Code;
use serde_json::Value;
use std::fmt::Write;
use utoipa::openapi::OpenApi;

/// The page's style.
pub const STYLE: &str = include_str!("../assets/docs.css");

/// The page in HTML.
pub fn page(document: &OpenApi) -> String {
    let document = serde_json::to_value(document).expect("a document is JSON");
    let mut page = Page::default();
    page.raw("<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">");
    page.raw("<title>Linli API</title><link rel=stylesheet href=/docs/style.css><h1>Linli API</h1><p>");
    page.text(&document["info"]["description"]);
    page.raw(" The whole of it for programs: <a href=/openapi.json>openapi.json</a>.</p><h2>Requests</h2>");
    for (path, methods) in fields(&document["paths"]) {
        for (method, operation) in fields(methods) {
            page.operation(path, method, operation);
        }
    }
    page.raw("<h2>Objects</h2>");
    for (name, schema) in fields(&document["components"]["schemas"]) {
        page.raw("<details><summary><code>");
        page.escaped(name);
        page.raw("</code></summary>");
        page.schema(schema);
        page.raw("</details>");
    }
    page.codes();
    page.0
}

/// Any text, as it stands in HTML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

#[derive(Default)]
struct Page(String);

impl Page {
    /// What stands in this file.
    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    /// Any text.
    fn escaped(&mut self, text: &str) {
        self.0.push_str(&escape(text));
    }

    /// A text of the document, if it is there.
    fn text(&mut self, value: &Value) {
        self.escaped(value.as_str().unwrap_or_default());
    }

    fn operation(&mut self, path: &str, method: &str, operation: &Value) {
        let method = method.to_uppercase();
        self.raw("<details><summary><span class=method>");
        self.escaped(&method);
        self.raw("</span> <code>");
        self.escaped(path);
        self.raw("</code> – ");
        self.text(&operation["summary"]);
        self.raw("</summary><p>");
        self.text(&operation["description"]);
        self.raw("</p><p class=note>");
        self.escaped(&who_may(policy::find(&method, path)));
        self.raw("</p><table>");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            self.row(&parameter["name"], &[&parameter["in"], &parameter["description"]]);
        }
        self.raw("</table>");
        for (kind, content) in fields(&operation["requestBody"]["content"]) {
            self.raw("<p>Body: <code>");
            self.escaped(kind);
            self.raw("</code></p><pre>");
            let example = &content["example"];
            self.escaped(&example.as_str().map_or_else(|| example.to_string(), str::to_string));
            self.raw("</pre>");
        }
        let answer = &operation["responses"]["200"];
        self.raw("<p>Answer: ");
        self.text(&answer["description"]);
        for (kind, content) in fields(&answer["content"]) {
            self.raw(" (<code>");
            self.escaped(kind);
            self.raw("</code> ");
            self.escaped(reference(&content["schema"]));
            self.raw(")");
        }
        self.raw("</p></details>");
    }

    fn schema(&mut self, schema: &Value) {
        self.raw("<table>");
        for (name, field) in fields(&schema["properties"]) {
            let kind = &field["type"];
            let kind = kind.as_str().map_or_else(|| kind.to_string(), str::to_string);
            self.row(&Value::String(name.clone()), &[&Value::String(kind), &field["description"]]);
        }
        self.raw("</table>");
    }

    /// Every code with what it means, where the `type` of a problem points.
    fn codes(&mut self) {
        self.raw("<h2>Codes of problems</h2><table>");
        for code in Code::all() {
            let (english, chinese) = code.messages();
            let status = code.status().as_u16();
            let name = code.name();
            write!(self.0, "<tr id={name}><td><code>{name}</code><td>{status}<td>{english}<br>{chinese}")
                .expect("a text takes whatever is written");
        }
        self.raw("</table>");
    }

    fn row(&mut self, name: &Value, cells: &[&Value]) {
        self.raw("<tr><td><code>");
        self.text(name);
        self.raw("</code>");
        for cell in cells {
            self.raw("<td>");
            self.text(cell);
        }
    }
}

/// The name of the object that a schema refers to.
fn reference(schema: &Value) -> &str {
    let path = schema["$ref"].as_str().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

fn who_may(policy: Option<Policy>) -> String {
    let access = match policy {
        Some(Policy::Public | Policy::Page | Policy::Form | Policy::Open) => return "For everybody.".into(),
        Some(Policy::Read(access) | Policy::Write { access, .. }) => access,
        None => return "Closed.".into(),
        Some(Policy::Button) => return "Anybody who knows the page's address.".into(),
        Some(Policy::Provider { .. }) => return "The payment provider, by its signature.".into(),
    };
    let key = access.key.map(|scope| format!("programs with a key of the scope {}", scope.name()));
    let member = access.member.then(|| "members".to_string());
    let desk = access.desk.map(|desk| match desk {
        Desk::Own => "people at a desk".to_string(),
        Desk::With(permission) => format!("people at a desk with the permission {}", permission.name()),
    });
    let visitor = access.visitor.then(|| "whoever does not say who they are".to_string());
    let who: Vec<_> = [key, member, desk, visitor].into_iter().flatten().collect();
    format!("For {}.", who.join(", "))
}
