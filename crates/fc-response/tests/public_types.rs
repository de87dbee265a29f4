//! Every public type is `Send` and `Sync`, and the error types implement `Error`.

use fc_response::{
    Accepted, Completed, Failure, FunctionError, FunctionErrorDocument, FunctionRan, Metadata,
    Outcome, OutcomeKind, ResponseError, ResponseErrorKind, ServiceError, ServiceErrorCode,
    StackTrace, Success,
};

macro_rules! assert_all_send_sync {
    ($($name:ty),* $(,)?) => {$( assert_send_sync::<$name>(); )*};
}

const fn assert_send_sync<T: Send + Sync + 'static>() {}

const fn assert_error<T: std::error::Error>() {}

#[test]
fn every_public_type_is_send_and_sync() {
    assert_all_send_sync!(
        Accepted,
        Completed,
        Failure,
        FunctionError,
        FunctionErrorDocument,
        FunctionRan,
        Metadata<'static>,
        Outcome,
        OutcomeKind,
        ResponseError,
        ResponseErrorKind,
        ServiceError,
        ServiceErrorCode<'static>,
        StackTrace,
        Success,
    );
    assert_error::<Failure>();
    assert_error::<FunctionError>();
    assert_error::<ResponseError>();
    assert_error::<ServiceError>();
}
