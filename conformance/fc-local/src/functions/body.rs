//! `body:TEXT`: always the same result.

use super::call::Call;
use super::function::Function;
use super::reply::Reply;

/// A function that returns this text.
#[derive(Debug)]
pub(super) struct Body(pub(super) String);

impl Function for Body {
    fn call(&self, _: &Call) -> Reply {
        Reply::success(self.0.as_str())
    }
}
