//! Counts the allocations of a request: the header map, the date and the authorization.
//!
//! Without the harness of libtest, whose own thread may allocate at the same time.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use fc_headers::{InvocationType, LogType};
use fc_invoke::{Endpoint, InvokeFunctionInput, Scheme, Signer, Target};
use fc_sign::{Credentials, Nonce, Timestamp};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// This file has one test, because the profiler counts the whole process.
fn main() {
    let _profiler = dhat::Profiler::builder().testing().build();
    let target = Target::new(
        "demoService".parse().unwrap(),
        "demoFunction".parse().unwrap(),
    );
    let input = InvokeFunctionInput::builder(target)
        .invocation_type(InvocationType::Sync)
        .log_type(LogType::Tail)
        .account_id("1234567890123456".parse().unwrap())
        .trace_id("1-5f4dcc3b-0123456789abcdef01234567".parse().unwrap())
        .payload(vec![b'x'; 1024])
        .build()
        .unwrap();
    let endpoint = Endpoint::public(
        &"1234567890123456".parse().unwrap(),
        &"cn-hangzhou".parse().unwrap(),
    );
    let credentials = Credentials::new(
        "FCTESTACCESSKEYID01".parse().unwrap(),
        "fcTestAccessKeySecret0123456789".parse().unwrap(),
    );
    let signer = Signer::new(Scheme::Fc, &credentials);
    let time: Timestamp = "2022-05-11T09:00:00Z".parse().unwrap();
    let nonce: Nonce = "0123456789abcdef".parse().unwrap();
    let event = bytes::Bytes::from_static(b"another event");
    let build = |input: &InvokeFunctionInput| {
        let mut request = input.to_request(&endpoint, signer.scheme());
        let additions = signer.sign(&request, time, &nonce).unwrap();
        additions.apply(request.headers_mut());
        request
    };
    drop(build(&input));
    let before = dhat::HeapStats::get().total_blocks;
    let request = build(&input);
    let prepared = build(&input.with_payload(event));
    let allocations = dhat::HeapStats::get().total_blocks - before;
    assert_eq!(request.headers().len(), 7);
    assert_eq!(prepared.headers(), request.headers());
    assert!(allocations <= 2 * 4, "{allocations} allocations");
}
