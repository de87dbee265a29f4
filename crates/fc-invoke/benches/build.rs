//! Compares making and signing a request with only the HMAC of the signed bytes.

#![expect(
    clippy::unwrap_used,
    reason = "a bench panics when its request cannot be made"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use fc_headers::{InvocationType, LogType};
use fc_invoke::{Endpoint, InvokeFunctionInput, Scheme, Signer, Target};
use fc_sign::{Credentials, Nonce, Timestamp, fc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

const SECRET: &str = "fcTestAccessKeySecret0123456789";

fn input(payload: usize) -> InvokeFunctionInput {
    let target = Target::new(
        "demoService".parse().unwrap(),
        "demoFunction".parse().unwrap(),
    );
    InvokeFunctionInput::builder(target)
        .invocation_type(InvocationType::Sync)
        .log_type(LogType::Tail)
        .account_id("1234567890123456".parse().unwrap())
        .trace_id("1-5f4dcc3b-0123456789abcdef01234567".parse().unwrap())
        .payload(vec![b'x'; payload])
        .build()
        .unwrap()
}

fn whole_request(c: &mut Criterion) {
    let endpoint = Endpoint::public(
        &"1234567890123456".parse().unwrap(),
        &"cn-hangzhou".parse().unwrap(),
    );
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    let credentials = Credentials::new(id, SECRET.parse().unwrap());
    let signer = Signer::new(Scheme::Fc, &credentials);
    let time: Timestamp = "2022-05-11T09:00:00Z".parse().unwrap();
    let nonce: Nonce = "0123456789abcdef".parse().unwrap();
    let unsigned = input(1024).to_request(&endpoint, Scheme::Fc);
    let explained = fc::FcSigner::new(&credentials).explain(&unsigned, fc::Resource::Api, time);
    let text = explained.unwrap().string_to_sign().to_owned();
    let key = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();

    let mut group = c.benchmark_group("make and sign a request");
    group.bench_function("HMAC only", |b| {
        b.iter(|| {
            key.clone()
                .chain_update(black_box(text.as_bytes()))
                .finalize()
        });
    });
    let target = Target::new(
        "demoService".parse().unwrap(),
        "demoFunction".parse().unwrap(),
    );
    group.bench_function("made from a prepared target and signed", |b| {
        let event = bytes::Bytes::from(vec![b'x'; 1024]);
        b.iter(|| {
            let input = InvokeFunctionInput::builder(black_box(&target).clone())
                .log_type(LogType::Tail)
                .payload(event.clone())
                .build()
                .unwrap();
            let mut request = input.to_request(&endpoint, Scheme::Fc);
            let additions = signer.sign(&request, time, &nonce).unwrap();
            additions.apply(request.headers_mut());
            request
        });
    });
    for payload in [1 << 10, 1 << 20] {
        let input = input(payload);
        group.bench_function(
            format!("made and signed, {payload} bytes of payload"),
            |b| {
                b.iter(|| {
                    let mut request = black_box(&input).to_request(&endpoint, Scheme::Fc);
                    let additions = signer.sign(&request, time, &nonce).unwrap();
                    additions.apply(request.headers_mut());
                    request
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, whole_request);
criterion_main!(benches);
