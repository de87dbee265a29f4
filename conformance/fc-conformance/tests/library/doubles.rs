//! Implementations for tests: one that passes the small corpus, and changes that make it fail.

use fcgate_cases::Claims;
use fcgate_cases::judge::CaseResult;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_http::clock::timestamp;
use fcgate_protocol::Implementation;
use fcgate_protocol::{
    BuildInput, BuildOutput, Capabilities, Credentials, HeaderList, Hello, InvokeInput,
    InvokeOutput, Outcome, OutcomeKind, ParseInput, ParseOutput, Reply, SignInput, SignKind,
    SignOutput,
};
use fcgate_runner::{InProcess, Plan, run};

use crate::exchange::exchange;
use crate::small_corpus::small_corpus;

const DATE: &str = "Wed, 11 May 2022 09:00:00 GMT";

/// The mistakes of a double, by operation; none by default.
#[derive(Default)]
pub(crate) struct Double {
    pub(crate) hello: Option<Hello>,
    pub(crate) sign: Option<fn(&SignInput, SignOutput) -> Reply<SignOutput>>,
    pub(crate) build: Option<fn(BuildOutput) -> Reply<BuildOutput>>,
    pub(crate) parse: Option<fn(ParseOutput) -> Reply<ParseOutput>>,
    /// The number of requests of an invocation, if not one.
    pub(crate) sends: Option<usize>,
    /// Makes an invocation sign with a wrong secret.
    pub(crate) wrong_secret: bool,
}

/// Declares every capability and two revisions.
pub(crate) fn hello() -> Hello {
    let mut hello = Hello::new("double", "1.0.0", "rust")
        .revision("2016-08-15")
        .revision("2021-04-06");
    hello.caps = Capabilities::all();
    hello
}

/// A correct double that declares only these capabilities.
pub(crate) fn claiming(capabilities: &[&str]) -> Double {
    let mut hello = hello();
    hello.caps = capabilities.iter().copied().collect();
    Double {
        hello: Some(hello),
        ..Double::default()
    }
}

/// Runs every case of the small corpus against a double.
pub(crate) fn results(double: &Double) -> Vec<CaseResult> {
    results_of(double, &|_| true)
}

/// Runs a part of the small corpus against a double.
pub(crate) fn results_of(double: &Double, selected: &dyn Fn(&str) -> bool) -> Vec<CaseResult> {
    let claims = Claims::of(&double.hello());
    let subject = InProcess::new(double);
    run(&small_corpus(), &subject, &claims, &Plan::new(), &|case| {
        selected(&case.id)
    })
    .results
}

impl Implementation for Double {
    fn hello(&self) -> Hello {
        self.hello.clone().unwrap_or_else(hello)
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        if input.headers.iter().any(|(_, value)| value.contains('\n')) {
            return Reply::refused("forbidden-byte: LF");
        }
        let target = input
            .url
            .splitn(4, '/')
            .nth(3)
            .map(|rest| format!("/{rest}"))
            .unwrap();
        let request = WireRequest::new(&input.method, target).headers(&input.headers);
        let output = signed(&request, &input.credentials);
        match self.sign {
            Some(spoil) => spoil(input, output),
            None => Reply::Ok(output),
        }
    }

    fn build(&self, input: &BuildInput) -> Reply<BuildOutput> {
        let (path, headers, body) = built(
            input.input.service.as_deref(),
            &input.input.function,
            &input.credentials,
            input.input.payload.clone(),
            DATE,
        );
        let url = format!("{}{path}", input.endpoint);
        let output = BuildOutput::new("POST", url, headers, body);
        match self.build {
            Some(spoil) => spoil(output),
            None => Reply::Ok(output),
        }
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        let output = ParseOutput::new(outcome(input.status, &input.headers, &input.body));
        match self.parse {
            Some(spoil) => spoil(output),
            None => Reply::Ok(output),
        }
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        let mut credentials = input.credentials.clone();
        if self.wrong_secret {
            credentials.access_key_secret.push('x');
        }
        let payload = input.input.payload.clone();
        let (path, headers, body) = built(
            input.input.service.as_deref(),
            &input.input.function,
            &credentials,
            payload,
            &timestamp()
                .strftime("%a, %d %b %Y %H:%M:%S GMT")
                .to_string(),
        );
        let mut answer = None;
        for _ in 0..self.sends.unwrap_or(1) {
            answer = Some(exchange(&input.endpoint, &path, &headers, &body));
        }
        match answer {
            Some((status, headers, body)) => {
                Reply::Ok(InvokeOutput::new(outcome(status, &headers, &body)))
            }
            None => Reply::Ok(InvokeOutput::new(Outcome::new(OutcomeKind::TransportError))),
        }
    }
}

fn signed(request: &WireRequest, credentials: &Credentials) -> SignOutput {
    let stages = oracle::fc_stages(request, SignKind::Api, &credentials.access_key_secret);
    let signature = stages.signature.clone().unwrap();
    let authorization = format!("FC {}:{signature}", credentials.access_key_id);
    SignOutput::new([("Authorization", authorization)].into()).stages(stages)
}

fn built(
    service: Option<&str>,
    function: &str,
    credentials: &Credentials,
    payload: Option<Vec<u8>>,
    date: &str,
) -> (String, HeaderList, Vec<u8>) {
    let service = service.unwrap_or_default();
    let path = format!("/2021-04-06/services/{service}/functions/{function}/invocations");
    let mut headers = HeaderList::from([("Date", date)]);
    let request = WireRequest::new("POST", &path).headers(&headers);
    headers.extend(signed(&request, credentials).headers);
    (path, headers, payload.unwrap_or_default())
}

fn outcome(status: u16, headers: &HeaderList, body: &[u8]) -> Outcome {
    let header = |name: &str| {
        headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
    };
    let completed = status == 200;
    let kind = if completed {
        OutcomeKind::Completed
    } else {
        OutcomeKind::ServiceError
    };
    let mut outcome = Outcome::new(kind);
    outcome.status = Some(status);
    outcome.payload = completed.then(|| body.to_vec());
    outcome.request_id = header("x-fc-request-id");
    outcome.duration_ms = header("x-fc-invocation-duration").and_then(|text| text.parse().ok());
    outcome
}
