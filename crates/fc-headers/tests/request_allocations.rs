//! Names and ids allocate when they are created; cloning and encoding them does not allocate.
//!
//! Without the harness of libtest, whose own thread may allocate at the same time.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use fc_headers::{
    AccountId, Header, InvocationType, LogType, Qualifier, ServiceName,
    StatefulAsyncInvocationEnable, StatefulAsyncInvocationId, TraceId,
};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

fn main() {
    let profiler = dhat::Profiler::builder().testing().build();
    let service: ServiceName = "demoService".parse().unwrap();
    let qualifier: Qualifier = "prod".parse().unwrap();
    let account: AccountId = "1234567890123456".parse().unwrap();
    let id: StatefulAsyncInvocationId = "order-4711".parse().unwrap();
    let trace: TraceId = "1a26ecd3-3a6b-4b1c-9c33-e2eb0d71c7ec".parse().unwrap();

    // Short text is in the same allocation as the count of its clones; longer text is in its own.
    let long = "t".repeat(64);
    let created = |text: &str| {
        let before = dhat::HeapStats::get().total_blocks;
        let id: TraceId = text.parse().unwrap();
        let after = dhat::HeapStats::get().total_blocks;
        assert_eq!(id.as_str(), text);
        after - before
    };
    assert_eq!((created(&long[..63]), created(&long)), (1, 2));

    let before = dhat::HeapStats::get().total_blocks;
    drop((
        service.clone(),
        qualifier.clone(),
        account.clone(),
        id.clone(),
        trace.clone(),
    ));
    drop((account.encode(), id.encode(), trace.encode()));
    drop((InvocationType::Async.encode(), LogType::Tail.encode()));
    drop(StatefulAsyncInvocationEnable::new(true).encode());
    assert_eq!((account.as_str().len(), trace.as_str().len()), (16, 36));
    let after = dhat::HeapStats::get().total_blocks;
    drop(profiler);

    assert_eq!(after - before, 0);
}
