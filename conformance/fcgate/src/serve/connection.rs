//! Connections: request after request, each with its answer.

use std::io::{self, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use super::play::{self, After};
use super::shared::Shared;
use super::wire::{self, Incoming};

/// Takes connections until the server ends; then all of them are over.
pub(super) fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut players: Vec<JoinHandle<()>> = Vec::new();
    for stream in listener.incoming() {
        // One connection that failed says nothing of the next.
        let Ok(stream) = stream.map(Arc::new) else {
            continue;
        };
        if !shared.open(&stream) {
            break;
        }
        players.retain(|player| !player.is_finished());
        let shared = Arc::clone(shared);
        players.push(thread::spawn(move || {
            // An error means that the client has gone, or that the server ends.
            let _ = converse(&stream, &shared);
        }));
    }
    for player in players {
        // A player that panicked has told of it on standard error; the others still have to end.
        let _ = player.join();
    }
}

fn converse(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = BufReader::new(stream);
    loop {
        let go_on = || (&mut &*stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        let incoming = match wire::next(&mut input, go_on)? {
            Incoming::Request(arrived) => Ok(arrived),
            // What ends because the server ends is nobody's mistake.
            Incoming::Malformed(_) if shared.is_closing() => return Ok(()),
            Incoming::Malformed(malformed) => Err(malformed),
            Incoming::End => return Ok(()),
        };
        let answering = shared.begin();
        let exchange = shared.judge(answering.number, &incoming);
        let last = incoming.as_ref().map_or(true, |arrived| arrived.last);
        let response = exchange.response.clone();
        shared.keep(&incoming, exchange);
        let sent = play::send(stream, &response, (shared.slow, last), |length| {
            shared.pause(length)
        });
        drop(answering);
        if sent? == After::End {
            if incoming.is_err() {
                play::close(stream)?;
            }
            return Ok(());
        }
    }
}
