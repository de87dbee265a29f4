//! Many calls over each transport, one of ten with a fault, 8 at a time.
//!
//! `cargo run --release -p fc-client-tests --example soak [CALLS] [TRANSPORT]`; the default is 100,000 calls over each of
//! the three. The run fails if a result is wrong, if a call arrives twice, if more than one answer of a hundred is
//! lost, or if the open descriptors or the memory of this process grow. The server is another process of this program
//! on loopback. It needs Linux, for `/proc/self`.
#![expect(clippy::print_stdout, reason = "the figures are the result")]

mod fault;
mod resources;
mod server;

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use fc_invoke::{
    BlockingClient, Client, Endpoint, InvokeError, InvokeFunctionInput, Scheme, Target,
};
use fc_response::Outcome;
use fc_sign::Credentials;
use fc_transport::{ExchangeLimits, Transport};
use fc_transport_hyper::HyperTransport;
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use fc_transport_ureq::{UreqTransport, config};
use tokio::runtime::{Builder, Runtime};

use self::fault::{BODY_LIMIT, Verdict, check, payload};
use self::resources::Samples;
use self::server::Server;

type Failure = Box<dyn Error + Send + Sync>;

/// Sends one call and waits for its result.
type Invoke = Box<dyn Fn(&InvokeFunctionInput) -> Result<Outcome, InvokeError> + Send + Sync>;

const CALLS: usize = 100_000;
const CONCURRENT: usize = 8;
const TRANSPORTS: [&str; 3] = ["hyper", "reqwest", "ureq"];

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|word| word == server::WORD).is_some() {
        return server::run(arguments.next().ok_or("expected a number")?.parse()?);
    }
    let calls = arguments.next().map_or(Ok(CALLS), |calls| calls.parse())?;
    let only = arguments.next();
    for transport in TRANSPORTS {
        if only.as_deref().is_none_or(|only| only == transport) {
            soak(transport, calls).map_err(|failure| format!("{transport}: {failure}"))?;
        }
    }
    Ok(())
}

fn soak(transport: &str, calls: usize) -> Result<(), Failure> {
    let server = Server::start(calls)?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let send = sender(transport, server.uri(), &runtime)?;
    let (next, lost) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let samples = Samples::default();
    let worker = || -> Result<(), Failure> {
        let function = Target::v2023_03_30("demoFunction".parse()?);
        let input = InvokeFunctionInput::builder(function).build()?;
        loop {
            let call = next.fetch_add(1, Ordering::Relaxed);
            if call >= calls {
                return Ok(());
            }
            let input = input.with_payload(payload(call));
            if check(call, send(&input))? == Verdict::Lost {
                lost.fetch_add(1, Ordering::Relaxed);
            }
            if (call + 1) % (calls / 10).max(1) == 0 {
                samples.take()?;
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..CONCURRENT).map(|_| scope.spawn(worker)).collect();
        let mut ended = workers.into_iter().map(thread::ScopedJoinHandle::join);
        ended.try_for_each(|end| end.map_err(|_| "a thread panicked")?)
    })?;
    let figures = samples.check()?;
    drop(send);
    let (arrived, again) = server.stop()?;
    let lost = lost.into_inner();
    println!(
        "{transport}: {calls} calls, {arrived} arrived, {again} arrived twice, {lost} good answers lost; {figures}"
    );
    if again > 0 || arrived + lost < calls {
        return Err("expected every call to arrive once".into());
    }
    if lost > calls / 100 {
        return Err("expected fewer lost answers".into());
    }
    Ok(())
}

/// The client over a transport, as one function.
fn sender(transport: &str, uri: &str, runtime: &Runtime) -> Result<Invoke, Failure> {
    let limits = ExchangeLimits::default().body(BODY_LIMIT);
    let (endpoint, credentials) = (uri.parse::<Endpoint>()?, credentials()?);
    if transport == "ureq" {
        let agent = config()
            .max_idle_connections(CONCURRENT)
            .max_idle_connections_per_host(CONCURRENT)
            .build()
            .new_agent();
        let transport = UreqTransport::new(agent).limits(limits);
        let client = BlockingClient::new(transport, endpoint, Scheme::Acs3, credentials);
        return Ok(Box::new(move |input| client.invoke(input)));
    }
    let _inside = runtime.enter();
    if transport == "reqwest" {
        let transport = ReqwestTransport::new(client_builder)?.limits(limits);
        return Ok(asynchronous(transport, endpoint, credentials, runtime));
    }
    let transport = HyperTransport::http().limits(limits);
    Ok(asynchronous(transport, endpoint, credentials, runtime))
}

fn asynchronous(
    transport: impl Transport + 'static,
    endpoint: Endpoint,
    credentials: Credentials,
    runtime: &Runtime,
) -> Invoke {
    let client = Client::new(transport, endpoint, Scheme::Acs3, credentials);
    let handle = runtime.handle().clone();
    Box::new(move |input| handle.block_on(client.invoke(input)))
}

fn credentials() -> Result<Credentials, Failure> {
    let (id, secret) = ("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
    Ok(Credentials::new(id.parse()?, secret.parse()?))
}
