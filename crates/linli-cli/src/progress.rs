//! A progress bar on standard error, where that is a terminal; elsewhere nothing.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs::File;
use std::io::Read;
use std::time::Duration;

/// A bar over the bytes of a file, with rate and time left.
pub fn over_file(file: &File) -> ProgressBar {
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let bar = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::stderr());
    let template = "{spinner} {bar:30} {percent:>3} %  {msg}  {elapsed} gone, {eta} left";
    bar.set_style(ProgressStyle::with_template(template).expect("a valid template"));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A bar over commands; its length is set when it is known.
pub fn over_commands() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let template = "{spinner} {bar:30} {percent:>3} %  {human_pos} commands  {elapsed} gone, {eta} left";
    bar.set_style(ProgressStyle::with_template(template).expect("a valid template"));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A bar over orders of the laboratory, of which there will be about so many.
pub fn over_orders(ahead: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(ahead), ProgressDrawTarget::stderr());
    let template =
        "{spinner} {bar:30} {percent:>3} %  {human_pos} orders, {per_sec}  {elapsed} gone, {eta} left";
    bar.set_style(ProgressStyle::with_template(template).expect("a valid template"));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A count of orders of many runs whose number nobody knows before.
pub fn over_work() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let template = "{spinner} {human_pos} orders, {per_sec}  {elapsed} gone";
    bar.set_style(ProgressStyle::with_template(template).expect("a valid template"));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The file's bytes, counted on the bar as they are read.
pub fn counted(bar: &ProgressBar, file: File) -> Box<dyn Read + Send> {
    Box::new(bar.wrap_read(file))
}
