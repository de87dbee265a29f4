//! One request, read from a connection as it is on the wire.

mod body;
mod head;

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead};

use fcgate_cases::oracle::WireRequest;
use fcgate_protocol::HeaderList;

use self::head::Head;

/// More than any client sends.
const LONGEST_BODY: usize = 64 * 1024 * 1024;

/// A request that could be read to its end.
#[derive(Debug, Clone)]
pub(super) struct Arrived {
    pub(super) method: String,
    pub(super) target: String,
    /// In wire order; of a value only the one blank behind the colon is taken away. A character is a byte.
    pub(super) headers: HeaderList,
    pub(super) body: Vec<u8>,
    pub(super) framing: Framing,
    /// Whether the client wants the connection closed.
    pub(super) last: bool,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// In no way: there is none.
    None,
    Length,
    Chunked,
}

/// What cannot be read as a request; nothing that follows on the connection can be either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Malformed {
    why: Cow<'static, str>,
    /// Whether whoever sent it can read an answer in HTTP.
    pub(super) reads_http: bool,
}

impl Malformed {
    const fn new(why: &'static str) -> Self {
        Self {
            why: Cow::Borrowed(why),
            reads_http: true,
        }
    }

    const TLS: Self = Self {
        why: Cow::Borrowed(
            "TLS was spoken to the plain HTTP endpoint: use http://, \
             which some SDKs call protocol=\"http\"",
        ),
        reads_http: false,
    };

    /// The client has gone within a request.
    fn cut(why: String) -> Self {
        Self {
            why: Cow::Owned(why),
            reads_http: true,
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

/// What came on a connection.
#[derive(Debug)]
pub(super) enum Incoming {
    Request(Arrived),
    Malformed(Malformed),
    /// The client has gone between two requests.
    End,
}

impl Arrived {
    /// All values of a header, outer white space trimmed as HTTP does.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let headers = self.headers.iter();
        let named = headers.filter(move |(other, _)| other.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.trim_matches([' ', '\t']))
    }

    /// The first value of a header.
    pub(super) fn value<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.values(name).next()
    }

    /// The same for the oracle.
    pub(super) fn request(&self) -> WireRequest {
        WireRequest::new(&self.method, &self.target)
            .headers(&self.headers)
            .body(&self.body)
    }
}

/// The first byte of a TLS handshake (RFC 8446, 5.1); no method begins with it.
const HANDSHAKE: u8 = 0x16;

/// Reads the next request; `go_on` tells a client that waits for it to send its body.
pub(super) fn next(
    input: &mut impl BufRead,
    go_on: impl FnOnce() -> io::Result<()>,
) -> io::Result<Incoming> {
    // It would wait for the answer to its handshake, which has no line to end.
    if input.fill_buf()?.first() == Some(&HANDSHAKE) {
        return Ok(Incoming::Malformed(Malformed::TLS));
    }
    let head = match head::read(input)? {
        Head::Whole(head) => head,
        Head::Cut => {
            let why = "it ends within its head: the client has gone before the empty line";
            return Ok(Incoming::Malformed(Malformed::new(why)));
        }
        Head::None => return Ok(Incoming::End),
    };
    let read = head::parse(&head).and_then(|arrived| Ok((head::length(&arrived)?, arrived)));
    let (length, mut arrived) = match read {
        Ok(read) => read,
        Err(malformed) => return Ok(Incoming::Malformed(malformed)),
    };
    let waits = arrived.value("expect");
    if waits.is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
        go_on()?;
    }
    let body = match length {
        Some(length) => {
            arrived.framing = Framing::Length;
            body::exactly(input, length)
        }
        None if arrived.framing == Framing::Chunked => body::chunks(input),
        None => Ok(Vec::new()),
    };
    Ok(match body {
        Ok(body) => Incoming::Request(Arrived { body, ..arrived }),
        Err(malformed) => Incoming::Malformed(malformed),
    })
}

#[cfg(test)]
mod tests {
    use super::{Framing, Incoming, next};

    fn read(bytes: &[u8]) -> Incoming {
        next(&mut &*bytes, || Ok(())).unwrap()
    }

    #[test]
    fn values_keep_their_white_space_and_every_byte() {
        let head = b"POST /a%2Fb?c HTTP/1.1\r\nX-Fc-A:  b \r\nHost:h\r\nx: \xfc\r\n\r\n";
        let Incoming::Request(arrived) = read(head) else {
            panic!()
        };
        assert_eq!(arrived.target, "/a%2Fb?c");
        assert_eq!(arrived.headers[0], ("X-Fc-A".to_owned(), " b ".to_owned()));
        assert_eq!(arrived.headers[1].1, "h");
        assert_eq!(arrived.value("X"), Some("\u{fc}"));
        assert_eq!(arrived.framing, Framing::None);
    }

    #[test]
    fn a_body_is_read_by_its_length_or_by_its_chunks() {
        for (request, framing) in [
            (&b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nhi!and"[..], Framing::Length),
            (
                b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n1;x=y\r\n!\r\n0\r\nT: v\r\n\r\n",
                Framing::Chunked,
            ),
        ] {
            let Incoming::Request(arrived) = read(request) else {
                panic!()
            };
            assert_eq!((arrived.body.as_slice(), arrived.framing), (&b"hi!"[..], framing));
        }
    }

    #[test]
    fn what_is_no_request_is_told() {
        for (request, words) in [
            ("hello\r\n\r\n", "not that of an HTTP/1.1 request"),
            (
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "not one number",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "not one number",
            ),
            (
                "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
                "not `chunked`",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
                "64 MiB",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "both",
            ),
            (
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "begin with its length",
            ),
        ] {
            let Incoming::Malformed(malformed) = read(request.as_bytes()) else {
                panic!("{request:?}")
            };
            assert!(malformed.to_string().contains(words), "{malformed}");
        }
        let endless = format!("POST / HTTP/1.1\r\nA: {}", "a".repeat(70_000));
        assert!(matches!(read(endless.as_bytes()), Incoming::Malformed(_)));
    }

    #[test]
    fn a_client_that_goes_away_within_a_request_leaves_a_trace() {
        for (request, in_body) in [
            (
                "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi",
                "1 of 2 bytes",
            ),
            (
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
                "the last chunk",
            ),
        ] {
            assert!(matches!(read(b""), Incoming::End));
            assert!(matches!(read(b"\r\n"), Incoming::End));
            for cut in 1..request.len() {
                let Incoming::Malformed(malformed) = read(&request.as_bytes()[..cut]) else {
                    panic!("{cut}")
                };
                assert!(malformed.to_string().contains("has gone"), "{malformed}");
            }
            let Incoming::Malformed(malformed) = read(&request.as_bytes()[..request.len() - 1])
            else {
                panic!()
            };
            assert!(malformed.to_string().contains(in_body), "{malformed}");
        }
    }

    #[test]
    fn tls_is_known_by_its_first_byte() {
        let Incoming::Malformed(malformed) = read(b"\x16\x03\x01\x02\x00\x01") else {
            panic!()
        };
        assert!(malformed.to_string().contains("TLS") && !malformed.reads_http);
    }

    #[test]
    fn who_waits_for_the_permission_to_go_on_gets_it() {
        let mut asked = false;
        let request = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi";
        next(&mut &request[..], || {
            asked = true;
            Ok(())
        })
        .unwrap();
        assert!(asked);
    }
}
