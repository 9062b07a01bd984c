//! Acts of whoever runs the program on the data: each is an entry of the journal, by `machine`.

use crate::args::DataOptions;
use crate::data;
use anyhow::{Context, Result, bail};
use linli_engine::{Form, Group, Limits, Stamp, Writer};
use linli_platform::{Act, Actor, Deed};
use std::fmt::Write;

/// Does an act; a refusal is told by its code.
pub fn act(data: &DataOptions, act: impl Into<Act>) -> Result<()> {
    let mut group = Group::new();
    group.push_act(None, &Deed::new(Actor::Machine, act));
    let (writer, view, skipped) = Writer::start_with_view(data::place(data)?, Limits::default())?;
    data::tell_skipped(&skipped);
    // Time never runs back, where a sandbox's clock was moved neither.
    let ahead = view.read(|replica| replica.platform().clock.ahead_seconds())?;
    let answers = writer.ask(group, Stamp::ahead(ahead), Form::Refusals)?;
    writer.close()?;
    match answers.refused.first() {
        Some((_, refusal)) => bail!("{refusal}"),
        None => Ok(()),
    }
}

/// So many random bytes in hexadecimal.
pub fn random_hex<const BYTES: usize>() -> Result<String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).context("the system gives no randomness")?;
    Ok(bytes.iter().fold(String::with_capacity(2 * BYTES), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all");
        text
    }))
}
