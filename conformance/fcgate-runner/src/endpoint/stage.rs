//! What serves one case beside the common server: a raw origin, a port at which nobody listens, and the
//! place of a redirect.

use std::io;
use std::time::Duration;

use bytes::Bytes;

use fcgate_cases::corpus::{Act, Answer, CannedAnswer, ELSEWHERE};
use fcgate_cases::judge::Arrival;
use fcgate_http::origin::{DeadPort, Heard, Origin, Script, Step};
use fcgate_protocol::{Credentials, Scheme};

use super::arrived;
use super::nonces::Nonces;

/// How long a request may be on its way from the kernel to the record of the origin.
const ON_ITS_WAY: Duration = Duration::from_millis(500);

/// What the place of a redirect answers: who goes there is to notice nothing.
const WELCOME: &str = "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: elsewhere\r\nContent-Length: 9\r\n\
                       Connection: close\r\n\r\nelsewhere";

/// The listeners of one case.
#[derive(Debug)]
pub(super) struct Stage {
    main: Main,
    elsewhere: Option<Origin>,
}

#[derive(Debug)]
enum Main {
    /// The common server has the answers.
    Common,
    Raw(Origin),
    Refusing(DeadPort),
}

impl Stage {
    /// Starts what the answers need, and puts the place of a redirect into them.
    pub(super) fn set(answers: &[Answer]) -> io::Result<(Self, Vec<CannedAnswer>)> {
        let elsewhere = answers
            .iter()
            .any(goes_elsewhere)
            .then(|| Origin::start(Script::on_request([Step::send(WELCOME)])))
            .transpose()?;
        let place = elsewhere.as_ref().map(|origin| origin.url(""));
        let place = place.unwrap_or_default();
        let canned = answers.iter().map(|answer| match answer {
            Answer::Canned(canned) => Some(with_place(canned, &place)),
            Answer::Script(_) => None,
        });
        let (main, canned) = match canned.collect::<Option<Vec<_>>>() {
            Some(canned) => (Main::Common, canned),
            None => (raw(answers, &place)?, Vec::new()),
        };
        Ok((Self { main, elsewhere }, canned))
    }

    /// Where to send, if not to the common server.
    pub(super) fn uri(&self) -> Option<String> {
        match &self.main {
            Main::Common => None,
            Main::Raw(origin) => Some(origin.url("")),
            Main::Refusing(port) => Some(port.url("")),
        }
    }

    /// What arrived here. Who has `given_up` may have sent what is still on its way; who has an answer was read.
    pub(super) fn arrivals(
        &self,
        function: &str,
        scheme: Scheme,
        credentials: &Credentials,
        given_up: bool,
    ) -> Vec<Arrival> {
        let mut arrivals = Vec::new();
        if let Main::Raw(origin) = &self.main {
            if given_up {
                origin.wait_until(ON_ITS_WAY, |heard| {
                    let settled = |one: &Heard| one.invocations() > 0 || one.is_over();
                    !heard.is_empty() && heard.iter().all(settled)
                });
            }
            let mut nonces = Nonces::default();
            for heard in origin.heard() {
                let nonces = &mut nonces;
                let verified =
                    |request| arrived::verify(request, function, scheme, credentials, nonces);
                arrivals.extend(heard.requests().map(verified));
            }
        }
        let strays = self.elsewhere.as_ref().map_or(0, Origin::invocations);
        let stray = || Arrival::new(Some("it went to the place of a redirect".to_owned()));
        arrivals.extend(std::iter::repeat_with(stray).take(strays));
        arrivals
    }

    /// How many requests have arrived here.
    pub(super) fn requests(&self) -> usize {
        let main = match &self.main {
            Main::Raw(origin) => origin.invocations(),
            Main::Common | Main::Refusing(_) => 0,
        };
        main + self.elsewhere.as_ref().map_or(0, Origin::invocations)
    }
}

fn goes_elsewhere(answer: &Answer) -> bool {
    match answer {
        Answer::Canned(canned) => canned
            .headers
            .iter()
            .any(|(_, value)| value.contains(ELSEWHERE)),
        Answer::Script(acts) => acts
            .iter()
            .any(|act| matches!(act, Act::Send(text) if text.contains(ELSEWHERE))),
    }
}

fn with_place(canned: &CannedAnswer, place: &str) -> CannedAnswer {
    let mut canned = canned.clone();
    for (_, value) in &mut canned.headers {
        *value = value.replace(ELSEWHERE, place);
    }
    canned
}

fn raw(answers: &[Answer], place: &str) -> io::Result<Main> {
    let refuses =
        |answer: &Answer| matches!(answer, Answer::Script(acts) if acts.contains(&Act::Refuse));
    if answers.iter().any(refuses) {
        return DeadPort::refusing().map(Main::Refusing);
    }
    let mut lists = answers.iter().map(|answer| match answer {
        Answer::Canned(canned) => vec![Step::Send(framed(&with_place(canned, place)))],
        Answer::Script(acts) => acts.iter().map(|act| step(act, place)).collect(),
    });
    let first = Script::on_request(lists.next().unwrap_or_default());
    Origin::start(lists.fold(first, Script::then)).map(Main::Raw)
}

fn step(act: &Act, place: &str) -> Step {
    match act {
        Act::Send(text) => Step::send(text.replace(ELSEWHERE, place)),
        Act::SendBytes(bytes) => Step::Send(Bytes::copy_from_slice(bytes)),
        Act::Repeat(repeated) => Step::send(repeated.text.repeat(repeated.count)),
        Act::Flood(text) => Step::flood(text.clone()),
        Act::PauseMs(length) => Step::Pause(Duration::from_millis(*length)),
        Act::Stall => Step::Stall,
        Act::Reset => Step::Reset,
        Act::Close | Act::Refuse => Step::Close,
    }
}

/// A canned answer as bytes, for a connection that ends with it.
fn framed(canned: &CannedAnswer) -> Bytes {
    let headers = canned.headers.iter();
    let headers: String = headers
        .flat_map(|(name, value)| [name, ": ", value, "\r\n"])
        .collect();
    let (status, length) = (canned.status, canned.body.len());
    let head = format!(
        "HTTP/1.1 {status} Canned\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&canned.body);
    bytes.into()
}
