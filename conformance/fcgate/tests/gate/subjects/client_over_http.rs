//! The third way to attach a subject: our own client over real HTTP, without an adapter.

mod connector;
mod environment;
mod exchange;
mod input;
mod obstacle;
mod outcome;
mod request;
mod session;

use fcgate_cases::corpus::Case;
use fcgate_http::origin::{Connection, Origin, Script, Step};
use fcgate_protocol::{
    BuildInput, BuildOutput, Credentials, Invocation, InvokeInput, InvokeOutput, Outcome,
    ParseInput, ParseOutput, Reply, Scheme, SignInput, SignOutput, TaskInput, TaskOutput,
    TriggerInput, TriggerOutput,
};
use fcgate_runner::{Subject, SubjectError, SubjectReply, SubjectResult};

use self::environment::Fixed;
use self::exchange::{Exchange, Finished};

pub(crate) use self::obstacle::Obstacle;

/// A client as in production, except that its connections go to a loopback server.
///
/// The received request is the output of `build`; the outcome that the client returns is the output of `parse`.
#[derive(Default)]
pub(crate) struct ClientOverHttp {
    /// Signs with this secret instead of the secret of the case.
    secret: Option<&'static str>,
}

impl ClientOverHttp {
    /// A client with a wrong secret.
    pub(crate) fn with_secret(secret: &'static str) -> Self {
        Self {
            secret: Some(secret),
        }
    }

    /// Why a case cannot run with a client over real HTTP, if it cannot.
    pub(crate) fn obstacle(case: &Case) -> Option<Obstacle> {
        obstacle::of(case)
    }

    fn credentials(&self, of_case: &Credentials) -> Credentials {
        let mut credentials = of_case.clone();
        if let Some(secret) = self.secret {
            secret.clone_into(&mut credentials.access_key_secret);
        }
        credentials
    }
}

impl Subject for ClientOverHttp {
    fn sign(&self, _: &SignInput) -> SubjectResult<SignOutput> {
        Ok(SubjectReply::new(Reply::unsupported("sign")))
    }

    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput> {
        let origin = origin(Script::serving(
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        ))?;
        let exchange = Exchange {
            revision: &input.revision,
            scheme: input.scheme,
            endpoint: &input.endpoint,
            credentials: &self.credentials(&input.credentials),
            input: &input.input,
            environment: Some(Fixed::new(&input.time, &input.nonce)),
            retry: None,
            timeout_ms: None,
        };
        let ended = exchange.at(origin.address());
        let arrived = origin.connections();
        let requests: Vec<&[u8]> = arrived.iter().flat_map(Connection::requests).collect();
        Ok(SubjectReply::new(match (ended, requests.as_slice()) {
            (Err(refused), []) => Reply::refused(refused),
            (Ok(ended), [request]) => Reply::Ok(request::output(request, ended.requested.as_ref())),
            (_, requests) => Reply::internal(format!("{} requests arrived", requests.len())),
        }))
    }

    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput> {
        let origin = origin(Script::every([
            Step::ReadRequest,
            Step::send(request::raw_response(input)),
            Step::Close,
        ]))?;
        let mut invocation = Invocation::new("demoFunction");
        invocation.service = Some("demoService".to_owned());
        invocation.invocation_type = Some(input.invocation_type.clone());
        let exchange = Exchange {
            revision: "2021-04-06",
            scheme: Scheme::Fc,
            endpoint: "https://fc.example.com",
            credentials: &Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret01234567"),
            input: &invocation,
            environment: Some(Fixed::new("2022-05-11T09:00:00Z", &"0".repeat(32))),
            retry: None,
            timeout_ms: None,
        };
        let ended = exchange.at(origin.address());
        Ok(SubjectReply::new(outcome(ended).map(ParseOutput::new)))
    }

    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput> {
        let exchange = Exchange {
            revision: &input.revision,
            scheme: input.scheme,
            endpoint: &input.endpoint,
            credentials: &self.credentials(&input.credentials),
            input: &input.input,
            environment: None,
            retry: input.retry,
            timeout_ms: Some(input.timeout_ms),
        };
        let address = input
            .endpoint
            .trim_start_matches("http://")
            .parse()
            .unwrap();
        let ended = exchange.at(address);
        let response = ended
            .as_ref()
            .ok()
            .and_then(|ended| ended.result.as_ref().ok());
        let session = input.input.session.as_deref();
        let session_id = session
            .zip(response)
            .and_then(|(session, response)| session::returned_id(session, response.headers()));
        Ok(SubjectReply::new(outcome(ended).map(|mut outcome| {
            outcome.session_id = session_id;
            InvokeOutput::new(outcome)
        })))
    }

    fn trigger(&self, _: &TriggerInput) -> SubjectResult<TriggerOutput> {
        Ok(SubjectReply::new(Reply::unsupported("trigger")))
    }

    fn task(&self, _: &TaskInput) -> SubjectResult<TaskOutput> {
        Ok(SubjectReply::new(Reply::unsupported("tasks")))
    }

    fn parallel(&self) -> usize {
        usize::MAX
    }
}

fn origin(script: Script) -> Result<Origin, SubjectError> {
    Origin::start(script).map_err(|error| SubjectError::Harness(error.to_string()))
}

fn outcome(ended: Result<Finished, String>) -> Reply<Outcome> {
    ended.map(|ended| outcome::of(ended.result)).into()
}
