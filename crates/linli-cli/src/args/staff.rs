//! The words of `linli staff`.

use super::DataOptions;
use clap::Subcommand;
use linli_platform::Role;

#[derive(Subcommand)]
pub enum StaffCommand {
    /// Add an account and print its first password, which is shown only now
    #[command(after_help = "Example:\n  linli staff add chen --role finance --data shop/")]
    Add {
        #[command(flatten)]
        data: DataOptions,
        /// What they log in with: letters, digits, - and _
        id: String,
        /// What colleagues call it; the id without it
        #[arg(long)]
        name: Option<String>,
        /// What they are: operator, finance, support, auditor, developer, supplier
        #[arg(long = "role", required = true, value_parser = role)]
        roles: Vec<Role>,
    },
    /// Give an account a new first password, for whoever has forgotten theirs
    #[command(after_help = "Example:\n  linli staff password chen --data shop/")]
    Password {
        #[command(flatten)]
        data: DataOptions,
        /// The account
        id: String,
    },
    /// End an account and its sessions
    #[command(after_help = "Example:\n  linli staff end chen --data shop/")]
    End {
        #[command(flatten)]
        data: DataOptions,
        /// The account
        id: String,
    },
    /// List all accounts, ended ones too
    #[command(after_help = "Example:\n  linli staff list --data shop/")]
    List {
        #[command(flatten)]
        data: DataOptions,
    },
}

fn role(name: &str) -> Result<Role, String> {
    let names = || Role::ALL.map(Role::name).join(", ");
    Role::named(name).ok_or_else(|| format!("the roles are {}", names()))
}
