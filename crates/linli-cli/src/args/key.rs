//! The words of `linli key`.

use super::DataOptions;
use clap::Subcommand;
use linli_platform::Scope;

#[derive(Subcommand)]
pub enum KeyCommand {
    /// Make a key and print its secret, which is shown only now
    #[command(
        after_help = "Example:\n  linli key add till-1 --name \"Till 1\" --scope read --scope commands --data shop/"
    )]
    Add {
        #[command(flatten)]
        data: DataOptions,
        /// Names the key in requests: letters, digits, - and _
        id: String,
        /// What people call it
        #[arg(long)]
        name: String,
        /// What it may be used for: read, orders, commands
        #[arg(long = "scope", required = true, value_parser = scope)]
        scopes: Vec<Scope>,
    },
    /// End a key: no request is taken with it any more
    #[command(after_help = "Example:\n  linli key end till-1 --data shop/")]
    End {
        #[command(flatten)]
        data: DataOptions,
        /// The key
        id: String,
    },
    /// List all keys, ended ones too
    #[command(after_help = "Example:\n  linli key list --data shop/")]
    List {
        #[command(flatten)]
        data: DataOptions,
    },
}

fn scope(name: &str) -> Result<Scope, String> {
    let names = || Scope::ALL.map(Scope::name).join(", ");
    Scope::named(name).ok_or_else(|| format!("the scopes are {}", names()))
}
