//! The pages of a list, read by the asynchronous client.

use fc_sign::CredentialsProvider;
use fc_transport::Transport;

use super::{Listing, PageCursor};
use crate::{Client, InvokeError, InvokeOptions};

/// The pages of a list, one request for each. It ends after the last page and after an error.
///
/// ```no_run
/// use fc_invoke::{Client, InvokeError, ListAsyncTasksInput, Target};
///
/// # async fn example(client: Client<impl fc_transport::Transport>, target: Target) -> Result<(), InvokeError> {
/// let mut pages = client.async_task_pages(ListAsyncTasksInput::new(target));
/// while let Some(page) = pages.next().await {
///     for task in page?.tasks() {
///         println!("{:?} {:?}", task.task_id(), task.status());
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "pages are read by `next`"]
pub struct Pages<'a, T, P, L> {
    client: &'a Client<T, P>,
    cursor: PageCursor<L>,
}

impl<'a, T: Transport, P: CredentialsProvider, L: Listing> Pages<'a, T, P, L> {
    pub(super) fn new(client: &'a Client<T, P>, input: L) -> Self {
        Self {
            client,
            cursor: PageCursor::new(input),
        }
    }

    /// Reads the next page; `None` after the last one.
    ///
    /// If the future is dropped, the next call reads the same page.
    pub async fn next(&mut self) -> Option<Result<L::Output, InvokeError>> {
        let input = self.cursor.next_input()?;
        let page = self.client.perform(input, InvokeOptions::default()).await;
        Some(self.cursor.advance(page))
    }
}
