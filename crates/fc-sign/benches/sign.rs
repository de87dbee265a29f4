//! Signing, compared with only hashing the same bytes. Read the ratios, not the times.

#![expect(
    clippy::unwrap_used,
    reason = "the requests of the benchmark are valid"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use fc_sign::{Credentials, Nonce, Timestamp, acs3, fc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderName, Request};
use sha2::{Digest as _, Sha256};

const SECRET: &str = "fcTestAccessKeySecret0123456789";
const PATH: &str = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com\
    /2021-04-06/services/demoService/functions/demoFunction/invocations";

fn credentials() -> Credentials {
    Credentials::new(
        "FCTESTACCESSKEYID01".parse().unwrap(),
        SECRET.parse().unwrap(),
    )
}

fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

/// A typical invocation: a string to sign of 248 bytes and a body of 1 KiB.
fn typical() -> Request<Vec<u8>> {
    Request::post(PATH)
        .header("content-type", "application/octet-stream")
        .header("date", "Wed, 11 May 2022 09:00:00 GMT")
        .header("x-fc-account-id", "1234567890123456")
        .header("x-fc-invocation-type", "Sync")
        .header("x-fc-log-type", "Tail")
        .header("x-fc-trace-id", "1-5f4dcc3b-0123456789abcdef01234567")
        .body(vec![b'x'; 1024])
        .unwrap()
}

/// The same with 20 more headers of 240 bytes.
fn large() -> Request<Vec<u8>> {
    let mut request = typical();
    for number in 0..20 {
        let name: HeaderName = format!("x-fc-meta-{number:02}").parse().unwrap();
        request
            .headers_mut()
            .insert(name, "m".repeat(240).parse().unwrap());
    }
    request
}

fn fc_scheme(c: &mut Criterion) {
    let time = time();
    let signer = fc::FcSigner::new(&credentials());
    let key = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    for (name, request) in [("typical", typical()), ("5 KiB of headers", large())] {
        let explained = signer.explain(&request, fc::Resource::Api, time).unwrap();
        let text = explained.string_to_sign().as_bytes();
        let mut group = c.benchmark_group(format!("fc, {name}, {} bytes", text.len()));
        group.bench_function("HMAC only", |b| {
            b.iter(|| key.clone().chain_update(black_box(text)).finalize());
        });
        group.bench_function("sign", |b| {
            b.iter(|| signer.sign(black_box(&request), fc::Resource::Api, time));
        });
        group.bench_function("explain", |b| {
            b.iter(|| signer.explain(black_box(&request), fc::Resource::Api, time));
        });
        group.finish();
    }
}

fn acs3_scheme(c: &mut Criterion) {
    let time = time();
    let signer = acs3::Acs3Signer::new(&credentials());
    let nonce: Nonce = "0123456789abcdef0123456789abcdef".parse().unwrap();
    let key = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let mut request = typical();
    request.headers_mut().remove("date");
    let explained = signer.explain(&request, time, &nonce).unwrap();
    let canonical = explained.canonical_request().as_bytes();
    let mut group = c.benchmark_group(format!("acs3, typical, {} bytes", canonical.len()));
    group.bench_function("hashes and HMAC only", |b| {
        b.iter(|| {
            let body = Sha256::digest(black_box(request.body()));
            let canonical = Sha256::digest(black_box(canonical));
            let mac = key
                .clone()
                .chain_update(b"ACS3-HMAC-SHA256\n0123456789abcdef0123456789abcdef");
            (body, mac.chain_update(canonical).finalize())
        });
    });
    group.bench_function("sign", |b| {
        b.iter(|| signer.sign(black_box(&request), time, &nonce));
    });
    group.bench_function("explain", |b| {
        b.iter(|| signer.explain(black_box(&request), time, &nonce));
    });
    group.finish();
}

fn payloads(c: &mut Criterion) {
    let time = time();
    let signer = fc::FcSigner::new(&credentials());
    let mut group = c.benchmark_group("fc, time is independent of the body size");
    for len in [1 << 10, 1 << 20] {
        let request = typical().map(|_| vec![b'x'; len]);
        group.bench_function(format!("{len} bytes"), |b| {
            b.iter(|| signer.sign(black_box(&request), fc::Resource::Api, time));
        });
    }
    group.finish();
}

criterion_group!(benches, fc_scheme, acs3_scheme, payloads);
criterion_main!(benches);
