//! Decoding a log allocates once, for the log. Rejecting one that is too large does not allocate.
//!
//! Without the harness of libtest, whose own thread may allocate at the same time.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use fc_headers::{Header, LogResult, LogTail};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

fn allocations(work: impl FnOnce()) -> u64 {
    let before = dhat::HeapStats::get().total_blocks;
    work();
    dhat::HeapStats::get().total_blocks - before
}

fn main() {
    let profiler = dhat::Profiler::builder().testing().build();
    let value = LogResult::try_from(LogTail::from(vec![b'l'; 4096]).to_base64().as_str())
        .unwrap()
        .encode();
    let huge = http::HeaderValue::from_str(&"A".repeat(100_000)).unwrap();

    let log = LogResult::decode(&value).unwrap();
    assert_eq!(allocations(|| drop(LogResult::decode(&value))), 0);
    assert_eq!(allocations(|| drop(log.decode_tail().unwrap())), 1);

    let log = LogResult::decode(&huge).unwrap();
    assert_eq!(allocations(|| drop(log.decode_tail().unwrap_err())), 0);
    drop(profiler);
}
