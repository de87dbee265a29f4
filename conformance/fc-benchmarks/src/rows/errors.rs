//! Making each error and its message: what a caller pays that sends wrong input or gets a refusal.

use std::fmt::Display;
use std::hint::black_box;

use bytes::Bytes;
use fc_headers::{FunctionName, Header as _, InvocationDuration};
use fc_invoke::InvokeError;
use fc_response::Outcome;
use fc_sign::{AccessKeyId, ProviderError, TokenPlace, fc};
use fc_transport::{TransportError, TransportErrorKind};
use http::{HeaderValue, Response};

use super::response::{self, CLONE};
use crate::requests;
use crate::row::Row;

/// A document of a function's error.
const FUNCTION_ERROR: &[u8] = br#"{"errorMessage":"division by zero","errorType":"ZeroDivisionError","stackTrace":[["File \"/code/index.py\"","line 9","in handler","1 / 0"]]}"#;

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::new("error: a name that cannot be sent", input),
        Row::new("error: a header that cannot be read", header),
        Row::new("error: an invalid key id", key_id),
        Row::new("error: an invalid place of a token", token_place),
        Row::new("error: a request that cannot be signed", sign),
        Row::new("error: a provider without credentials", provider),
        Row::new("error: no complete response", transport),
        Row::new("error: an unexpected status", || of_response(204, b"")).over(CLONE),
        Row::new("error: a failed function", || {
            invoke(response::failed(FUNCTION_ERROR))
        })
        .over(CLONE),
        Row::new("error: a refused invocation", || {
            invoke(response::response(429, response::ERROR))
        })
        .over(CLONE),
    ]
}

/// Makes the message of an error that must be one.
fn show<T, E: Display>(result: Result<T, E>) {
    let error = result.err();
    drop(black_box(error.unwrap().to_string()));
}

fn input() -> impl FnMut() {
    || show(black_box("no spaces").parse::<FunctionName>())
}

fn header() -> impl FnMut() {
    let value = HeaderValue::from_static("fast");
    move || show(InvocationDuration::decode(black_box(&value)))
}

fn key_id() -> impl FnMut() {
    || show(black_box("no spaces").parse::<AccessKeyId>())
}

fn token_place() -> impl FnMut() {
    || show(black_box("body:token").parse::<TokenPlace>())
}

fn sign() -> impl FnMut() {
    let signer = fc::FcSigner::new(&requests::credentials());
    let (mut request, time) = (requests::dated(), requests::time());
    let added = signer.sign(&request, fc::Resource::Api, time).unwrap();
    added.apply(request.headers_mut());
    move || show(signer.sign(black_box(&request), fc::Resource::Api, time))
}

fn provider() -> impl FnMut() {
    || {
        let error = ProviderError::new("the file has no keys").because("line 1: no value");
        show::<(), _>(Err(InvokeError::from(error)));
    }
}

fn transport() -> impl FnMut() {
    || {
        let error = TransportError::new(TransportErrorKind::Interrupted, "the connection was lost");
        show::<(), _>(Err(InvokeError::from(error)));
    }
}

fn of_response(status: u16, body: &'static [u8]) -> impl FnMut() {
    let response = response::response(status, body);
    move || show(Outcome::from_response(black_box(&response).clone()))
}

/// As an application gets it: the outcome, and its error.
fn invoke(response: Response<Bytes>) -> impl FnMut() {
    move || {
        let outcome = Outcome::from_response(black_box(&response).clone()).unwrap();
        show(outcome.into_result().map_err(InvokeError::from));
    }
}
