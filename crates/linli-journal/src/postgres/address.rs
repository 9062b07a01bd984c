//! The address of a database, as a URL or as `key=value` pairs. It keeps the password to itself: a place names
//! host, port and database, and a refusal names no part of what it refuses.
//! Must not be added: a second way to say what the address can say.

use crate::fault::Fault;
use postgres::Config;
use postgres::config::{Host, SslMode};
use std::fmt;
use std::time::Duration;

const PORT: u16 = 5432;

/// How long each host may take to answer a connection, unless the address says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A server that is gone without a word is noticed after 25 seconds of silence.
const KEEPALIVES_IDLE: Duration = Duration::from_secs(10);
const KEEPALIVES_INTERVAL: Duration = Duration::from_secs(5);
const KEEPALIVES_RETRIES: u32 = 3;

/// Bytes that nobody acknowledges for so long end the connection.
const TCP_USER_TIMEOUT: Duration = Duration::from_secs(25);

/// Where a database is, and how to reach it.
#[derive(Clone)]
pub struct Address {
    config: Config,
    place: String,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// [`Fault::Unsafe`] if it is not one, or asks for what there is not.
    pub fn parse(address: &str) -> Result<Self, Fault> {
        // In front of the host stands one @; with two of them a part of the password would be taken for the host.
        if address.contains("://") && address.matches('@').count() > 1 {
            return refused("write %40 for an @ within the address of the database");
        }
        let Ok(mut config) = address.parse::<Config>() else {
            // The reader's own complaint may repeat a part of the password.
            return refused(
                "the address of the database is not understood, or has an option that is not known here; \
                 it has the form postgres://user:password@host:port/database?sslmode=disable",
            );
        };
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return refused("the address of the database names no host");
        }
        if config.get_ssl_mode() == SslMode::Require {
            return refused(
                "sslmode=require: this release reaches PostgreSQL without TLS alone; use a socket or a private \
                 network and sslmode=disable",
            );
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(TCP_USER_TIMEOUT);
        }
        config.keepalives_idle(KEEPALIVES_IDLE).keepalives_interval(KEEPALIVES_INTERVAL);
        config.keepalives_retries(KEEPALIVES_RETRIES);
        let place = place(&config);
        Ok(Self { config, place })
    }

    /// How to reach it.
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// Host, port and database.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Address").field(&self.place).finish()
    }
}

fn refused<T>(what: &str) -> Result<T, Fault> {
    Err(Fault::Unsafe { what: what.into() })
}

fn place(config: &Config) -> String {
    let mut hosts: Vec<String> = config.get_hosts().iter().map(name).collect();
    if hosts.is_empty() {
        hosts = config.get_hostaddrs().iter().map(ToString::to_string).collect();
    }
    let ports = config.get_ports();
    let port = |number: usize| ports.get(number).or(ports.first()).copied().unwrap_or(PORT);
    let hosts: Vec<String> =
        hosts.iter().enumerate().map(|(number, host)| format!("{host}:{}", port(number))).collect();
    // Without a name the database is the user's.
    let database = config.get_dbname().or(config.get_user()).unwrap_or("postgres");
    format!("postgres://{}/{database}", hosts.join(","))
}

fn name(host: &Host) -> String {
    match host {
        Host::Tcp(name) if name.contains(':') => format!("[{name}]"),
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "se/cr:et?x=1";

    fn refusal(address: &str) -> String {
        let refused = Address::parse(address).expect_err(address);
        assert!(matches!(refused, Fault::Unsafe { .. }), "{refused:?}");
        assert!(!refused.is_retryable());
        refused.to_string()
    }

    #[test]
    fn a_place_names_all_but_the_secret() {
        for (address, place) in [
            ("postgres://u:SECRET@db.example:5433/shop", "postgres://db.example:5433/shop"),
            ("postgresql://u:SECRET@db.example", "postgres://db.example:5432/u"),
            ("postgres://u@[::1]:1/d", "postgres://[::1]:1/d"),
            ("postgres://u@one:1,two:2/d", "postgres://one:1,two:2/d"),
            ("postgres:///d?host=/run/postgresql", "postgres:///run/postgresql:5432/d"),
            ("host=one,two port=7 password=SECRET dbname=d", "postgres://one:7,two:7/d"),
            ("hostaddr=10.0.0.1 password='SECRET'", "postgres://10.0.0.1:5432/postgres"),
        ] {
            let address = Address::parse(&address.replace("SECRET", SECRET)).expect(address);
            assert_eq!(address.place(), place);
            assert!(!format!("{address:?}").contains("cr:et"), "{address:?}");
        }
    }

    #[test]
    fn a_refusal_repeats_nothing_of_the_address() {
        for address in [
            "postgres://u:secret",
            "postgres://u:secret@host:port/d",
            "postgres://u:an@secret@host/d",
            "postgres://u:an@secret?secret=1@host/d",
            "postgres://u:password@host/d?secret=1",
            "postgres:///secret",
            "dbname=secret",
            "host=h password=a secret",
            "host=h password=a secret=b",
            "host=h password='secret",
            "secret",
            "",
        ] {
            let text = refusal(address);
            assert!(!text.contains("secret"), "{address}: {text}");
        }
    }

    #[test]
    fn what_asks_for_tls_is_refused_and_never_reached_without() {
        assert!(refusal("postgres://u@h/d?sslmode=require").starts_with("sslmode=require: "));
        refusal("postgres://u@h/d?sslmode=verify-full");
        for mode in ["disable", "prefer"] {
            Address::parse(&format!("postgres://u@h/d?sslmode={mode}")).expect(mode);
        }
    }

    #[test]
    fn waiting_for_a_host_is_bounded_unless_the_address_bounds_it() {
        let timeout = |address: &str| {
            *Address::parse(address).expect(address).config().get_connect_timeout().expect("bounded")
        };
        assert_eq!(timeout("postgres://u@h/d"), CONNECT_TIMEOUT);
        assert_eq!(timeout("postgres://u@h/d?connect_timeout=90"), Duration::from_secs(90));
    }
}
