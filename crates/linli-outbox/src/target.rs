//! Where an effect is sent: a URL that was looked at before it is kept, so that whoever registers one is told at once
//! what is wrong with it. What its name stands for is looked at again at each connection (`client.rs`).

mod local_name;
mod unfit;

pub use unfit::Unfit;

use crate::address::Reach;
use hyper::Uri;
use std::fmt;
use std::net::IpAddr;
use url::{Host, Url};

/// The longest URL, in bytes.
pub const MOST_BYTES: usize = 2_048;

/// The ports below the first that everybody may open: others are of mail, files and the like.
const PORTS: [u16; 2] = [80, 443];
const FIRST_OPEN_PORT: u16 = 1_024;

/// A URL that may be called, as far as it shows without asking for its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
}

impl Target {
    /// Looks at a URL as it was registered.
    ///
    /// # Errors
    /// The first reason to refuse it.
    pub fn parse(text: &str, reach: &Reach) -> Result<Self, Unfit> {
        if text.len() > MOST_BYTES {
            return Err(Unfit::TooLong { bytes: text.len() });
        }
        let url = Url::parse(text).map_err(|error| Unfit::Malformed { why: error.to_string() })?;
        let plain_is_allowed = url.scheme() == "http" && reach.is_told_more();
        if url.scheme() != "https" && !plain_is_allowed {
            return Err(Unfit::Scheme { scheme: url.scheme().into() });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Unfit::Credentials);
        }
        if url.fragment().is_some() {
            return Err(Unfit::Fragment);
        }
        let target = Self { url };
        if target.port() < FIRST_OPEN_PORT && !PORTS.contains(&target.port()) {
            return Err(Unfit::Port { port: target.port() });
        }
        // The two libraries agree on what a path may hold; where they do not, it is found here.
        target.path().parse::<Uri>().map_err(|error| Unfit::Malformed { why: error.to_string() })?;
        target.check_host(reach)?;
        Ok(target)
    }

    fn check_host(&self, reach: &Reach) -> Result<(), Unfit> {
        if let Some(address) = self.literal() {
            return Ok(reach.check(address)?);
        }
        let name = self.name();
        if local_name::is_local(name) && !reach.is_told_more() {
            return Err(Unfit::LocalName { name: name.into() });
        }
        Ok(())
    }

    /// The address, if it stands in the URL; the many ways to write one have become this.
    #[must_use]
    pub fn literal(&self) -> Option<IpAddr> {
        match self.url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) | None => None,
        }
    }

    /// The name of the host, in lower case and ASCII, without the dot at the end.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.url.host_str().unwrap_or_default();
        name.strip_suffix('.').unwrap_or(name)
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }

    /// Whether it is reached by TLS.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// What stands in the head of a request: path and query.
    pub(crate) fn path(&self) -> &str {
        &self.url[url::Position::BeforePath..url::Position::AfterQuery]
    }

    /// The host as the head of a request has it.
    pub(crate) fn authority(&self) -> &str {
        &self.url[url::Position::BeforeHost..url::Position::AfterPort]
    }

    /// The whole URL, to be kept or shown to whom it belongs: its query may hold a secret.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }
}

impl fmt::Display for Target {
    /// Scheme, host and port: what may be shown in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.url.scheme(), self.authority())
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        Target::parse(text, &Reach::public()).map_or_else(|unfit| unfit.code(), |_| "fits")
    }

    #[test]
    fn what_may_be_called_is_told_from_what_may_not() {
        for (expected, texts) in [
            (
                "fits",
                "https://shop.example.com https://shop.example.com:8443/a?b=c HTTPS://Shop.Example.Com.",
            ),
            (
                "fits",
                "https://1.1.1.1/ https://[2606:4700:4700::1111]/ https://mylocal.example https://b\u{fc}cher.example",
            ),
            (
                "url_malformed",
                "shop.example.com https:// https://[::1 https://a:b:c https://shop.example:99999 https://[fe80::1%25eth0]/ https://a%00b.example/",
            ),
            (
                "url_not_https",
                "http://shop.example.com http://127.0.0.1 ftp://a.example file:/etc/passwd gopher://a.example javascript:alert(1) data:,x",
            ),
            (
                "url_has_credentials",
                "https://user@shop.example https://user:pw@shop.example https://shop.example@127.0.0.1/ https://:pw@a.example",
            ),
            ("url_has_fragment", "https://shop.example/#a"),
            (
                "url_port_refused",
                "https://shop.example:22 https://shop.example:25 https://shop.example:0 https://shop.example:1023",
            ),
            (
                "url_name_is_local",
                "https://localhost https://LOCALHOST./ https://a.localhost:8443 https://printer.local https://metadata.google.internal/ https://db https://db./ https://a.home.arpa https://l\u{24de}calhost/",
            ),
        ] {
            for text in texts.split(' ') {
                assert_eq!(code(text), expected, "{text}");
            }
        }
        assert_eq!(code(&format!("https://a.example/{}", "a".repeat(MOST_BYTES))), "url_too_long");
    }

    #[test]
    fn an_address_is_refused_in_whatever_form_it_is_written() {
        for host in [
            "127.0.0.1",
            "127.0.0.1.",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0x7f.0x0.0x0.0x1",
            "0177.0.0.1",
            "017700000001",
            "0177.0x1",
            "127.000.000.001",
            "%31%32%37.0.0.1",
            "127\u{3002}0\u{3002}0\u{3002}1",
            "\u{2460}\u{2461}\u{2466}.\u{24ea}.\u{24ea}.\u{2460}",
            "0",
            "0x0",
            "10.1",
            "0xa9fea9fe",
            "169.254.169.254",
            "3232235777",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[fd00::1]",
            "[fe80::1]",
            "[2002:7f00:1::]",
        ] {
            assert_eq!(code(&format!("https://{host}/")), "url_address_is_not_public", "{host}");
            assert_eq!(code(&format!("https://{host}:8443/a")), "url_address_is_not_public", "{host}");
        }
    }

    #[test]
    fn whoever_is_told_more_may_be_called_by_name_and_without_tls() {
        let reach = Reach::public_and(vec!["10.0.0.0/8".parse().expect("a network")]);
        for text in
            ["http://10.0.0.1:8080/", "http://till:8080/", "https://till.internal/", "http://shop.example/"]
        {
            Target::parse(text, &reach).expect(text);
        }
        for text in ["http://127.0.0.1/", "https://[::1]/", "ftp://10.0.0.1/", "http://10.0.0.1:22/"] {
            Target::parse(text, &reach).expect_err(text);
        }
    }

    #[test]
    fn whatever_stands_in_a_path_can_be_sent_or_is_refused() {
        for letter in (0..=0x250).filter_map(char::from_u32) {
            for text in [
                format!("https://a.example/{letter}//{letter}"),
                format!("https://a.example/?{letter}=%{letter}"),
            ] {
                if let Ok(target) = Target::parse(&text, &Reach::public()) {
                    assert!(target.path().parse::<Uri>().is_ok_and(|uri| uri.host().is_none()), "{text}");
                }
            }
        }
    }

    #[test]
    fn a_query_is_not_shown() {
        let target = Target::parse("https://a.example:8443/b?token=secret", &Reach::public()).expect("fits");
        assert_eq!(format!("{target} {target:?}"), "https://a.example:8443 Target(https://a.example:8443)");
        assert_eq!((target.authority(), target.path()), ("a.example:8443", "/b?token=secret"));
    }
}
