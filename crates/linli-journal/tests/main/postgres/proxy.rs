//! A proxy between a journal and its server that cuts the connection at a chosen moment: what a network does to a
//! commit, but at the same place each time. Must not be added: any reading of the protocol beyond a word.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// When a connection is cut, seen from the message with the word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The server never gets the message.
    Before,
    /// The server gets it, and the client goes at once.
    Meanwhile,
    /// The server has answered, and the answer is lost.
    AfterTheAnswer,
}

/// The address of a database through a proxy that cuts each connection at the first message with this word.
pub fn through(url: &str, server: u16, word: &'static str, cut: Cut) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let server = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).expect("the server runs");
            Pipe::open(client, server, word, cut);
        }
    });
    url.replace(&format!(":{server}/"), &format!(":{port}/"))
}

#[derive(Clone)]
struct Pipe {
    client: Arc<TcpStream>,
    server: Arc<TcpStream>,
    answers_are_lost: Arc<AtomicBool>,
}

impl Pipe {
    fn open(client: TcpStream, server: TcpStream, word: &'static str, cut: Cut) {
        let pipe = Self { client: client.into(), server: server.into(), answers_are_lost: Arc::default() };
        let answers = pipe.clone();
        thread::spawn(move || answers.answers());
        thread::spawn(move || pipe.requests(word, cut));
    }

    fn requests(&self, word: &str, cut: Cut) {
        let (mut from, mut to) = (&*self.client, &*self.server);
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            let message = &buffer[..length];
            let has_word = message.windows(word.len()).any(|part| part == word.as_bytes());
            if has_word && cut == Cut::Before {
                break;
            }
            self.answers_are_lost.fetch_or(has_word && cut == Cut::AfterTheAnswer, Ordering::SeqCst);
            if to.write_all(message).is_err() || (has_word && cut == Cut::Meanwhile) {
                break;
            }
        }
        self.cut();
    }

    fn answers(&self) {
        let (mut from, mut to) = (&*self.server, &*self.client);
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            if self.answers_are_lost.load(Ordering::SeqCst) || to.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        self.cut();
    }

    fn cut(&self) {
        for end in [&self.client, &self.server] {
            // The other direction may have cut it already.
            end.shutdown(Shutdown::Both).unwrap_or_default();
        }
    }
}
