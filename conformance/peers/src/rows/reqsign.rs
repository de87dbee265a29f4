//! reqsign's signer for the object storage of the same vendor, whose version 2 is the nearest relative of `FC`.
//!
//! It signs headers that start with `x-oss-`, so the request has these instead of `x-fc-`.

use std::hint::black_box;

use fc_benchmarks::{Row, requests, signature};
use http::{HeaderName, request};
use reqsign_aliyun_oss::{Credential, RequestSigner, SigningVersion};
use reqsign_core::{Context, SignRequest as _};

pub(super) fn rows() -> [Row; 3] {
    [
        ("1", SigningVersion::V1),
        ("2", SigningVersion::V2),
        ("4", SigningVersion::V4),
    ]
    .map(|(word, version)| {
        let name = format!("reqsign-aliyun-oss 3.2.0, version {word}");
        Row::new(name, move || signed(version)).peer_of(signature::SIGN_FC)
    })
}

/// It replaces the signature that the request has from the call before.
fn signed(version: SigningVersion) -> impl FnMut() {
    let signer = RequestSigner::new("demo")
        .with_region("cn-hangzhou")
        .with_signing_version(version);
    let credential = Credential {
        access_key_id: requests::KEY_ID.to_owned(),
        access_key_secret: requests::SECRET.to_owned(),
        security_token: None,
        expires_in: None,
    };
    let context = Context::new();
    let mut parts = parts();
    move || {
        let signed = signer.sign_request(&context, &mut parts, Some(&credential), None);
        futures_executor::block_on(signed).unwrap();
        black_box(&parts);
    }
}

fn parts() -> request::Parts {
    let (mut parts, _) = requests::dated().into_parts();
    let renamed = |(name, value): (Option<HeaderName>, _)| {
        let name = name.unwrap().as_str().replace("x-fc-", "x-oss-");
        (name.parse::<HeaderName>().unwrap(), value)
    };
    parts.headers = std::mem::take(&mut parts.headers)
        .into_iter()
        .map(renamed)
        .collect();
    parts
}
