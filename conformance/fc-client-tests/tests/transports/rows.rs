//! Exchanges with their expected results, run one after the other.

use fc_transport::ExchangeLimits;
use fcgate_http::origin::{Connection, Step};

use crate::backends::Subject;
use crate::exchange::{
    Exchange, Expected, MAX_WAIT, PATH, SECOND, exchange, generous_limits, request,
};

/// One stimulus and the expected result.
pub(crate) struct Row {
    id: &'static str,
    steps: Vec<Step>,
    limits: ExchangeLimits,
    body: Vec<u8>,
    pub(crate) expected: Expected,
    after: ConnectionState,
}

/// The expected state of the connection after the call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ConnectionState {
    /// Closed after an error; any state after a response.
    ClosedOnError,
    /// Closed, also after a response.
    Closed,
    /// Not reused, and closed if the adapter can close it.
    NotReused,
    /// Any state, because the bytes that were read were well formed.
    Any,
}

impl Row {
    /// A row with these steps on the first connection, and limits that are not reached.
    pub(crate) fn new(id: &'static str, steps: impl Into<Vec<Step>>, expected: Expected) -> Self {
        Self {
            id,
            steps: steps.into(),
            limits: generous_limits(),
            body: b"payload".to_vec(),
            expected,
            after: ConnectionState::ClosedOnError,
        }
    }

    /// The origin reads the request, sends these bytes, and then stalls.
    pub(crate) fn sends(id: &'static str, answer: impl AsRef<[u8]>, expected: Expected) -> Self {
        let answer = Step::send(answer.as_ref().to_vec());
        Self::new(id, [Step::ReadRequest, answer, Step::Stall], expected)
    }

    /// The same, but the origin closes the connection afterwards.
    pub(crate) fn sends_and_closes(
        id: &'static str,
        answer: impl AsRef<[u8]>,
        expected: Expected,
    ) -> Self {
        let answer = Step::send(answer.as_ref().to_vec());
        Self::new(id, [Step::ReadRequest, answer, Step::Close], expected)
    }

    pub(crate) fn limits(self, limits: ExchangeLimits) -> Self {
        Self { limits, ..self }
    }

    /// Sets the length of the payload.
    pub(crate) fn payload(self, length: usize) -> Self {
        let body = vec![b'p'; length];
        Self { body, ..self }
    }

    /// The connection must be closed, also after a response.
    pub(crate) fn closes_connection(mut self) -> Self {
        self.after = ConnectionState::Closed;
        self
    }

    /// The adapter rejects a head that its HTTP library accepts, so the connection must not be reused.
    pub(crate) fn not_reused(mut self) -> Self {
        self.after = ConnectionState::NotReused;
        self
    }

    /// The connection may be reused, also after an error.
    pub(crate) fn keeps_connection(mut self) -> Self {
        self.after = ConnectionState::Any;
        self
    }
}

/// Runs every row and panics with a list of the failed ones.
pub(crate) fn play<S: Subject>(rows: Vec<Row>) {
    let wrong: Vec<String> = rows
        .into_iter()
        .filter_map(|row| {
            let id = row.id;
            play_one::<S>(row).map(|fault| format!("\n  {id}: {fault}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

fn play_one<S: Subject>(row: Row) -> Option<String> {
    let subject = S::new(row.limits);
    let reads_requests = !row.steps.contains(&Step::Hold);
    let Exchange { result, origin } = exchange(&subject, row.steps, row.body);
    let fault = row.expected.mismatch(&result);
    let may_live = result.is_ok() && row.after == ConnectionState::ClosedOnError
        || row.after == ConnectionState::Any;
    // A response may hold the connection over which the protocol was switched.
    drop(result);
    if fault.is_some() || may_live {
        return fault;
    }
    let next = subject.send(request(&origin.url(PATH), "next".into()));
    let connections = origin.connections();
    if connections[0].invocations() > 1 {
        return Some(format!("the connection was used again: {connections:?}"));
    }
    if row.limits == generous_limits()
        && !next.is_ok_and(|next| SECOND.ends_with(text(next.body())))
    {
        return Some("the next call did not get its own response".into());
    }
    let mut requests = connections.iter().flat_map(Connection::requests).map(lines);
    if let (Some(first), Some(next)) = (requests.next(), requests.next())
        && first != next
    {
        return Some(format!(
            "the next call sent a different request: {connections:?}"
        ));
    }
    let is_closed = |connections: &[Connection]| connections[0].has_ended();
    let can_close = reads_requests;
    (can_close && !origin.wait_until(MAX_WAIT, is_closed))
        .then(|| "the connection was not closed".into())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The head of a request without Content-Length.
fn lines(request: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(request)
        .to_ascii_lowercase()
        .split("\r\n")
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with("content-length:"))
        .map(Into::into)
        .collect()
}
