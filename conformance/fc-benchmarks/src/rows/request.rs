//! Building and signing a request.

use std::hint::black_box;

use bytes::Bytes;
use fc_headers::{InvocationType, LogType};
use fc_invoke::{Endpoint, InvokeFunctionInput, Scheme, Signer, Target};
use fc_sign::{Nonce, Timestamp};

use super::signature::HMAC;
use crate::requests;
use crate::row::Row;

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::new("build and sign, from strings", from_strings).over(HMAC),
        Row::new("build and sign, kept target", kept_target).over(HMAC),
        Row::new("build and sign, kept input", || {
            kept_input(vec![b'x'; 1 << 10].into())
        })
        .over(HMAC),
        Row::new("build and sign, kept input, 1 MiB", || {
            kept_input(vec![b'x'; 1 << 20].into())
        })
        .over(HMAC),
    ]
}

/// What a client keeps between two calls.
struct Kept {
    endpoint: Endpoint,
    signer: Signer,
    time: Timestamp,
    nonce: Nonce,
}

impl Kept {
    fn new() -> Self {
        Self {
            endpoint: Endpoint::public(
                &"1234567890123456".parse().unwrap(),
                &"cn-hangzhou".parse().unwrap(),
            ),
            signer: Signer::new(Scheme::Fc, &requests::credentials()),
            time: requests::time(),
            nonce: requests::nonce(),
        }
    }

    fn sign(&self, input: &InvokeFunctionInput) {
        let mut request = input.to_request(&self.endpoint, Scheme::Fc);
        let added = self.signer.sign(&request, self.time, &self.nonce);
        added.unwrap().apply(request.headers_mut());
        black_box(request);
    }
}

fn input(target: Target, payload: Bytes) -> InvokeFunctionInput {
    InvokeFunctionInput::builder(target)
        .invocation_type(InvocationType::Sync)
        .log_type(LogType::Tail)
        .account_id(black_box("1234567890123456").parse().unwrap())
        .trace_id(
            black_box("1-5f4dcc3b-0123456789abcdef01234567")
                .parse()
                .unwrap(),
        )
        .payload(payload)
        .build()
        .unwrap()
}

fn target() -> Target {
    Target::new(
        black_box("demoService").parse().unwrap(),
        black_box("demoFunction").parse().unwrap(),
    )
}

fn from_strings() -> impl FnMut() {
    let (kept, payload) = (Kept::new(), Bytes::from(vec![b'x'; 1024]));
    move || kept.sign(&input(target(), payload.clone()))
}

fn kept_target() -> impl FnMut() {
    let (kept, payload, target) = (Kept::new(), Bytes::from(vec![b'x'; 1024]), target());
    move || kept.sign(&input(black_box(&target).clone(), payload.clone()))
}

pub(super) fn kept_input(payload: Bytes) -> impl FnMut() {
    let (kept, input) = (Kept::new(), input(target(), payload));
    move || kept.sign(black_box(&input))
}
