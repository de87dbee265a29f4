//! A loopback server, and the check of the requests that it received.

use fc_client::Scheme;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_http::origin::{Connection, Origin, Script};
use fcgate_protocol::{self as protocol, SignKind};

use crate::keys;

const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";
/// The requests of a test.
pub(crate) const REQUESTS: usize = 2;

/// What is called, and how it is signed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) scheme: Scheme,
    pub(crate) kind: SignKind,
}

impl Plan {
    /// Both kinds of request, by both schemes.
    pub(crate) const ALL: [Self; 4] = [
        Self::new(Scheme::Fc, SignKind::Api),
        Self::new(Scheme::Acs3, SignKind::Api),
        Self::new(Scheme::Fc, SignKind::HttpTrigger),
        Self::new(Scheme::Acs3, SignKind::HttpTrigger),
    ];

    const fn new(scheme: Scheme, kind: SignKind) -> Self {
        Self { scheme, kind }
    }

    /// The path and the query of the request.
    pub(crate) fn target(self) -> &'static str {
        match self.kind {
            SignKind::HttpTrigger => "/orders/7?size=2&colour=blue",
            _ => "/2021-04-06/services/s/functions/f/invocations?qualifier=prod",
        }
    }
}

pub(crate) fn origin() -> Origin {
    Origin::start(Script::serving(ANSWER)).unwrap()
}

/// Checks that the origin received two requests with this payload, signed with the first and with the second key.
pub(crate) fn verify(origin: &Origin, plan: Plan, payload: &str, client: &str) {
    let connections = origin.connections();
    let requests: Vec<_> = connections.iter().flat_map(Connection::requests).collect();
    assert_eq!(requests.len(), REQUESTS, "{client}, {plan:?}");
    for (number, bytes) in requests.into_iter().enumerate() {
        let request = wire(std::str::from_utf8(bytes).unwrap());
        assert_eq!(
            String::from_utf8_lossy(bytes).split("\r\n\r\n").nth(1),
            Some(payload)
        );
        let scheme = match plan.scheme {
            Scheme::Fc => protocol::Scheme::Fc,
            _ => protocol::Scheme::Acs3,
        };
        let (id, secret) = keys::key(number);
        if scheme == protocol::Scheme::Acs3 && plan.kind == SignKind::HttpTrigger {
            // The recipe of the manual signs less than an API request must.
            let names = "x-acs-date;x-acs-security-token";
            let stages = oracle::acs3_stages(&request, names, secret).unwrap();
            let authorization = request.value("authorization").unwrap();
            assert!(authorization.contains(&format!("={id},SignedHeaders={names},")));
            assert!(authorization.ends_with(&stages.signature.unwrap()));
            continue;
        }
        let key = protocol::Credentials::new(id, secret);
        let verdict = oracle::verify(&request, scheme, plan.kind, &key);
        assert!(verdict.verifies(), "{client}, {plan:?}: {verdict:?}");
    }
}

fn wire(text: &str) -> WireRequest {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let mut words = lines.next().unwrap().split(' ');
    let request = WireRequest::new(words.next().unwrap(), words.next().unwrap());
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    let request = headers.fold(request, |request, (name, value)| {
        request.header(name, value)
    });
    request.body(body.as_bytes())
}
