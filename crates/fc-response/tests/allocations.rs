//! Reading a successful response does not allocate; decoding its log allocates once.
//!
//! Without the harness of libtest, whose own thread may allocate at the same time.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use bytes::Bytes;
use fc_headers::LogTail;
use fc_response::Outcome;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

fn main() {
    let profiler = dhat::Profiler::builder().testing().build();
    let response = http::Response::builder()
        .header("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c")
        .header("X-Fc-Code-Checksum", "14901253298633711047")
        .header("X-Fc-Invocation-Duration", "175")
        .header("X-Fc-Max-Memory-Usage", "85.20")
        .header("X-Fc-Invocation-Service-Version", "LATEST")
        .header("X-Fc-Instance-Id", "c-658af93f-189b68fc-1076dfe07057")
        .header(
            "X-Fc-Log-Result",
            LogTail::from(vec![b'l'; 4096]).to_base64(),
        )
        .body(Bytes::from(vec![b'x'; 1 << 20]))
        .unwrap();
    let blocks = || dhat::HeapStats::get().total_blocks;

    let start = blocks();
    let outcome = Outcome::from_unidentified_response(response).unwrap();
    let metadata = outcome.metadata();
    assert!(metadata.request_id().is_some() && metadata.instance_id().is_some());
    assert!(metadata.service_version().is_some() && metadata.error_type().is_none());
    assert!(metadata.duration().unwrap().is_some());
    assert!(metadata.max_memory_usage().unwrap().is_some());
    assert!(metadata.code_checksum().unwrap().is_some());
    assert!(metadata.log_result().unwrap().is_some());
    let after_metadata = blocks();
    let tail = metadata.log_tail().unwrap();
    let after_log = blocks();
    drop(profiler);

    assert_eq!(after_metadata - start, 0);
    assert_eq!(after_log - after_metadata, 1);
    assert_eq!(tail.map(|tail| tail.as_bytes().len()), Some(4096));
}
