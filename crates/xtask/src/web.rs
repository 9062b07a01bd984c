//! The pages: made from `web/`, their client typed from the document of the running service, and both tried against the real
//! program, in Node and in Debian's Chromium. Must not be added: a type written by hand, a test that runs without the program.

use crate::debian;
use crate::demo::{Demo, KEY};
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// The generated types, from the workspace's root.
const TYPES: &str = "web/client/src/document.ts";

const FOLDER: &str = "web";

/// The guides, and their pictures in a folder beneath.
const GUIDES: &str = "docs/guides";

/// Where the tests leave a picture of every screen, in the target folder.
const PICTURES: &str = "screens";

/// Makes the pages, which the next build of the program has in it; each route within its bound of bytes.
pub fn build(workspace: &Workspace) -> Result<()> {
    debian::NODE.ensure(workspace)?;
    debian::NPM.ensure(workspace)?;
    npm(workspace, "install what the pages need", &["ci", "--no-audit", "--no-fund"])
        .advice("The npm registry must be reachable; versions are pinned in web/package-lock.json.")
        .run()?;
    npm(workspace, "make the pages", &["run", "build"])
        .advice("A route that loads too much is named above: load what it rarely needs later.")
        .run()
}

/// Writes the types anew.
pub fn generate(workspace: &Workspace) -> Result<()> {
    with_demo(workspace, |demo| types(workspace, demo, &workspace.root().join(TYPES)))
}

/// Tries the pages, and keeps of the pictures that this leaves those that the guides show.
pub fn picture(workspace: &Workspace) -> Result<()> {
    test(workspace)?;
    let guides = workspace.root().join(GUIDES);
    for page in fs::read_dir(&guides).with_context(|| format!("{GUIDES} cannot be read"))? {
        let page = page?.path();
        if page.extension() != Some(OsStr::new("md")) {
            continue;
        }
        let text = fs::read_to_string(&page).with_context(|| format!("{} cannot be read", page.display()))?;
        for name in text.split("(pictures/").skip(1).filter_map(|rest| rest.split(')').next()) {
            let made = workspace.target().join(PICTURES).join(name);
            let kept = guides.join("pictures").join(name);
            fs::copy(&made, &kept).with_context(|| format!("no test leaves the picture {name}"))?;
        }
    }
    Ok(())
}

/// Whether the types are those of today's document; the client does what it says, and the pages what people come for.
pub fn test(workspace: &Workspace) -> Result<()> {
    debian::CHROMIUM.ensure(workspace)?;
    with_demo(workspace, |demo| {
        let fresh = workspace.target().join("document.ts");
        types(workspace, demo, &fresh)?;
        let read = |place: &Path| {
            fs::read_to_string(place).with_context(|| format!("{} is missing", place.display()))
        };
        if read(&fresh)? != read(&workspace.root().join(TYPES))? {
            bail!("{TYPES} is not of today's interface: run `cargo xtask gen`");
        }
        let pictures = workspace.target().join(PICTURES);
        npm(workspace, "test the client and the pages", &["test"])
            .env("LINLI_URL", &demo.url)
            .env("LINLI_KEY", KEY)
            .env("LINLI_SECRET", &demo.secret)
            .env("LINLI_PICTURES", &pictures)
            .advice("A type error names a path whose form has changed; target/screens has a picture of every screen.")
            .run()
    })
}

fn with_demo(workspace: &Workspace, work: impl FnOnce(&Demo) -> Result<()>) -> Result<()> {
    debian::CURL.ensure(workspace)?;
    build(workspace)?;
    let demo = Demo::serve(workspace, "web")?;
    let worked = work(&demo);
    let ended = demo.end(workspace);
    worked.and(ended)
}

fn types(workspace: &Workspace, demo: &Demo, place: &Path) -> Result<()> {
    let document = workspace.target().join("openapi.json");
    Step::new(workspace, "fetch the document", "curl")
        .args(["--silent", "--show-error", "--fail", &format!("{}/openapi.json", demo.url)])
        .args([OsStr::new("--output"), document.as_os_str()])
        .run()?;
    npm(workspace, "generate the types", &["run", "generate"])
        .env("LINLI_DOCUMENT", &document)
        .env("LINLI_TYPES", place)
        .advice("openapi-typescript says above what the document lacks.")
        .run()
}

fn npm(workspace: &Workspace, name: &str, arguments: &[&str]) -> Step {
    Step::new(workspace, name, "npm").args(["--prefix", FOLDER]).args(arguments)
}
