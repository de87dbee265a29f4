//! Connects the SDK with the endpoint of a case: the proxy of its HTTP client.
//!
//! It does what every proxy does with a request: it removes the scheme and the host from the target. Everything else, and the
//! end and the reset of a connection, is passed on as it is.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::request::Request;

/// Serves connections until it is dropped. The first one uses a connection that exists.
pub(crate) async fn run(listener: TcpListener, endpoint: String, first: TcpStream) {
    let mut connections = JoinSet::new();
    let mut first = Some(first);
    while let Ok((client, _)) = listener.accept().await {
        connections.spawn(connect(client, endpoint.clone(), first.take()));
    }
}

async fn connect(
    mut client: TcpStream,
    endpoint: String,
    first: Option<TcpStream>,
) -> io::Result<()> {
    let mut target = match first {
        Some(target) => target,
        None => TcpStream::connect(endpoint).await?,
    };
    client.set_nodelay(true)?;
    target.set_nodelay(true)?;
    let was_reset = {
        let (from_client, to_client) = client.split();
        let (from_target, to_target) = target.split();
        let mut requests = Box::pin(pass_requests(from_client, to_target));
        tokio::select! {
            _ = &mut requests => false,
            ended = pass_responses(from_target, to_client) => {
                if ended.is_ok() {
                    // The client closes the connection when it has read the end.
                    let _ = requests.await;
                }
                ended.is_err()
            }
        }
    };
    if was_reset {
        client.set_zero_linger()?;
    }
    Ok(())
}

async fn pass_requests(from: ReadHalf<'_>, mut to: WriteHalf<'_>) -> io::Result<()> {
    let mut from = BufReader::new(from);
    loop {
        to.write_all(&Request::read(&mut from).await?.bytes).await?;
    }
}

/// Passes bytes until the end of the connection; a reset is an error.
async fn pass_responses(mut from: ReadHalf<'_>, mut to: WriteHalf<'_>) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = from.read(&mut buffer).await?;
        if count == 0 {
            return to.shutdown().await;
        }
        to.write_all(buffer.get(..count).unwrap_or_default())
            .await?;
    }
}
