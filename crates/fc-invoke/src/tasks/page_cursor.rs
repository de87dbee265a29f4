//! The position in a list of pages.

use bytes::Bytes;
use fc_response::{
    ListAsyncTasksOutput, ListStatefulAsyncInvocationFunctionsOutput, ResponseError,
};
use http::Response;

use super::{ListAsyncTasksInput, ListStatefulAsyncInvocationFunctionsInput};
use crate::{InvokeError, Operation};

/// An operation whose output is one page of a list.
pub trait Listing: Operation {
    /// Makes the same input for another page.
    #[must_use]
    fn with_token(&self, token: &str) -> Self;

    /// The token of the page that this input reads; `None` for the first page.
    fn token(&self) -> Option<&str>;

    /// The token of the page after `output`; `None` if it is the last page.
    fn next_token(output: &Self::Output) -> Option<&str>;

    /// Converts the output into its response.
    fn into_response(output: Self::Output) -> Response<Bytes>;
}

/// The position in a list of pages, without sockets: which page to read next.
///
/// ```
/// use bytes::Bytes;
/// use fc_invoke::{Listing, ListAsyncTasksInput, PageCursor, Target};
/// use fc_response::ListAsyncTasksOutput;
///
/// let input = ListAsyncTasksInput::new(Target::v2023_03_30("demoFunction".parse()?));
/// let mut cursor = PageCursor::new(input);
/// for body in [r#"{"tasks":[],"nextToken":"a"}"#, r#"{"tasks":[],"nextToken":""}"#] {
///     assert!(cursor.next_input().is_some());
///     let output = ListAsyncTasksOutput::from_response(http::Response::new(Bytes::from(body)))?.into_result()?;
///     cursor.advance(Ok(output))?;
/// }
/// assert!(cursor.next_input().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct PageCursor<L> {
    next: Option<L>,
}

impl<L: Listing> PageCursor<L> {
    /// Begins at the page that `input` reads.
    pub fn new(input: L) -> Self {
        Self { next: Some(input) }
    }

    /// The input of the next page; `None` after the last page and after an error.
    pub fn next_input(&self) -> Option<&L> {
        self.next.as_ref()
    }

    /// Advances past the page that was read, and returns it. An error ends the list.
    ///
    /// # Errors
    ///
    /// The error of the page, or [`InvokeErrorKind::Response`](crate::InvokeErrorKind::Response) if the page returns its
    /// own token again, which would never end.
    pub fn advance(
        &mut self,
        page: Result<L::Output, InvokeError>,
    ) -> Result<L::Output, InvokeError> {
        let input = self.next.take();
        let page = page?;
        let (Some(input), Some(token)) = (input, L::next_token(&page)) else {
            return Ok(page);
        };
        if input.token() == Some(token) {
            let error = ResponseError::repeated_token(L::into_response(page));
            return Err(InvokeError::from(error).without_function());
        }
        self.next = Some(input.with_token(token));
        Ok(page)
    }
}

impl Listing for ListAsyncTasksInput {
    fn with_token(&self, token: &str) -> Self {
        self.clone().next_token(token)
    }

    fn token(&self) -> Option<&str> {
        self.token()
    }

    fn next_token(output: &ListAsyncTasksOutput) -> Option<&str> {
        output.next_token()
    }

    fn into_response(output: ListAsyncTasksOutput) -> Response<Bytes> {
        output.into_response()
    }
}

impl Listing for ListStatefulAsyncInvocationFunctionsInput {
    fn with_token(&self, token: &str) -> Self {
        self.clone().next_token(token)
    }

    fn token(&self) -> Option<&str> {
        self.token()
    }

    fn next_token(output: &ListStatefulAsyncInvocationFunctionsOutput) -> Option<&str> {
        output.next_token()
    }

    fn into_response(output: ListStatefulAsyncInvocationFunctionsOutput) -> Response<Bytes> {
        output.into_response()
    }
}
