//! Reading a response, compared with the minimum work. Read the ratios within a group.
#![expect(clippy::unwrap_used, reason = "the values of the benchmark are valid")]

use std::hint::black_box;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use fc_headers::{
    CodeChecksum, ErrorType, Header, InstanceId, InvocationDuration, InvocationServiceVersion,
    LogResult, LogTail, MaxMemoryUsage, RequestId,
};
use fc_response::{Metadata, Outcome};
use http::{HeaderMap, HeaderName, Response};

const NAMES: [HeaderName; 8] = [
    RequestId::NAME,
    ErrorType::NAME,
    LogResult::NAME,
    CodeChecksum::NAME,
    InvocationDuration::NAME,
    MaxMemoryUsage::NAME,
    InvocationServiceVersion::NAME,
    InstanceId::NAME,
];

/// The headers of a captured success, in its order.
fn headers() -> HeaderMap {
    let log = LogTail::from(vec![b'l'; 212]).to_base64();
    let pairs = [
        (
            "access-control-expose-headers",
            "Date,x-fc-request-id,x-fc-error-type",
        ),
        ("content-length", "5"),
        ("content-type", "application/octet-stream"),
        ("x-fc-code-checksum", "14901253298633711047"),
        ("x-fc-instance-id", "c-658af93f-189b68fc-1076dfe07057"),
        ("x-fc-invocation-duration", "58"),
        ("x-fc-invocation-service-version", "LATEST"),
        ("x-fc-log-result", &log),
        ("x-fc-max-memory-usage", "35.21"),
        ("x-fc-request-id", "1-65a24fa0-0b44b15d-431a6b32cc8c"),
        ("date", "Wed, 11 May 2022 09:00:00 GMT"),
    ];
    let mut headers = HeaderMap::with_capacity(pairs.len());
    for (name, value) in pairs {
        headers.insert(HeaderName::from_static(name), value.parse().unwrap());
    }
    headers
}

fn metadata(criterion: &mut Criterion) {
    let headers = headers();
    let mut group = criterion.benchmark_group("metadata");
    group.bench_function("eight header lookups", |bencher| {
        bencher.iter(|| {
            for name in &NAMES {
                black_box(black_box(&headers).get(name));
            }
        });
    });
    group.bench_function("new", |bencher| {
        bencher.iter(|| black_box(Metadata::new(black_box(&headers))));
    });
    group.bench_function("new, two numbers decoded", |bencher| {
        bencher.iter(|| {
            let metadata = Metadata::new(black_box(&headers));
            black_box((
                metadata.duration().unwrap(),
                metadata.max_memory_usage().unwrap(),
            ));
            black_box(metadata);
        });
    });
    group.bench_function("new, everything decoded", |bencher| {
        bencher.iter(|| {
            let metadata = Metadata::new(black_box(&headers));
            black_box((
                metadata.request_id(),
                metadata.instance_id(),
                metadata.error_type(),
            ));
            black_box((metadata.service_version(), metadata.log_result().unwrap()));
            black_box((
                metadata.duration().unwrap(),
                metadata.max_memory_usage().unwrap(),
            ));
            black_box(metadata.code_checksum().unwrap());
        });
    });
    group.finish();
}

fn log(criterion: &mut Criterion) {
    let text = LogTail::from(vec![b'l'; 4096]).to_base64();
    let result = LogResult::try_from(text.as_str()).unwrap();
    let mut group = criterion.benchmark_group("log of 4 KiB");
    group.bench_function("base64 STANDARD", |bencher| {
        bencher.iter(|| STANDARD.decode(black_box(&text)).unwrap());
    });
    group.bench_function("decode_tail", |bencher| {
        bencher.iter(|| black_box(result).decode_tail().unwrap());
    });
    group.finish();
}

fn outcome(criterion: &mut Criterion) {
    let response = |status: u16, body: &'static [u8]| {
        let mut response = Response::new(Bytes::from_static(body));
        *response.status_mut() = status.try_into().unwrap();
        *response.headers_mut() = headers();
        response
    };
    let error_body =
        br#"{"ErrorCode":"ResourceExhausted","ErrorMessage":"your concurrency has exceeded"}"#;
    let mut group = criterion.benchmark_group("outcome");
    for (name, response) in [
        ("completed", response(200, b"hello")),
        ("service error", response(429, error_body)),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || response.clone(),
                |response| Outcome::from_response(response).unwrap(),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, metadata, log, outcome);
criterion_main!(benches);
