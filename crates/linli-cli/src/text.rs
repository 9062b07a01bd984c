//! Reading plans, and writing files so that nothing half-written is left behind.

use anyhow::{Context, Result, anyhow};
use linli_economy::Economy;
use linli_economy::decimal;
use linli_economy::plan::Plan;
use std::fs;
use std::path::Path;

/// The text of a file.
pub fn read_file(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The plan of a file, or every reason to refuse it with its place.
pub fn read_plan(path: &Path) -> Result<Plan> {
    let text = read_file(path)?;
    Plan::parse(&text).map_err(|refusals| {
        let reasons: Vec<String> = refusals.0.iter().map(|refusal| format!("  {refusal}")).collect();
        anyhow!("{} is refused:\n{}", path.display(), reasons.join("\n"))
    })
}

/// An economy that opens with the plan of a file.
pub fn open_economy(path: &Path) -> Result<Economy> {
    read_plan(path).map(Economy::with_plan)
}

/// Writes a file whole: under another name first, so that a fault leaves what was there.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let name = path.file_name().with_context(|| format!("{} names no file", path.display()))?;
    let partial = path.with_file_name(format!(".{}.partial", name.to_string_lossy()));
    let written = fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, path));
    written.map_err(|error| {
        // What could not be written may be impossible to remove too; the first fault is the one to report.
        let _ = fs::remove_file(&partial);
        anyhow!(error).context(format!("cannot write {}", path.display()))
    })
}

/// Units of an asset as text.
pub fn amount(units: i128, decimals: usize) -> String {
    let mut text = String::new();
    decimal::write(&mut text, units, decimals);
    text
}

/// `{"store:S1": {"CNY": "800.00"}, …}`: every balance that is not zero, sorted.
pub fn balances_json(economy: &Economy) -> String {
    let mut accounts = serde_json::Map::new();
    for (account, asset, units) in economy.balances() {
        let entry = accounts.entry(account).or_insert_with(|| serde_json::Map::new().into());
        entry[asset.name()] = amount(units, asset.decimals()).into();
    }
    let mut json = serde_json::to_string_pretty(&accounts).expect("texts are JSON");
    json.push('\n');
    json
}
