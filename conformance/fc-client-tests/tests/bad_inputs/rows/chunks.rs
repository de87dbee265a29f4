//! Chunked bodies.

use fc_bad_inputs::Entry;
use fc_transport::TransportErrorKind::{Interrupted, Protocol, Timeout};
use fcgate_http::origin::Step;

use crate::backends::Engine;
use crate::exchange::{Expected, short_limits};
use crate::play_rows::Row;

/// A response with a trailer that would be a failure if it were a header.
pub(crate) const TRAILER: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
    5\r\n12345\r\n0\r\nX-Fc-Error-Type: UnhandledInvocationError\r\n\r\n";

fn chunked(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}")
}

pub(super) fn rows(entry: &Entry, _: Engine) -> Option<Vec<Row>> {
    let refused = |body| Row::sends("row", chunked(body), Expected::error(Protocol));
    Some(vec![match entry.id() {
        "hf-029" => refused("zz\r\n12345\r\n0\r\n\r\n"),
        "hf-032" => refused("5\r\n123455\r\n12345\r\n0\r\n\r\n"),
        "hf-033" => Row::sends_and_closes(
            "cut",
            chunked("5\r\n12345\r\n"),
            Expected::error(Interrupted),
        ),
        "hf-034" => {
            let steps = [
                Step::ReadRequest,
                Step::send(chunked("5\r\n12345\r\n0\r\n")),
                Step::flood("X-Fc-Trailer: 1\r\n".repeat(1024)),
            ];
            // ureq reads trailers without a limit except time.
            let expected = Expected::error(Protocol).or(Timeout);
            Row::new("endless", steps, expected).limits(short_limits())
        }
        "hf-035" => {
            let many = "1\r\na\r\n".repeat(100_000) + "0\r\n\r\n";
            let expected = Expected::answer(200, "a".repeat(100_000));
            Row::sends("many", chunked(&many), expected)
        }
        "hf-036" => Row::sends("trailer", TRAILER, Expected::answer(200, "12345")),
        _ => return None,
    }])
}
