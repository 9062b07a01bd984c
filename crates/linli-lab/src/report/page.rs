//! The page itself: two languages of which one is shown, chosen without a script; figures with their tables folded below
//! them. Must not be added: a link to anything outside of the file.

use crate::sentences::Sentence;
use std::fmt::Write;

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The heads of its columns, English and Chinese.
    pub head: Vec<(String, String)>,
    /// Its rows, as texts.
    pub rows: Vec<Vec<String>>,
}

/// A chart with the table it is drawn from.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its title, English and Chinese.
    pub title: (String, String),
    /// How to read it.
    pub note: (String, String),
    /// The chart as SVG.
    pub svg: String,
    /// Its figures.
    pub table: Table,
}

/// A page being written.
pub struct Page {
    out: String,
}

const STYLE: &str = include_str!("style.css");

impl Page {
    /// A page of this title.
    pub fn new(title: &str) -> Self {
        let title = escape(title);
        let out = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n\
             <input type=\"radio\" name=\"language\" id=\"english\" checked>\n\
             <input type=\"radio\" name=\"language\" id=\"chinese\">\n\
             <nav><label for=\"english\">English</label> <label for=\"chinese\">中文</label></nav>\n<main>\n"
        );
        Self { out }
    }

    /// The title on the page.
    pub fn heading(&mut self, text: &str) {
        let _ = writeln!(self.out, "<h1>{}</h1>", escape(text));
    }

    /// A smaller title.
    pub fn heading_small(&mut self, text: &str) {
        let _ = writeln!(self.out, "<h2>{}</h2>", escape(text));
    }

    /// A heading in both languages.
    pub fn section(&mut self, en: &str, zh: &str) {
        let _ = writeln!(self.out, "<h2>{}</h2>", both(en, zh));
    }

    /// A paragraph in both languages.
    pub fn text(&mut self, class: &str, en: &str, zh: &str) {
        if !en.is_empty() {
            let _ = writeln!(self.out, "<p class=\"{class}\">{}</p>", both(en, zh));
        }
    }

    /// The honest sentences, the first one large.
    pub fn sentences(&mut self, sentences: &[Sentence]) {
        self.out.push_str("<section class=\"honest\">\n");
        for sentence in sentences {
            self.text("sentence", &sentence.en, &sentence.zh);
        }
        self.out.push_str("</section>\n");
    }

    /// Few figures side by side: name and value.
    pub fn key_figures(&mut self, figures: &[((&str, &str), String)]) {
        self.out.push_str("<dl class=\"key\">\n");
        for ((en, zh), value) in figures {
            let _ = writeln!(self.out, "<div><dt>{}</dt><dd>{}</dd></div>", both(en, zh), escape(value));
        }
        self.out.push_str("</dl>\n");
    }

    /// A chart and its table.
    pub fn figure(&mut self, figure: &Figure) {
        let (en, zh) = &figure.title;
        self.section(en, zh);
        let svg = figure.svg.replacen(
            "<svg ",
            &format!("<svg role=\"img\" aria-label=\"{} {}\" ", escape(en), escape(zh)),
            1,
        );
        let _ = writeln!(
            self.out,
            "<figure>\n{svg}\n<figcaption>{}</figcaption>\n</figure>",
            both(&figure.note.0, &figure.note.1)
        );
        self.folded("The figures as a table", "数据表", &figure.table.html());
    }

    /// A table that is always open.
    pub fn table(&mut self, table: &Table) {
        self.out.push_str(&table.html());
    }

    /// Something that is shown when it is asked for.
    pub fn folded(&mut self, en: &str, zh: &str, html: &str) {
        let _ = writeln!(self.out, "<details><summary>{}</summary>\n{html}\n</details>", both(en, zh));
    }

    /// The whole page.
    pub fn finish(mut self) -> String {
        self.out.push_str("</main>\n</body>\n</html>\n");
        self.out
    }
}

impl Table {
    /// A table with these heads.
    pub fn new(head: &[(&str, &str)]) -> Self {
        let head = head.iter().map(|(en, zh)| ((*en).to_string(), (*zh).to_string())).collect();
        Self { head, rows: Vec::new() }
    }

    fn html(&self) -> String {
        let mut out = String::from("<div class=\"wide\"><table>\n<thead><tr>");
        for (en, zh) in &self.head {
            let _ = write!(out, "<th>{}</th>", both(en, zh));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            out.push_str("<tr>");
            for cell in row {
                let _ = write!(out, "<td>{}</td>", escape(cell));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table></div>\n");
        out
    }
}

/// A text in both languages, of which the page shows one.
fn both(en: &str, zh: &str) -> String {
    format!("<span class=\"en\">{}</span><span class=\"zh\" lang=\"zh\">{}</span>", escape(en), escape(zh))
}

/// A text as HTML shows it.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}
