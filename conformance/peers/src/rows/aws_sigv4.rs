//! aws-sigv4: four chained HMACs for the key, and a hash of the canonical request.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use fc_benchmarks::{Row, requests, signature};

pub(super) fn rows() -> [Row; 2] {
    [
        Row::new("aws-sigv4 1.6.4, payload not signed", || signed(false))
            .peer_of(signature::SIGN_FC),
        Row::new("aws-sigv4 1.6.4, payload of 1 KiB", || signed(true))
            .peer_of(signature::SIGN_ACS3),
    ]
}

fn signed(with_payload: bool) -> impl FnMut() {
    let identity =
        Credentials::new(requests::KEY_ID, requests::SECRET, None, None, "benchmark").into();
    let request = requests::dated();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_652_259_600);
    let uri = request.uri().to_string();
    move || {
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region("cn-hangzhou")
            .name("fc")
            .time(time)
            .settings(SigningSettings::default())
            .build()
            .unwrap()
            .into();
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
        let body = if with_payload {
            SignableBody::Bytes(request.body())
        } else {
            SignableBody::UnsignedPayload
        };
        let signable =
            SignableRequest::new(request.method().as_str(), uri.as_str(), headers, body).unwrap();
        drop(black_box(sign(signable, &parameters).unwrap()));
    }
}
