//! `linli explain`: where each fen of an order went, by which rule and with which rounding, or where the balance of
//! an account comes from.

mod order;

use crate::args::ExplainOptions;
use crate::report::Table;
use crate::text::amount;
use crate::{data, progress};
use anyhow::{Result, bail};
use linli_engine::explain::order_story;
use linli_engine::statement::{StatementLine, statement};
use linli_journal::Store;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{self, Write as _};

pub fn run(options: &ExplainOptions) -> Result<()> {
    let place = data::place(&options.data)?;
    let store = &*place.store;
    let text = if options.subject.contains(':') {
        explain_account(store, &options.subject, options.last)?
    } else {
        explain_order(store, &options.subject)?
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

fn explain_order(store: &dyn Store, id: &str) -> Result<String> {
    let bar = progress::over_commands();
    let story = order_story(store, id, |seq, end| {
        bar.set_length(end);
        bar.set_position(seq);
    });
    bar.finish_and_clear();
    match story? {
        Some(story) => Ok(order::explain(&story, id)),
        None => bail!("there is no order {id}; an account has a colon in its name, as in member:M1:wallet"),
    }
}

fn explain_account(store: &dyn Store, account: &str, last: usize) -> Result<String> {
    let (mut lines, mut earlier) = (VecDeque::new(), 0_u64);
    let bar = progress::over_commands();
    let told = statement(
        store,
        account,
        |seq, end| {
            bar.set_length(end);
            bar.set_position(seq);
        },
        |line| {
            lines.push_back(line);
            if lines.len() > last {
                lines.pop_front();
                earlier += 1;
            }
        },
    );
    bar.finish_and_clear();
    told?;
    if lines.is_empty() {
        bail!("nothing was ever posted to {account}");
    }
    Ok(statement_text(account, &lines, earlier))
}

fn statement_text(account: &str, lines: &VecDeque<StatementLine>, earlier: u64) -> String {
    let mut text = format!("{account}\n\n");
    if earlier > 0 {
        writeln!(text, "  {earlier} earlier lines are not shown (--last, or `linli export statement`)\n")
            .expect("a text takes what is written");
    }
    let mut table =
        Table::new(&["seq", "at 时间", "command 指令", "of 单号", "", "amount 金额", "balance 余额"]);
    for line in lines {
        let units = |units| amount(units, line.asset.decimals());
        table.row(&[
            line.seq.to_string(),
            line.at.to_string(),
            line.command.to_string(),
            line.id.clone(),
            line.asset.name().to_string(),
            units(line.amount),
            units(line.balance),
        ]);
    }
    write!(text, "{table}\n`linli explain ORDER` tells by which rule an order paid.\n")
        .expect("a text takes what is written");
    text
}
