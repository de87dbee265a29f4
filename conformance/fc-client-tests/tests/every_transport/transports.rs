//! One invocation over each of the three transports.

use std::sync::Arc;
use std::time::Duration;

use fc_invoke::{
    BlockingClient, Client, Endpoint, InvokeError, InvokeFunctionInput, InvokeOptions, RetryPolicy,
    Scheme, Target,
};
use fc_response::Outcome;
use fc_sign::{BlockingCredentialsProvider, Credentials, CredentialsProvider};
use fc_transport::{BlockingTransport, DynTransport, ExchangeLimits};
use fc_transport_hyper::HyperTransport;
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use fc_transport_ureq::{UreqTransport, config};
use fcgate_http::origin::{Origin, Script, Step};
use tokio::runtime::{Builder, Runtime};

pub(crate) const MAX_WAIT: Duration = Duration::from_secs(20);

/// The transports, each with the client of its recommended settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Hyper,
    Reqwest,
    Ureq,
}

impl Backend {
    pub(crate) const ALL: [Self; 3] = [Self::Hyper, Self::Reqwest, Self::Ureq];
}

/// A client of either kind. All settings have the values of the constructors.
pub(crate) enum AnyClient<P> {
    Asynchronous(Runtime, Client<Arc<dyn DynTransport>, P>),
    Blocking(BlockingClient<Arc<dyn BlockingTransport>, P>),
}

impl<P: CredentialsProvider + BlockingCredentialsProvider> AnyClient<P> {
    pub(crate) fn new(
        backend: Backend,
        limits: ExchangeLimits,
        endpoint: Endpoint,
        provider: P,
    ) -> Self {
        // A transport may need a runtime when it is made.
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let transport: Arc<dyn DynTransport> = match backend {
            Backend::Hyper => Arc::new(HyperTransport::http().limits(limits)),
            Backend::Reqwest => {
                let transport = ReqwestTransport::new(client_builder).unwrap();
                Arc::new(transport.limits(limits))
            }
            Backend::Ureq => {
                let agent = config().build().new_agent();
                let transport: Arc<dyn BlockingTransport> =
                    Arc::new(UreqTransport::new(agent).limits(limits));
                let client = BlockingClient::new(transport, endpoint, None::<Scheme>, provider);
                return Self::Blocking(client.retry_policy(hurried()));
            }
        };
        let client = Client::new(transport, endpoint, None::<Scheme>, provider);
        Self::Asynchronous(runtime, client.retry_policy(hurried()))
    }

    pub(crate) fn invoke(
        &self,
        input: &InvokeFunctionInput,
        options: InvokeOptions,
    ) -> Result<Outcome, InvokeError> {
        match self {
            Self::Asynchronous(runtime, client) => {
                runtime.block_on(client.invoke_with(input, options))
            }
            Self::Blocking(client) => client.invoke_with(input, options),
        }
    }

    pub(crate) fn accept_unidentified_responses(self) -> Self {
        match self {
            Self::Asynchronous(runtime, client) => {
                Self::Asynchronous(runtime, client.accept_unidentified_responses())
            }
            Self::Blocking(client) => Self::Blocking(client.accept_unidentified_responses()),
        }
    }
}

/// The default policy without its waits.
fn hurried() -> RetryPolicy {
    RetryPolicy::default().base(Duration::ZERO)
}

pub(crate) fn key() -> Credentials {
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    Credentials::new("FCTESTACCESSKEYID01".parse().unwrap(), secret)
}

pub(crate) fn input() -> InvokeFunctionInput {
    let target = Target::v2023_03_30("fn".parse().unwrap());
    InvokeFunctionInput::builder(target).build().unwrap()
}

/// What each backend returned, and the origin that it called.
pub(crate) struct Exchange {
    pub(crate) backend: Backend,
    pub(crate) result: Result<Outcome, InvokeError>,
    pub(crate) origin: Origin,
}

/// Invokes a function once over each backend, each at an origin of its own.
pub(crate) fn invoke_each(
    script: &Script,
    limits: ExchangeLimits,
    input: &InvokeFunctionInput,
    options: InvokeOptions,
) -> Vec<Exchange> {
    let invoke = |backend| {
        let origin = Origin::start(script.clone()).unwrap();
        let client = AnyClient::new(backend, limits, endpoint(&origin), key());
        let result = client.invoke(input, options);
        Exchange {
            backend,
            result,
            origin,
        }
    };
    Backend::ALL.into_iter().map(invoke).collect()
}

pub(crate) fn endpoint(origin: &Origin) -> Endpoint {
    origin.url("/").parse().unwrap()
}

/// Answers with the first response, and with a success to every later request.
pub(crate) fn then_success(first: &[u8]) -> Script {
    let answer = |response: Vec<u8>| [Step::send(response), Step::Close];
    Script::on_request(answer(first.to_vec())).then(answer(SUCCESS.to_vec()))
}

pub(crate) const SUCCESS: &[u8] =
    b"HTTP/1.1 200 OK\r\nX-Fc-Request-Id: 1-66\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone";

/// A response of the field, which ends with its connection, with the length that every backend needs.
pub(crate) fn with_length(response: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(response);
    let head_end = text.find("\r\n\r\n").unwrap();
    let (head, body) = response.split_at(head_end);
    let length = format!(
        "\r\nContent-Length: {}\r\nConnection: close",
        body.len() - 4
    );
    [head, length.as_bytes(), body].concat()
}
