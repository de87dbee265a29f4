//! Runs the cells of the matrix in parallel.

use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use fcgate_http::origin::{DeadPort, Origin, Script, Step};
use http::Request;

use super::cell::{CallResult, Cell, Observation};
use super::fault::{Fault, Play, faults};
use super::phase::Phase;
use super::stopwatch::Stopwatch;
use crate::backends::Subject;

/// The number of parallel exchanges.
const WIDTH: usize = 16;
/// A call that takes longer counts as hanging.
const HANG: Duration = Duration::from_secs(15);
const PATH: &str = "/2021-04-06/services/s/functions/f/invocations";

/// Runs every cell with one adapter and returns them in the order of the table.
pub(crate) fn run<S: Subject>() -> Vec<Cell> {
    let faults = faults();
    let work: Vec<(usize, &Fault, Phase)> = faults
        .iter()
        .flat_map(|fault| Phase::ALL.map(|phase| (fault, phase)))
        .enumerate()
        .map(|(index, (fault, phase))| (index, fault, phase))
        .collect();
    let queue = Mutex::new(work.into_iter());
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..WIDTH {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some((index, fault, phase)) = next else {
                        break;
                    };
                    let cell = Cell::new::<S>(fault, phase, &play::<S>(fault, phase));
                    done.lock().unwrap().push((index, cell));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, cell)| cell).collect()
}

fn play<S: Subject>(fault: &Fault, phase: Phase) -> Observation {
    let limits = fault.limits;
    let Some(target) = Target::of(&(fault.play)(phase), phase) else {
        return Observation::not_applicable();
    };
    let request = Request::post(target.url())
        .body(Bytes::from(vec![b'p'; fault.payload]))
        .unwrap();
    let (send, receive) = channel();
    thread::spawn(move || {
        let subject = S::new(limits);
        let watch = Stopwatch::start();
        let result = subject.send(request);
        let _ = send.send((result, watch.elapsed()));
    });
    match receive.recv_timeout(HANG) {
        Ok((result, elapsed)) => {
            let came = CallResult::of(&result);
            let limit = match (limits.idle, phase) {
                (Some(idle), Phase::Body) => Some(idle),
                _ => limits.total,
            };
            let overrun = elapsed.saturating_sub(limit.unwrap_or(elapsed));
            let observation = Observation::new(came, overrun, target.invocations());
            observation.error(result.as_ref().err())
        }
        Err(RecvTimeoutError::Timeout) => {
            Observation::new(CallResult::Hang, HANG, target.invocations())
        }
        Err(RecvTimeoutError::Disconnected) => {
            Observation::new(CallResult::Panic, Duration::ZERO, target.invocations())
        }
    }
}

enum Target {
    Origin(Origin),
    Port(DeadPort),
}

impl Target {
    /// `None` if the fault cannot occur in this phase.
    fn of(play: &Play, phase: Phase) -> Option<Self> {
        let mut steps = phase.steps();
        match play {
            Play::Refuse if phase != Phase::Accept => return None,
            Play::Refuse => return Some(Self::Port(DeadPort::refusing().unwrap())),
            Play::Steps(then) => steps.extend(then.iter().cloned()),
            Play::Rest(response, then) => {
                let rest = response.strip_prefix(phase.sent())?.to_owned();
                steps.push(Step::send(rest));
                steps.extend(then.iter().cloned());
            }
        }
        // A second invocation would be counted and answered.
        let second = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond";
        let script = Script::every(steps).then([Step::ReadRequest, Step::send(second)]);
        Some(Self::Origin(Origin::start(script).unwrap()))
    }

    fn url(&self) -> String {
        match self {
            Self::Origin(origin) => origin.url(PATH),
            Self::Port(port) => port.url(PATH),
        }
    }

    fn invocations(&self) -> usize {
        match self {
            Self::Origin(origin) => origin.invocations(),
            Self::Port(_) => 0,
        }
    }
}
