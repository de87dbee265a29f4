//! A request to `fcgate serve`, with its client, on a connection that stays open.

use std::net::SocketAddr;

use fc_benchmarks::{Row, requests};
use fc_local::{Clock, Options, Server};
use http::Request;

use crate::exchange::{Connection, plain_server, wire};

const PLAIN: &str = "an exchange with a plain server, 1 KiB";
/// The date of the request.
const TIME: &str = "2022-05-11T09:00:00Z";
/// The function of `serve` that returns its payload.
const FUNCTION: &str = "echo";

pub(super) fn rows() -> [Row; 2] {
    [
        Row::new(PLAIN, || client(plain_server(), &[])),
        Row::new("a signed request to serve, 1 KiB", serve).over(PLAIN),
    ]
}

fn serve() -> impl FnMut() {
    let mut options = Options::new();
    // The server accepts the date of the request.
    options.clock = Clock::new(|| TIME.parse().unwrap());
    let server = Server::start(([127, 0, 0, 1], 0).into(), options, |_| ()).unwrap();
    let mut work = client(server.address(), &keys_of(&server));
    move || {
        let _ = &server;
        work();
    }
}

/// The id and the secret that the server's text names.
fn keys_of(server: &Server) -> Vec<String> {
    let text = server.introduction();
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
        line.unwrap().trim().to_owned()
    };
    vec![value("access key id"), value("secret")]
}

fn client(address: SocketAddr, keys: &[String]) -> impl FnMut() + use<> {
    let mut connection = Connection::open(address);
    let request = wire(&request(keys), &address.to_string());
    move || connection.exchange(&request)
}

/// The request of the benchmarks, signed with the keys of the server.
fn request(keys: &[String]) -> Request<Vec<u8>> {
    let mut request = requests::dated();
    let path = request.uri().path().replace("demoFunction", FUNCTION);
    *request.uri_mut() = path.parse().unwrap();
    if let [id, secret] = keys {
        let keys = requests::credentials_of(id, secret);
        let signature = requests::authorization(&request, &keys).parse().unwrap();
        request.headers_mut().insert("authorization", signature);
    }
    request
}
