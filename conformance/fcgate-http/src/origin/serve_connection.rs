//! Plays a script on one connection of an origin.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use super::connection::Connection;
use super::script::Play;
use super::shared_state::Record;
use crate::answer::{Next, Observer, Player, Step};

/// Plays on a connection; the socket is closed when it returns.
pub(super) fn play(stream: Arc<TcpStream>, play: &Play, record: &Record, index: usize) {
    // A drip is one segment for each byte; without this the kernel would merge them.
    let _ = stream.set_nodelay(true);
    // An error means that the client closed the connection or that the origin is being dropped.
    let _ = play_all(&stream, play, &ConnectionObserver { record, index });
    drop(stream);
    record.update(index, Connection::end);
}

fn play_all(
    stream: &TcpStream,
    play: &Play,
    observer: &ConnectionObserver<'_>,
) -> io::Result<Next> {
    let mut player = Player::new(stream, observer);
    let steps = match play {
        Play::Steps(steps) => steps,
        Play::ByRequest(script) => {
            player.play(&[Step::ReadRequest])?;
            &script.list(observer.record.request())
        }
    };
    loop {
        match player.play(steps)? {
            Next::Again => {}
            Next::Continue => return player.play(&[Step::Close]),
            Next::Drop => return Ok(Next::Drop),
        }
    }
}

/// Records one connection of the origin.
struct ConnectionObserver<'a> {
    record: &'a Record,
    index: usize,
}

impl ConnectionObserver<'_> {
    fn holds(&self, is_enough: impl FnOnce(&Connection) -> bool) -> bool {
        self.record.of(self.index, is_enough) != Some(false)
    }
}

impl Observer for ConnectionObserver<'_> {
    fn received(&self, bytes: &[u8]) {
        self.record
            .update(self.index, |connection| connection.receive(bytes));
    }

    fn sent(&self, count: usize) {
        self.record
            .update(self.index, |connection| connection.count_sent(count));
    }

    fn has_head(&self, number: usize) -> bool {
        self.holds(|connection| connection.has_head(number))
    }

    fn has_request(&self, number: usize) -> bool {
        self.holds(|connection| connection.invocations() > number)
    }

    fn pause(&self, length: Duration) -> bool {
        self.record.pause(length)
    }

    fn hold(&self) {
        self.record.hold();
    }
}
