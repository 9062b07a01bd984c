//! How often whom may ask: per account, key, address and phone number. Each answer tells what is left; too often is 429
//! with the time to come back. Must not be added here: a rate that somebody could get around by asking differently.

use crate::problem::{Code, Problem};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::time::Duration;

/// Callers that are kept of each rate; with more, those who have asked little lately are forgotten.
const MOST: usize = 100_000;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// Where a request comes from, as the connection says.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// So many requests at once, and one more each time.
#[derive(Clone, Copy, Debug)]
pub struct RateOf {
    /// At once.
    pub burst: u32,
    /// Between two after that.
    pub every: Duration,
}

/// The rates.
pub struct Rates {
    /// A program.
    pub key: Limiter,
    /// Whoever is logged in.
    pub account: Limiter,
    /// Whoever is not.
    pub visitor: Limiter,
    /// One-time codes to a number, close together.
    pub code_soon: Limiter,
    /// One-time codes to a number in a day.
    pub code_day: Limiter,
    /// One-time codes that an address asks for.
    pub code_address: Limiter,
    /// Tries to log in to an account.
    pub log_in: Limiter,
    /// Codes of vouchers that are looked up in a store.
    pub voucher: Limiter,
    /// Pictures that somebody uploads.
    pub upload: Limiter,
}

/// What the rates are.
#[derive(Clone, Copy, Debug)]
pub struct RateBounds {
    /// Of a program.
    pub key: RateOf,
    /// Of whoever is logged in.
    pub account: RateOf,
    /// Of whoever is not, by address.
    pub visitor: RateOf,
    /// Of codes to one number: seconds between two.
    pub code_soon: RateOf,
    /// Of codes to one number in a day.
    pub code_day: RateOf,
    /// Of codes that one address asks for.
    pub code_address: RateOf,
    /// Of tries to log in to one account.
    pub log_in: RateOf,
    /// Of codes of vouchers that one store looks up: no code is found by guessing.
    pub voucher: RateOf,
    /// Of pictures that one account uploads: each takes a while to draw.
    pub upload: RateOf,
}

const fn rate(burst: u32, every: Duration) -> RateOf {
    RateOf { burst, every }
}

impl Default for RateBounds {
    fn default() -> Self {
        Self {
            key: rate(100_000, Duration::from_micros(20)),
            account: rate(120, Duration::from_millis(100)),
            visitor: rate(120, Duration::from_millis(200)),
            code_soon: rate(1, Duration::from_secs(60)),
            code_day: rate(10, Duration::from_secs(8_640)),
            code_address: rate(20, Duration::from_secs(60)),
            log_in: rate(10, Duration::from_secs(60)),
            voucher: rate(30, Duration::from_secs(2)),
            upload: rate(40, Duration::from_secs(20)),
        }
    }
}

impl Rates {
    /// Nobody has asked yet.
    pub fn new(bounds: &RateBounds) -> Self {
        Self {
            key: Limiter::new("key", bounds.key),
            account: Limiter::new("account", bounds.account),
            visitor: Limiter::new("address", bounds.visitor),
            code_soon: Limiter::new("codes", bounds.code_soon),
            code_day: Limiter::new("codes_a_day", bounds.code_day),
            code_address: Limiter::new("codes_of_address", bounds.code_address),
            log_in: Limiter::new("log_in", bounds.log_in),
            voucher: Limiter::new("vouchers", bounds.voucher),
            upload: Limiter::new("uploads", bounds.upload),
        }
    }
}

type Keyed = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// One rate, of many callers.
pub struct Limiter {
    name: &'static str,
    of: RateOf,
    callers: Keyed,
}

/// What is left to a caller.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    name: &'static str,
    of: RateOf,
    left: u32,
}

impl Limiter {
    fn new(name: &'static str, of: RateOf) -> Self {
        let burst = NonZeroU32::new(of.burst).expect("a rate lets something through");
        let quota = Quota::with_period(of.every).expect("a rate has a time").allow_burst(burst);
        Self { name, of, callers: RateLimiter::keyed(quota).with_middleware() }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// 429, with the time to come back.
    pub fn take(&self, caller: &String) -> Result<Rate, Problem> {
        if self.callers.len() > MOST {
            self.callers.retain_recent();
        }
        match self.callers.check_key(caller) {
            Ok(state) => Ok(Rate { name: self.name, of: self.of, left: state.remaining_burst_capacity() }),
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                let (burst, every) = (self.of.burst, self.of.every);
                let detail = format!("{}: {burst} at once and one each {every:?} are the most", self.name);
                Err(Problem::new(Code::TooManyRequests, detail).retry_after(wait))
            }
        }
    }
}

impl Rate {
    /// In the form of the draft "RateLimit header fields for HTTP".
    pub fn tell(&self, headers: &mut HeaderMap) {
        let Self { name, of, left } = self;
        let whole = of.every.saturating_mul(of.burst).as_secs().max(1);
        let policy = format!("\"{name}\";q={};w={whole}", of.burst);
        let state = format!("\"{name}\";r={left}");
        for (header, value) in [(POLICY, policy), (LEFT, state)] {
            headers.insert(header, HeaderValue::from_str(&value).expect("names and numbers"));
        }
    }
}

/// The address that a request comes from; behind a proxy, the one that the proxy has added. Addresses of one network of
/// IPv6 are one: whoever has one has them all.
pub fn address(request: &Parts, behind_proxy: bool) -> IpAddr {
    let forwarded = request.headers.get_all("x-forwarded-for").iter().next_back();
    let forwarded = forwarded.filter(|_| behind_proxy).and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|value| value.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
    let peer = request.extensions.get::<Option<Peer>>().copied().flatten().map(|peer| peer.0.ip());
    match last.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address => address,
    }
}
