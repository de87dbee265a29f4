//! Signing allocates only the header values that it returns.
//!
//! Without the harness of libtest, whose own thread may allocate at the same time.

#![expect(
    clippy::unwrap_used,
    reason = "a request that cannot be signed is a failed test"
)]

use fc_sign::{Credentials, Nonce, Timestamp, acs3, fc};
use http::{HeaderName, Request};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

fn request() -> Request<Vec<u8>> {
    Request::post(
        "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com\
         /2021-04-06/services/demoService/functions/demoFunction/invocations?qualifier=prod",
    )
    .header("content-type", "application/octet-stream")
    .header("x-fc-account-id", "1234567890123456")
    .header("x-fc-invocation-type", "Sync")
    .header("x-fc-log-type", "Tail")
    .body(vec![b'x'; 1024])
    .unwrap()
}

fn allocations(work: impl Fn()) -> u64 {
    work();
    let before = dhat::HeapStats::get().total_blocks;
    work();
    dhat::HeapStats::get().total_blocks - before
}

/// One test, because the profiler counts the allocations of the whole process.
fn main() {
    let _profiler = dhat::Profiler::builder().testing().build();
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    let token = "CAISdummySTS+token/with==chars".parse().unwrap();
    let credentials = Credentials::temporary(id, secret, token);
    let time: Timestamp = "2022-05-11T09:00:00Z".parse().unwrap();
    let nonce: Nonce = "0123456789abcdef".parse().unwrap();
    let fc = fc::FcSigner::new(&credentials);
    let acs3 = acs3::Acs3Signer::new(&credentials);

    let undated = request();
    let mut dated = request();
    dated
        .headers_mut()
        .insert("date", "Wed, 11 May 2022 09:00:00 GMT".parse().unwrap());
    let mut large = dated.clone();
    for number in 0..19 {
        let name: HeaderName = format!("x-fc-meta-{number}").parse().unwrap();
        large
            .headers_mut()
            .insert(name, "m".repeat(240).parse().unwrap());
    }
    let sign_fc = |request: &Request<Vec<u8>>| {
        drop(fc.sign(request, fc::Resource::Api, time).unwrap());
    };

    // Authorization, and the date with it; the value of the token is shared.
    assert_eq!(allocations(|| sign_fc(&dated)), 1);
    assert_eq!(allocations(|| sign_fc(&large)), 1);
    assert_eq!(allocations(|| sign_fc(&undated)), 1);
    // Authorization, date and hash; nonce and token are shared.
    let sign_acs3 = || drop(acs3.sign(&undated, time, &nonce).unwrap());
    assert_eq!(allocations(sign_acs3), 3);
}
