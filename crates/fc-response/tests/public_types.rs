//! Every public type can cross threads, and the errors are errors.

use fc_response::{
    Accepted, Completed, FunctionError, FunctionErrorDocument, Metadata, Outcome, OutcomeKind,
    ResponseError, ResponseErrorKind, ServiceError, ServiceErrorCode, StackTrace,
};

macro_rules! cross_threads {
    ($($name:ty),* $(,)?) => {$( assert_send_sync::<$name>(); )*};
}

const fn assert_send_sync<T: Send + Sync + 'static>() {}

const fn assert_error<T: std::error::Error>() {}

#[test]
fn every_public_type_is_send_and_sync() {
    cross_threads!(
        Accepted,
        Completed,
        FunctionError,
        FunctionErrorDocument,
        Metadata<'static>,
        Outcome,
        OutcomeKind,
        ResponseError,
        ResponseErrorKind,
        ServiceError,
        ServiceErrorCode<'static>,
        StackTrace,
    );
    assert_error::<FunctionError>();
    assert_error::<ResponseError>();
    assert_error::<ServiceError>();
}
