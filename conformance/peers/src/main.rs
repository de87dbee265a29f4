//! The rows of other libraries, each next to the row of this project that does the same work in the same process.
//!
//! `fc-peers requests` prints the requests of the rows "sign FC, dated" and "sign ACS3, undated" with their signatures as JSON,
//! for the programs in other languages. The other commands are those of `fc-benchmarks`.

mod rows;

use std::process::ExitCode;

use fc_benchmarks::{requests, signature};
use http::Request;
use http::header::{AUTHORIZATION, HOST};
use serde_json::{Value, json};

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("requests") {
        println!("{}", described());
        return ExitCode::SUCCESS;
    }
    fc_benchmarks::main_of(&rows::all())
}

fn described() -> Value {
    let mut dated = requests::dated();
    let authorization = requests::authorization(&dated, &requests::credentials());
    let authorization = authorization.parse().unwrap();
    dated.headers_mut().insert(AUTHORIZATION, authorization);
    json!([
        of("FC", signature::SIGN_FC, &dated),
        of("ACS3", signature::SIGN_ACS3, &requests::signed_acs3()),
    ])
}

/// A signed request, and the row that signs it.
fn of(scheme: &str, row: &str, request: &Request<Vec<u8>>) -> Value {
    let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
    let headers = request.headers().iter();
    let mut headers: Vec<(String, String)> = headers
        .filter(|(name, _)| *name != AUTHORIZATION)
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    if scheme == "ACS3" {
        let host = request.uri().host().unwrap();
        headers.push((HOST.to_string(), host.to_owned()));
    }
    json!({
        "scheme": scheme,
        "row": row,
        "method": request.method().as_str(),
        "path": request.uri().path(),
        "headers": headers,
        "access_key_id": requests::KEY_ID,
        "access_key_secret": requests::SECRET,
        "authorization": text(&request.headers()[AUTHORIZATION]),
    })
}
