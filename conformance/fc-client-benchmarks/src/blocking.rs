//! The blocking client, on a thread for each concurrent request.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use cpu_time::ProcessTime;
use fc_invoke::{BlockingClient, Scheme};
use fc_transport_ureq::{UreqTransport, config};

use crate::failure::Failure;
use crate::plan::Plan;
use crate::work::{self, IDLE, TOTAL, WARM_UP, Work};

pub(crate) fn ureq(work: &Work, plan: Plan) -> Result<Duration, Failure> {
    let agent = config()
        .max_idle_connections(plan.concurrent)
        .max_idle_connections_per_host(plan.concurrent)
        .timeout_global(Some(TOTAL))
        .timeout_per_read(Some(IDLE))
        .build()
        .new_agent();
    measured(plan, || {
        let (parts, body) = work.finished.clone().into_parts();
        let request = http::Request::from_parts(parts, &*body);
        let mut response = agent.run(request)?;
        let body = response.body_mut().read_to_vec()?;
        work::check(response.status(), &body, work.payload())
    })
}

pub(crate) fn over_ureq(work: &Work, plan: Plan) -> Result<Duration, Failure> {
    let agent = config()
        .max_idle_connections(plan.concurrent)
        .max_idle_connections_per_host(plan.concurrent)
        .build()
        .new_agent();
    let transport = UreqTransport::new(agent).limits(work::limits());
    let (endpoint, credentials) = (work.endpoint.clone(), work.credentials.clone());
    let client = BlockingClient::new(transport, endpoint, Scheme::Fc, credentials);
    measured(plan, || {
        work::check_outcome(&client.invoke(&work.input)?, work.payload())
    })
}

/// The CPU time of the process while `concurrent` threads send their requests.
fn measured(
    plan: Plan,
    send: impl Fn() -> Result<(), Failure> + Sync,
) -> Result<Duration, Failure> {
    let [warm, go] = [
        Barrier::new(plan.concurrent + 1),
        Barrier::new(plan.concurrent + 1),
    ];
    let task = || {
        let warmed = (0..WARM_UP).try_for_each(|_| send());
        warm.wait();
        go.wait();
        warmed?;
        (0..plan.share()).try_for_each(|_| send())
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..plan.concurrent).map(|_| scope.spawn(task)).collect();
        warm.wait();
        let start = ProcessTime::now();
        go.wait();
        for thread in threads {
            thread.join().map_err(|_| "a thread panicked")??;
        }
        Ok(start.elapsed())
    })
}
