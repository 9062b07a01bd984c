//! The words of `linli move-in`.

use super::DataOptions;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum MoveInCommand {
    /// Members with their phone numbers and inviters
    #[command(after_help = MEMBERS)]
    Members {
        #[command(flatten)]
        data: DataOptions,
        /// The file (CSV, UTF-8)
        file: PathBuf,
    },
    /// Stores with their owners, districts and pages
    #[command(after_help = STORES)]
    Stores {
        #[command(flatten)]
        data: DataOptions,
        /// The file (CSV, UTF-8)
        file: PathBuf,
    },
}

const MEMBERS: &str = "Example:
  linli move-in members members.csv --data shop/

The columns are member, phone and inviter, in any order:
  member,phone,inviter
  M1,13800000001,
  M2,13800000002,M1

An inviter is a member who is there or stands further up. Whoever was moved in logs in with a code and agrees to the
terms then. Nothing is moved in unless every row can be; a file that was interrupted is given again whole.";

const STORES: &str = "Example:
  linli move-in stores stores.csv --data shop/

The columns are store, owner, district, name and address, and may be recruiter:
  store,owner,district,name,address,recruiter
  S1,M1,440106,东记面馆,天河路 1 号,M2

A district is one of the published six digits. Nothing is moved in unless every row can be; a file that was interrupted
is given again whole.";
