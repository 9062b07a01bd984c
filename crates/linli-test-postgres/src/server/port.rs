//! Ports for servers: below those that systems give to outgoing connections, so that none takes a server's port
//! while it is down. Must not be added: ports of anything but tests.

use std::net::{Ipv4Addr, TcpListener};
use std::process;
use std::sync::atomic::{AtomicU16, Ordering};

const FIRST: u16 = 15_000;
const COUNT: u16 = 15_000;
/// Processes that start one after the other begin far apart.
const STRIDE: u32 = 37;

/// A port on the loopback address that nobody has, and that this process was not given before.
///
/// # Panics
/// Without any.
pub fn free() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let begin = process::id().wrapping_mul(STRIDE) % u32::from(COUNT);
    let begin = u16::try_from(begin).expect("a remainder below 2^16");
    for _ in 0..COUNT {
        let next = GIVEN.fetch_add(1, Ordering::Relaxed);
        let port = FIRST + begin.wrapping_add(next) % COUNT;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
    panic!("no port from {FIRST} on is free");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_given_twice_or_while_it_is_taken() {
        let (one, other) = (free(), free());
        assert_ne!(one, other);
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, other.wrapping_add(1)));
        assert_ne!(free(), other.wrapping_add(1), "{taken:?}");
    }
}
