//! The asynchronous clients, on a runtime with one thread and on the runtime of `#[tokio::main]`.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use cpu_time::ProcessTime;
use fc_invoke::{Client, InvokeFunctionInput, Scheme};
use fc_transport::Transport;
use fc_transport_hyper::HyperTransport;
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use http::Request;
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::Builder;

use crate::failure::Failure;
use crate::plan::Plan;
use crate::work::{self, IDLE, TOTAL, WARM_UP, Work};

/// A client and the request that it sends.
trait Sender: Send + Sync + 'static {
    fn send(&self) -> impl Future<Output = Result<(), Failure>> + Send;
}

struct BareHyper {
    client: legacy::Client<HttpConnector, Full<Bytes>>,
    finished: Request<Bytes>,
}

impl Sender for BareHyper {
    async fn send(&self) -> Result<(), Failure> {
        let request = self.finished.clone().map(Full::new);
        let response = self.client.request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        work::check(status, &body, self.finished.body().len())
    }
}

struct BareReqwest {
    client: reqwest::Client,
    finished: reqwest::Request,
    payload: usize,
}

impl Sender for BareReqwest {
    async fn send(&self) -> Result<(), Failure> {
        let request = self.finished.try_clone().ok_or("the body is a stream")?;
        let response = self.client.execute(request).await?;
        let status = response.status();
        work::check(status, &response.bytes().await?, self.payload)
    }
}

struct Ours<T> {
    client: Client<T>,
    input: InvokeFunctionInput,
    payload: usize,
}

impl<T: Transport + 'static> Sender for Ours<T> {
    async fn send(&self) -> Result<(), Failure> {
        work::check_outcome(&self.client.invoke(&self.input).await?, self.payload)
    }
}

pub(crate) fn hyper(work: &Work, plan: Plan) -> Result<Duration, Failure> {
    measured(plan, || {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .retry_canceled_requests(false)
            .build(connector);
        let finished = work.finished.clone();
        Ok(BareHyper { client, finished })
    })
}

pub(crate) fn reqwest(work: &Work, plan: Plan) -> Result<Duration, Failure> {
    measured(plan, || {
        let client = client_builder().timeout(TOTAL).read_timeout(IDLE).build()?;
        let finished = work.finished.clone().try_into()?;
        let payload = work.payload();
        Ok(BareReqwest {
            client,
            finished,
            payload,
        })
    })
}

pub(crate) fn over_hyper(work: &Work, plan: Plan) -> Result<Duration, Failure> {
    measured(plan, || {
        Ok(ours(work, HyperTransport::http().limits(work::limits())))
    })
}

pub(crate) fn over_reqwest(work: &Work, plan: Plan) -> Result<Duration, Failure> {
    measured(plan, || {
        let transport = ReqwestTransport::new(client_builder)?;
        Ok(ours(work, transport.limits(work::limits())))
    })
}

fn ours<T: Transport + 'static>(work: &Work, transport: T) -> Ours<T> {
    let (endpoint, credentials) = (work.endpoint.clone(), work.credentials.clone());
    Ours {
        client: Client::new(transport, endpoint, Scheme::Fc, credentials),
        input: work.input.clone(),
        payload: work.payload(),
    }
}

/// The CPU time of the process while all tasks send their requests.
fn measured<S: Sender>(
    plan: Plan,
    sender: impl FnOnce() -> Result<S, Failure>,
) -> Result<Duration, Failure> {
    let mut builder = if plan.one_thread {
        Builder::new_current_thread()
    } else {
        Builder::new_multi_thread()
    };
    builder.enable_all().build()?.block_on(async {
        let sender = Arc::new(sender()?);
        drive(plan.concurrent, WARM_UP, &sender).await?;
        let start = ProcessTime::now();
        drive(plan.concurrent, plan.share(), &sender).await?;
        Ok(start.elapsed())
    })
}

async fn drive<S: Sender>(tasks: usize, share: usize, sender: &Arc<S>) -> Result<(), Failure> {
    let task = |sender: Arc<S>| async move {
        for _ in 0..share {
            sender.send().await?;
        }
        Ok::<_, Failure>(())
    };
    let tasks: Vec<_> = (0..tasks)
        .map(|_| tokio::spawn(task(Arc::clone(sender))))
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(())
}
