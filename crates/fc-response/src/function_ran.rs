//! Whether a function ran before an error.

/// Whether the function ran before the service answered with an error code, from
/// [`ServiceErrorCode::function_ran`](crate::ServiceErrorCode::function_ran).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a caller must handle all three answers"
)]
pub enum FunctionRan {
    /// The request was refused before the function.
    No,
    /// The function ran; a second request runs it again.
    Yes,
    /// The sources do not say, or both happen: assume that it ran.
    Maybe,
}
