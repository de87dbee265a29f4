//! The pages of a list, read by the blocking client.

use fc_sign::BlockingCredentialsProvider;
use fc_transport::BlockingTransport;

use super::{Listing, PageCursor};
use crate::{BlockingClient, InvokeError, InvokeOptions};

/// The pages of a list as an iterator, one request for each. It ends after the last page and after an error.
///
/// ```no_run
/// use fc_invoke::{BlockingClient, InvokeError, ListAsyncTasksInput, Target};
///
/// # fn example(client: BlockingClient<impl fc_transport::BlockingTransport>, target: Target) -> Result<(), InvokeError> {
/// for page in client.async_task_pages(ListAsyncTasksInput::new(target)) {
///     for task in page?.tasks() {
///         println!("{:?} {:?}", task.task_id(), task.status());
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an iterator is lazy"]
pub struct BlockingPages<'a, T, P, L> {
    client: &'a BlockingClient<T, P>,
    cursor: PageCursor<L>,
}

impl<'a, T, P, L: Listing> BlockingPages<'a, T, P, L> {
    pub(super) fn new(client: &'a BlockingClient<T, P>, input: L) -> Self {
        Self {
            client,
            cursor: PageCursor::new(input),
        }
    }
}

impl<T: BlockingTransport, P: BlockingCredentialsProvider, L: Listing> Iterator
    for BlockingPages<'_, T, P, L>
{
    type Item = Result<L::Output, InvokeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let input = self.cursor.next_input()?;
        let page = self.client.perform(input, InvokeOptions::default());
        Some(self.cursor.advance(page))
    }
}
