//! Accepts connections and answers their requests.

use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use fcgate_http::answer::{Next, Player, Step};
use fcgate_http::request::{Incoming, RequestStream};

use super::shared::Shared;
use super::wire::Arrived;

/// Accepts connections until the server shuts down, then waits for their threads.
pub(super) fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut players: Vec<JoinHandle<()>> = Vec::new();
    for stream in listener.incoming() {
        // The failure of one connection does not affect the next.
        let Ok(stream) = stream.map(Arc::new) else {
            continue;
        };
        if !shared.open(&stream) {
            break;
        }
        players.retain(|player| !player.is_finished());
        let shared = Arc::clone(shared);
        players.push(thread::spawn(move || {
            // An error means that the client closed the connection or that the server shuts down.
            let _ = converse(&stream, &shared);
        }));
    }
    for player in players {
        // The panic of a thread is already on standard error; wait for the others.
        let _ = player.join();
    }
}

fn converse(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = RequestStream::new(stream);
    loop {
        let send_continue = || (&mut &*stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        let incoming = match requests.next(send_continue)? {
            Incoming::Request(request) => Ok(Arrived::from(request)),
            // The server cut this request by shutting down: that is not a mistake of the client.
            Incoming::Malformed(_) if shared.is_closing() => return Ok(()),
            Incoming::Malformed(error) => Err(error),
            Incoming::End => return Ok(()),
        };
        let answering = shared.begin();
        let exchange = shared.judge(answering.number, &incoming);
        let closes = incoming.as_ref().map_or(true, |arrived| arrived.closes);
        let mut steps = exchange.response.steps(shared.slow, closes);
        shared.keep(&incoming, exchange);
        if incoming.is_err() {
            steps.push(Step::Close);
        }
        let next = Player::new(stream, shared).play(&steps);
        drop(answering);
        if next? == Next::Drop || closes {
            return Ok(());
        }
    }
}
