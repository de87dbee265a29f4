//! Every public type is `Send` and `Sync`.

use fc_headers::{
    AccountId, AsyncDelay, AsyncTaskId, CodeChecksum, Date, ErrorType, FunctionName, HeaderError,
    HeaderErrorKind, InputError, InputErrorKind, InstanceId, InvocationDuration,
    InvocationServiceVersion, InvocationType, LogResult, LogTail, LogType, MaxMemoryUsage,
    McpSessionId, OtherErrorType, Qualifier, Quoted, RequestId, RetryAfter, SecurityToken,
    ServiceName, SessionCookie, SessionHeaderName, SessionId, StatefulAsyncInvocationEnable,
    StatefulAsyncInvocationId, TraceId,
};

macro_rules! assert_all_send_sync {
    ($($name:ty),* $(,)?) => {$( assert_send_sync::<$name>(); )*};
}

const fn assert_send_sync<T: Send + Sync>() {}

#[test]
fn every_public_type_is_send_and_sync() {
    assert_all_send_sync!(
        AccountId,
        AsyncDelay,
        AsyncTaskId,
        CodeChecksum,
        Date,
        ErrorType<'_>,
        FunctionName,
        HeaderError,
        HeaderErrorKind,
        InputError,
        InputErrorKind,
        InstanceId<'_>,
        InvocationDuration,
        InvocationServiceVersion<'_>,
        InvocationType,
        LogResult<'_>,
        LogTail,
        LogType,
        MaxMemoryUsage<'_>,
        McpSessionId,
        OtherErrorType<'_>,
        Qualifier,
        Quoted<'_>,
        RequestId<'_>,
        RetryAfter,
        SecurityToken,
        ServiceName,
        SessionCookie,
        SessionHeaderName,
        SessionId,
        StatefulAsyncInvocationEnable,
        StatefulAsyncInvocationId,
        TraceId,
    );
}
