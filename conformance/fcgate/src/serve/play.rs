//! Sending an answer in its manner.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use socket2::SockRef;

use super::answer::{Manner, Response};

/// Between two bytes of a body that drips.
const BETWEEN: Duration = Duration::from_millis(20);
/// A longer body does not drip to its end byte by byte.
const DRIPS: usize = 50;

/// Whether the connection goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Next,
    End,
}

/// Sends the answer; `pause` waits, and says false where the server ends in the meantime.
pub(super) fn send(
    mut stream: &TcpStream,
    response: &Response,
    (late, last): (Duration, bool),
    pause: impl Fn(Duration) -> bool,
) -> io::Result<After> {
    let head = response.head(last);
    let body = response.body.as_slice();
    let half = |bytes: &[u8]| bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
    match response.manner {
        Manner::Whole => stream.write_all(&[head.as_bytes(), body].concat())?,
        Manner::Chunked => {
            let mut bytes = head.into_bytes();
            for chunk in body.chunks(8) {
                bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                bytes.extend_from_slice(chunk);
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(b"0\r\n\r\n");
            stream.write_all(&bytes)?;
        }
        Manner::Late => {
            if !pause(late) {
                return Ok(After::End);
            }
            stream.write_all(&[head.as_bytes(), body].concat())?;
        }
        Manner::Drip => {
            stream.write_all(head.as_bytes())?;
            let (drops, rest) = body.split_at(body.len().min(DRIPS));
            for drop in drops {
                stream.write_all(&[*drop])?;
                if !pause(BETWEEN) {
                    return Ok(After::End);
                }
            }
            stream.write_all(rest)?;
        }
        Manner::Stall => {
            stream.write_all(head.as_bytes())?;
            return drain(stream);
        }
        Manner::Cut => {
            stream.write_all(&[head.as_bytes(), &half(body)].concat())?;
            return close(stream);
        }
        Manner::CutHead => {
            stream.write_all(&half(head.as_bytes()))?;
            return close(stream);
        }
        Manner::Close => return close(stream),
        Manner::Reset => {
            // With a linger time of zero the close that follows is a reset.
            SockRef::from(stream).set_linger(Some(Duration::ZERO))?;
            return Ok(After::End);
        }
    }
    Ok(if last { After::End } else { After::Next })
}

/// Ends the sending half and reads on: a socket that is closed with unread bytes would send a reset.
pub(super) fn close(stream: &TcpStream) -> io::Result<After> {
    stream.shutdown(Shutdown::Write)?;
    drain(stream)
}

fn drain(mut stream: &TcpStream) -> io::Result<After> {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer)? > 0 {}
    Ok(After::End)
}
