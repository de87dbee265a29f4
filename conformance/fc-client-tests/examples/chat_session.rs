//! A conversation with session affinity: every message reaches the instance that answered the first one, over hyper-util.
//!
//! It needs no network: `fcgate serve` plays a function with sessions on loopback and verifies every signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;

use fc_invoke::{Client, Endpoint, InvokeFunctionInput, Scheme, Session, Target};
use fc_local::{Options, Server};
use fc_sign::Credentials;
use fc_transport_hyper::HyperTransport;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = Server::start(([127, 0, 0, 1], 0).into(), Options::new(), |_| ())?;

    // In production: `Endpoint::regional_v3(&Region::CN_HANGZHOU)`.
    let endpoint: Endpoint = service.url().parse()?;
    let credentials = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    let client = Client::new(HyperTransport::http(), endpoint, Scheme::Acs3, credentials);

    // The session affinity of the function is HEADER_FIELD, with this name. For GENERATED_COOKIE: `Session::cookie()`.
    let mut session = Session::header_field("X-Affinity-Session".parse()?);
    let target = Target::v2023_03_30("session-header".parse()?);
    let chat = InvokeFunctionInput::builder(target).build()?;
    for message in ["hello", "what did I say before?"] {
        let input = chat.with_session(&session)?.with_payload(message);
        let success = client.invoke(&input).await?.into_result()?;
        // After the first message, a changed id means another instance, which remembers nothing.
        let is_new = session.update(success.headers())?;
        let answer = String::from_utf8_lossy(success.payload());
        println!("{message} -> {answer} (new session: {is_new})");
    }
    Ok(())
}

const KEY_ID: &str = "LTAI5dummyAccessKeyId";
const KEY_SECRET: &str = "dummySecretForLoopbackOnly";
