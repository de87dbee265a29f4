//! One exchange of the subject with the fake endpoint, again if a busy machine prevented it.

use std::io;
use std::time::Duration;

use fcgate_cases::judge::Arrivals;
use fcgate_http::clock;
use fcgate_protocol::Reply;

use crate::endpoint::{Address, Endpoint};
use crate::first_invocations::{Limit, lost, unplayable};
use crate::subject::{SubjectError, SubjectReply, SubjectResult};

/// The number of attempts. A client on a busy machine may get no processor before a short limit has passed; a client
/// that never sends a request sends none in the last attempt either.
const ATTEMPTS: usize = 3;

/// What one command did: the reply, and the requests that arrived.
pub(super) struct Exchange<T> {
    pub(super) address: Address,
    pub(super) result: SubjectResult<T>,
    pub(super) arrivals: Arrivals,
}

/// Opens the case at the endpoint, sends the command, and closes the case.
///
/// If the limit of the call passed before any request arrived, nothing can be said about the client, and the command
/// is sent again, unless the client is known to complete no invocation. A secret that it wrote is never forgotten.
pub(super) fn exchange<T>(
    endpoint: &Endpoint,
    limit: Limit,
    open: impl Fn() -> io::Result<Address>,
    send: impl Fn(&Address) -> SubjectResult<T>,
    gave_up: impl Fn(&T) -> bool,
) -> Result<Exchange<T>, SubjectError> {
    let mut left = if limit.is_shrunk { 1 } else { ATTEMPTS };
    loop {
        left -= 1;
        let address = open().map_err(|error| unplayable(&error))?;
        let start = clock::now();
        let result = send(&address);
        let limit_passed = start.elapsed() >= Duration::from_millis(limit.ms);
        let gave_up = reports(&result, &gave_up);
        let arrivals = endpoint.close_case(&address, gave_up);
        let failure = if gave_up {
            endpoint.failure_now()
        } else {
            endpoint.failure()
        };
        if let Some(reason) = failure {
            return Err(lost(reason));
        }
        let shows_nothing = gave_up && arrivals.requests.is_empty() && !leaks(&result);
        if left > 0 && limit_passed && shows_nothing {
            continue;
        }
        return Ok(Exchange {
            address,
            result,
            arrivals,
        });
    }
}

/// Whether the reply is an output that `says` so.
fn reports<T>(result: &SubjectResult<T>, says: impl Fn(&T) -> bool) -> bool {
    matches!(result, Ok(SubjectReply { reply: Reply::Ok(output), .. }) if says(output))
}

fn leaks<T>(result: &SubjectResult<T>) -> bool {
    matches!(result, Ok(SubjectReply { leak: Some(_), .. }))
}
