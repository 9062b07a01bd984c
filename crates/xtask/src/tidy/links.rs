//! The rule `links`: a link in a Markdown file to another file of the repository leads somewhere.
//!
//! Addresses elsewhere are not tried: a check must not need a network. Must not be added: links that may
//! be broken.

use super::Finding;
use super::repo::{Repo, Source};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Every link whose file or heading is not there.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let pages = repo.sources.iter().filter(|source| source.path.ends_with(".md"));
    let mut findings = Vec::new();
    for page in pages {
        for (line, link) in links(page) {
            if let Some(complaint) = complaint(repo, page, &link) {
                findings.push(Finding::new(&page.path, line, format!("`{link}` {complaint}")));
            }
        }
    }
    findings
}

fn links(page: &Source) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    for (event, range) in parser(page).into_offset_iter() {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
            let line = page.text[..range.start].matches('\n').count() + 1;
            links.push((line, dest_url.into_string()));
        }
    }
    links
}

fn parser(page: &Source) -> Parser<'_> {
    Parser::new_ext(&page.text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES)
}

fn complaint(repo: &Repo, page: &Source, link: &str) -> Option<&'static str> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
    let target = match file {
        "" => page.path.clone(),
        file if file.starts_with('/') => return Some("begins at no page: write it relative to this one"),
        file => match relative_to(&page.path, file) {
            Some(target) => target,
            None => return Some("leads out of the repository"),
        },
    };
    let directory = format!("{}/", target.trim_end_matches('/'));
    let exists =
        target.is_empty() || repo.paths.iter().any(|path| *path == target || path.starts_with(&directory));
    if !exists {
        return Some("leads to no file");
    }
    let heading = heading.filter(|_| target.ends_with(".md"))?;
    let found = repo.source(&target).is_some_and(|page| headings(page).iter().any(|found| found == heading));
    (!found).then_some("leads to no heading")
}

/// The path from the root that `file` names when it is written in `page`.
fn relative_to(page: &str, file: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The headings of a page as links write them: `The pool's price` is `the-pools-price`; where one comes
/// again it is `the-pools-price-1`.
fn headings(page: &Source) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    let mut current: Option<String> = None;
    for event in parser(page) {
        match event {
            Event::Start(Tag::Heading { .. }) => current = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(current) = &mut current {
                    *current += &text;
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let slug = slug(&current.take().unwrap_or_default());
                let again = (1..).map(|number| format!("{slug}-{number}"));
                let free = std::iter::once(slug.clone()).chain(again).find(|slug| !headings.contains(slug));
                headings.extend(free);
            }
            _ => {}
        }
    }
    headings
}

fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.flat_map(char::to_lowercase).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        let texts = [("docs/a.md", text), ("docs/b.md", "# The pool's `price` 价格\n\n# Twice\n\n# Twice\n")];
        let repo = Repo::of(&[texts[0], texts[1], ("README.md", ""), ("plans/seed-one.toml", "")]);
        check(&repo).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn links_that_lead_somewhere_pass() {
        let text = "[b](b.md) [r](../README.md) [plans](../plans) [root](..) [h](b.md#the-pools-price-价格) [2](b.md#twice-1)\n\
                    # Here\n[here](#here) <https://example.com> [m](mailto:a@example.com) `[no](link.md)`\n";
        assert_eq!(complaints(text), Vec::<String>::new());
    }

    #[test]
    fn links_that_lead_nowhere_are_refused() {
        let cases = [
            ("[a](c.md)", "leads to no file"),
            ("![a](../c.png)", "leads to no file"),
            ("| [a](c.md) |\n| --- |\n", "leads to no file"),
            ("[a](b.md#price)", "leads to no heading"),
            ("[a](#nowhere)", "leads to no heading"),
            ("[a](../../other/README.md)", "leads out of the repository"),
            ("[a](/README.md)", "begins at no page: write it relative to this one"),
            ("[a][b]\n\n[b]: c.md\n", "leads to no file"),
        ];
        for (text, complaint) in cases {
            let complaints = complaints(text);
            assert!(complaints.len() == 1 && complaints[0].ends_with(complaint), "{text}: {complaints:?}");
        }
    }
}
