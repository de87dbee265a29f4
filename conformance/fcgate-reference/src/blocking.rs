//! Waits for an HTTP exchange.

use std::time::Duration;

use super::wire::Refused;
use fcgate_protocol::Reply;

/// Runs an exchange and blocks until it ends; after the time limit the reply is `late`.
pub(super) fn within<T>(
    limit_ms: u64,
    exchange: impl Future<Output = Result<T, Refused>>,
    late: impl FnOnce() -> T,
) -> Reply<T> {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return Reply::internal(error.to_string()),
    };
    let limit = Duration::from_millis(limit_ms);
    // The client is created inside the runtime, so its connections end with the runtime.
    match runtime.block_on(async { tokio::time::timeout(limit, exchange).await }) {
        Ok(Ok(output)) => Reply::Ok(output),
        Ok(Err(refused)) => Reply::refused(refused.to_string()),
        Err(_) => Reply::Ok(late()),
    }
}
