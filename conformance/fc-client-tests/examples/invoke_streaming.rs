//! A payload that is sent while it is read and a result that is read while it arrives, over hyper-util.
//!
//! It needs no network: a fake endpoint on loopback verifies the signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use fc_invoke::{
    Client, Endpoint, InvokeFunctionInput, Scheme, StreamingPayload, StreamingSuccess, Target,
};
use fc_sign::Credentials;
use fc_transport::ExchangeLimits;
use fc_transport_hyper::HyperTransport;
use fcgate_cases::corpus::CannedAnswer;
use fcgate_protocol as protocol;
use fcgate_runner::endpoint;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};

const LENGTH: u64 = 8 << 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = service()?;

    // The connect limit is 5 s here. For TLS, give `HyperTransport::new` a hyper-util client over the connector of
    // hyper-rustls: `HttpsConnectorBuilder::new().with_webpki_roots().https_only().enable_http1().build()`.
    let limits = ExchangeLimits::default()
        .total(Duration::from_secs(600))
        .idle(Duration::from_secs(30));
    let transport = HyperTransport::http().limits(limits);
    let endpoint: Endpoint = service.uri().parse()?;
    let credentials = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    // The FC scheme does not sign the payload. ACS3 needs its SHA-256 before the request is sent.
    let client = Client::new(transport, endpoint, Scheme::Fc, credentials);

    let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
    let input = InvokeFunctionInput::builder(target).build()?;
    let payload = StreamingPayload::new(Upload {
        reader: tokio::io::repeat(b'x').take(LENGTH),
        left: LENGTH,
    });
    let outcome = client.invoke_streaming(&input, payload).await?;
    let mut result = match outcome.into_result()? {
        StreamingSuccess::Completed(response) => response.into_body(),
        StreamingSuccess::Other(_) => return Err("expected a completed invocation".into()),
    };

    println!("sent: {LENGTH} bytes");
    let (mut received, mut pieces) = (0, 0);
    while let Some(frame) = result.frame().await {
        let data = frame?.into_data().unwrap_or_default();
        received += data.len();
        pieces += 1;
    }
    println!("received: {received} bytes in {pieces} pieces");
    Ok(())
}

/// A reader of known length as a body, for example a file with the length in its metadata.
struct Upload<R> {
    reader: R,
    left: u64,
}

impl<R: AsyncRead + Unpin> Body for Upload<R> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut memory = vec![0; 64 << 10];
        let mut buffer = ReadBuf::new(&mut memory);
        ready!(Pin::new(&mut self.reader).poll_read(context, &mut buffer))?;
        let length = buffer.filled().len();
        self.left = self.left.saturating_sub(length as u64);
        memory.truncate(length);
        let frame = (length > 0).then(|| Ok(Frame::data(memory.into())));
        Poll::Ready(frame)
    }

    /// The value of `Content-Length`.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

const KEY_ID: &str = "FCTESTACCESSKEYID01";
const KEY_SECRET: &str = "fcTestAccessKeySecret0123456789";

/// The fake endpoint.
fn service() -> io::Result<endpoint::Endpoint> {
    let answer = CannedAnswer::new(200, vec![b'y'; 1 << 20])
        .header("X-Fc-Request-Id", "1a2b3c4d-0000-1111-2222-333344445555");
    let credentials = protocol::Credentials::new(KEY_ID, KEY_SECRET);
    let service = endpoint::Endpoint::start()?;
    service.play("demoFunction", protocol::Scheme::Fc, credentials, answer);
    Ok(service)
}
