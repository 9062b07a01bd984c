//! Which addresses may be connected to: those of the public internet, and networks that somebody has named. Whoever
//! registers an address to be called could else make the service call what only it can reach. Must not be added here:
//! an address that is let through because of what it is called.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What of IPv4 is not the public internet (IANA's registry of special-purpose addresses).
const SPECIAL_V4: [(Ipv4Net, &str); 15] = [
    (v4(0, 0, 0, 0, 8), "this network"),
    (v4(10, 0, 0, 0, 8), "private"),
    (v4(100, 64, 0, 0, 10), "shared by a provider's customers"),
    (v4(127, 0, 0, 0, 8), "loopback"),
    (v4(169, 254, 0, 0, 16), "link-local"),
    (v4(172, 16, 0, 0, 12), "private"),
    (v4(192, 0, 0, 0, 24), "for protocols"),
    (v4(192, 0, 2, 0, 24), "documentation"),
    (v4(192, 88, 99, 0, 24), "a relay to IPv6"),
    (v4(192, 168, 0, 0, 16), "private"),
    (v4(198, 18, 0, 0, 15), "benchmarks"),
    (v4(198, 51, 100, 0, 24), "documentation"),
    (v4(203, 0, 113, 0, 24), "documentation"),
    (v4(224, 0, 0, 0, 4), "multicast"),
    (v4(240, 0, 0, 0, 4), "reserved"),
];

/// What of IPv6 is not, with those that lie outside of [`GLOBAL_V6`] only to be named.
const SPECIAL_V6: [(Ipv6Net, &str); 13] = [
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 128), "unspecified"),
    (v6([0, 0, 0, 0, 0, 0, 0, 1], 128), "loopback"),
    (v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96), "IPv4 translated"),
    (v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48), "IPv4 translated"),
    (v6([0x100, 0, 0, 0, 0, 0, 0, 0], 64), "thrown away"),
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), "for protocols"),
    (v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), "documentation"),
    (v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), "IPv4 in a tunnel"),
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), "documentation"),
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), "private"),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), "link-local"),
    (v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10), "private"),
    (v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8), "multicast"),
];

/// The part of IPv6 that is given out for the public internet.
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// An address that may not be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{address} is not on the public internet ({kind}), and its network is not among those that are allowed"
)]
pub struct NotPublic {
    /// The address.
    pub address: IpAddr,
    /// What it is instead.
    pub kind: &'static str,
}

/// A text that is no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no network: write an address and how many of its bits count, such as 10.0.0.0/8")]
pub struct NotANetwork(String);

/// What may be connected to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Networks that may be reached whatever they are.
    told: Vec<IpNet>,
}

impl Reach {
    /// The public internet alone.
    #[must_use]
    pub fn public() -> Self {
        Self::default()
    }

    /// The public internet and these networks.
    #[must_use]
    pub fn public_and(networks: Vec<IpNet>) -> Self {
        Self { told: networks }
    }

    /// The public internet and the networks that are written here, such as `10.0.0.0/8`.
    ///
    /// # Errors
    /// The first that is none.
    pub fn public_and_named(networks: &[String]) -> Result<Self, NotANetwork> {
        let parsed = networks.iter().map(|text| text.parse().map_err(|_| NotANetwork(text.clone())));
        Ok(Self { told: parsed.collect::<Result<_, _>>()? })
    }

    /// Every address: for tests, and for a sandbox whose callers are trusted.
    #[must_use]
    pub fn anywhere() -> Self {
        let v6 = Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 0);
        Self { told: vec![Ipv4Net::new_assert(Ipv4Addr::UNSPECIFIED, 0).into(), v6.into()] }
    }

    /// Whether any address may be reached that is not of the public internet. Only then may a connection be without
    /// TLS, and only to such networks.
    #[must_use]
    pub fn is_told_more(&self) -> bool {
        !self.told.is_empty()
    }

    /// Whether the address may be connected to.
    ///
    /// # Errors
    /// What it is if it may not.
    pub fn check(&self, address: IpAddr) -> Result<(), NotPublic> {
        if self.is_told(address) {
            return Ok(());
        }
        special(address.to_canonical()).map_or(Ok(()), |kind| Err(NotPublic { address, kind }))
    }

    /// Whether the address lies in a network that was named.
    #[must_use]
    pub fn is_told(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.told.iter().any(|network| network.contains(&address))
    }
}

/// What an address is, unless it is of the public internet. An IPv4 address within an IPv6 one must have been taken
/// out.
fn special(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => {
            SPECIAL_V4.iter().find(|(network, _)| network.contains(&address)).map(|(_, kind)| *kind)
        }
        IpAddr::V6(address) => {
            let named = SPECIAL_V6.iter().find(|(network, _)| network.contains(&address));
            let outside = (!GLOBAL_V6.contains(&address)).then_some("not given out");
            named.map(|(_, kind)| *kind).or(outside)
        }
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6(parts: [u16; 8], length: u8) -> Ipv6Net {
    let [a, b, c, d, e, f, g, h] = parts;
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, e, f, g, h), length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn the_public_internet_is_reached() {
        for text in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "::ffff:1.1.1.1",
            "2001:200::1",
            "2400:3200::1",
            "2606:4700:4700::1111",
        ] {
            assert_eq!(Reach::public().check(address(text)), Ok(()), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused_by_what_it_is() {
        for (kind, texts) in [
            ("this network", "0.0.0.0 0.255.255.255 ::ffff:0.0.0.0"),
            ("private", "10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255 192.168.0.0 192.168.255.255"),
            ("private", "fc00:: fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fec0::1 ::ffff:10.0.0.1"),
            ("shared by a provider's customers", "100.64.0.0 100.127.255.255 ::ffff:100.100.100.200"),
            ("loopback", "127.0.0.1 127.255.255.255 ::1 ::ffff:127.0.0.1"),
            ("link-local", "169.254.0.0 169.254.169.254 fe80:: febf::1 ::ffff:a9fe:a9fe"),
            ("for protocols", "192.0.0.0 192.0.0.170 2001:: 2001:0:1::1 2001:2::1 2001:20::1 2001:1ff::1"),
            ("documentation", "192.0.2.0 198.51.100.255 203.0.113.1 2001:db8::1 3fff::1 3fff:fff::1"),
            ("a relay to IPv6", "192.88.99.1"),
            ("benchmarks", "198.18.0.0 198.19.255.255"),
            ("multicast", "224.0.0.0 239.255.255.255 ff02::1 ff00::"),
            ("reserved", "240.0.0.0 255.255.255.255"),
            ("unspecified", "::"),
            ("IPv4 translated", "64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1"),
            ("IPv4 in a tunnel", "2002:7f00:1::1"),
            ("thrown away", "100::1"),
            ("not given out", "::127.0.0.1 ::2 64:ff9b:2::1 4000::1 5f00::1 1fff::1 200::1 e000::1"),
        ] {
            for text in texts.split(' ') {
                let refused = Reach::public().check(address(text)).expect_err(text);
                assert_eq!((refused.kind, refused.address), (kind, address(text)), "{text}");
            }
        }
    }

    #[test]
    fn a_network_that_was_named_is_reached_in_both_forms_and_no_other_is() {
        let reach = Reach::public_and(vec!["10.1.0.0/16".parse().expect("a network")]);
        assert_eq!(reach.check(address("10.1.255.255")), Ok(()));
        assert_eq!(reach.check(address("::ffff:10.1.0.1")), Ok(()));
        assert_eq!(reach.check(address("1.1.1.1")), Ok(()));
        assert!(!reach.is_told(address("1.1.1.1")));
        for text in ["10.2.0.0", "127.0.0.1", "64:ff9b::a01:1", "::1"] {
            reach.check(address(text)).expect_err(text);
        }
    }

    #[test]
    fn anywhere_is_everywhere() {
        for text in ["127.0.0.1", "::1", "169.254.169.254", "::", "1.1.1.1", "fe80::1"] {
            assert!(Reach::anywhere().is_told(address(text)), "{text}");
        }
    }
}
