//! A signed call of an HTTP trigger of Function Compute 3.0, over ureq.
//!
//! It needs no network: a server on loopback stands for the trigger, and the oracle of the gate verifies the signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;

use fc_client::{
    Credentials, Endpoint, TriggerAuth, TriggerClientBuilder, TriggerRequest, TriggerScheme,
};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_http::origin::{Connection, Origin, Script};
use http::Method;

fn main() -> Result<(), Box<dyn Error>> {
    let service = Origin::start(Script::serving(ANSWER))?;

    // In production the address that the console shows, such as `https://demo-abc.cn-hangzhou.fcapp.run`. Other
    // authentications: `TriggerAuth::anonymous()`, `bearer`, `json_web_token`.
    let endpoint: Endpoint = service.url("/").parse()?;
    let key = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    let auth = TriggerAuth::signed(TriggerScheme::Acs3, key);
    let client = TriggerClientBuilder::new(endpoint, auth).ureq()?;

    let request = TriggerRequest::builder(Method::PUT, "/orders/7?notify=true")
        .content_type("application/json".parse()?)
        .body(r#"{"state":"paid"}"#)
        .build()?;
    // A 404 or 500 of the function is its response; an error here is a failure or a refusal that the service sent.
    let response = client.call(&request)?.into_result()?;

    println!("status: {}", response.status());
    println!("body: {}", String::from_utf8_lossy(response.body()));
    println!("the signature verifies: {}", verifies(&service)?);
    Ok(())
}

const KEY_ID: &str = "FCTESTACCESSKEYID01";
const KEY_SECRET: &str = "fcTestAccessKeySecret0123456789";
const ANSWER: &str = "HTTP/1.1 201 Created\r\nX-Fc-Request-Id: 1-65d71219-15d63510-fecf237c590c\r\n\
                      Content-Length: 4\r\n\r\npaid";

/// Whether the request that arrived is signed as the manual demands.
fn verifies(service: &Origin) -> Result<bool, Box<dyn Error>> {
    let connections = service.connections();
    let mut requests = connections.iter().flat_map(Connection::requests);
    let text = str::from_utf8(requests.next().ok_or("expected a request")?)?;
    let (head, body) = text.split_once("\r\n\r\n").ok_or("expected a head")?;
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (words.next(), words.next());
    let request = WireRequest::new(method.unwrap_or_default(), target.unwrap_or_default());
    let headers = lines.filter_map(|line| line.split_once(": "));
    let request = headers
        .fold(request, |request, (name, value)| {
            request.header(name, value)
        })
        .body(body.as_bytes());
    let names = "x-acs-date;x-acs-security-token";
    let stages = oracle::acs3_stages(&request, names, KEY_SECRET);
    let stages = stages.map_err(|reason| format!("{reason:?}"))?;
    let authorization = request.value("authorization").unwrap_or_default();
    let signature = stages.signature.ok_or("expected a signature")?;
    if authorization.ends_with(&signature) {
        return Ok(true);
    }
    Err("the signature does not verify".into())
}
