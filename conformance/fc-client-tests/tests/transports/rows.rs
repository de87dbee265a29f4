//! Rows of the catalogue of malformed inputs, played one after the other.

use fc_transport::Limits;
use fcgate_http::origin::{Connection, Step};

use crate::backends::Subject;
use crate::exchange::{Exchange, Expected, PATH, PATIENCE, SECOND, exchange, patient, request};

/// One stimulus, by its id in the catalogue.
pub(crate) struct Row {
    id: &'static str,
    steps: Vec<Step>,
    limits: Limits,
    body: Vec<u8>,
    expected: Expected,
    after: After,
}

/// What must become of the connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// Closed behind an error; behind an answer anything.
    Usual,
    /// Closed behind an answer too.
    Dies,
    /// Never used again; closed where the adapter can.
    Refused,
    /// Anything: what was read was well formed to its end.
    Lives,
}

impl Row {
    /// The steps are those of the first connection; the limits are not reached.
    pub(crate) fn new(id: &'static str, steps: impl Into<Vec<Step>>, expected: Expected) -> Self {
        Self {
            id,
            steps: steps.into(),
            limits: patient(),
            body: b"payload".to_vec(),
            expected,
            after: After::Usual,
        }
    }

    /// The whole request is read, these bytes are sent, and then nothing more comes.
    pub(crate) fn sends(id: &'static str, answer: impl AsRef<[u8]>, expected: Expected) -> Self {
        let answer = Step::send(answer.as_ref().to_vec());
        Self::new(id, [Step::ReadRequest, answer, Step::Stall], expected)
    }

    /// The same, and then the connection is ended in order.
    pub(crate) fn sends_and_closes(
        id: &'static str,
        answer: impl AsRef<[u8]>,
        expected: Expected,
    ) -> Self {
        let answer = Step::send(answer.as_ref().to_vec());
        Self::new(id, [Step::ReadRequest, answer, Step::Close], expected)
    }

    pub(crate) fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// A payload of that many bytes.
    pub(crate) fn payload(self, length: usize) -> Self {
        let body = vec![b'p'; length];
        Self { body, ..self }
    }

    /// Also with a good answer, the connection must not be used again.
    pub(crate) fn dies(mut self) -> Self {
        self.after = After::Dies;
        self
    }

    /// The head is refused by the adapter, where its backend alone would accept it.
    pub(crate) fn refused(mut self) -> Self {
        self.after = After::Refused;
        self
    }

    /// Also with an error, the connection may be used again.
    pub(crate) fn lives(mut self) -> Self {
        self.after = After::Lives;
        self
    }
}

/// Plays every row and fails with a list of those that went wrong.
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
    let is_heard = !row.steps.contains(&Step::Hold);
    let Exchange { result, origin } = exchange(&subject, row.steps, row.body);
    let fault = row.expected.misses(&result);
    let may_live = result.is_ok() && row.after == After::Usual || row.after == After::Lives;
    // A response may hold the connection over which the protocol was switched.
    drop(result);
    if fault.is_some() || may_live {
        return fault;
    }
    let next = subject.send(request(&origin.url(PATH), "next".into()));
    let heard = origin.connections();
    if heard[0].invocations() > 1 {
        return Some(format!("the connection was used again: {heard:?}"));
    }
    if row.limits == patient() && !next.is_ok_and(|next| SECOND.ends_with(text(next.body()))) {
        return Some("the call that followed had no answer of its own".into());
    }
    let mut requests = heard.iter().flat_map(Connection::requests).map(lines);
    if let (Some(first), Some(next)) = (requests.next(), requests.next())
        && first != next
    {
        return Some(format!("the call that followed was another one: {heard:?}"));
    }
    let is_closed = |heard: &[Connection]| heard[0].has_ended();
    let can_close = is_heard && (row.after != After::Refused || S::CLOSES_REFUSED);
    (can_close && !origin.wait_until(PATIENCE, is_closed)).then(|| "the connection was kept".into())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The head of a request without its length.
fn lines(request: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(request)
        .to_ascii_lowercase()
        .split("\r\n")
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with("content-length:"))
        .map(Into::into)
        .collect()
}
