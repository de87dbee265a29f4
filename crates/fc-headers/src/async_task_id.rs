//! `X-Fc-Async-Task-Id`

use http::HeaderValue;

use crate::{Header, HeaderError, StatefulAsyncInvocationId};

/// `X-Fc-Async-Task-Id`: the task id of an asynchronous invocation in API revision 2023-03-30.
/// Request header, and response header of an accepted invocation.
///
/// The same id and grammar as [`StatefulAsyncInvocationId`], which is the header of the older
/// revisions. Source: manual of FC 3.0, `InvokeFunction`.
///
/// ```
/// use fc_headers::{AsyncTaskId, Header, StatefulAsyncInvocationId};
///
/// let id: StatefulAsyncInvocationId = "order-4711".parse()?;
/// assert_eq!(AsyncTaskId::new(id).encode(), "order-4711");
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsyncTaskId(StatefulAsyncInvocationId);

impl AsyncTaskId {
    /// Creates the header for a task id.
    pub const fn new(id: StatefulAsyncInvocationId) -> Self {
        Self(id)
    }

    /// The task id.
    pub const fn id(&self) -> &StatefulAsyncInvocationId {
        &self.0
    }

    /// Converts the header into its task id.
    pub fn into_id(self) -> StatefulAsyncInvocationId {
        self.0
    }
}

impl Header<'_> for AsyncTaskId {
    const FIELD_NAME: &'static str = "x-fc-async-task-id";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        StatefulAsyncInvocationId::decode_as(Self::NAME, value).map(Self)
    }

    fn encode(&self) -> HeaderValue {
        self.0.encode()
    }
}

impl From<StatefulAsyncInvocationId> for AsyncTaskId {
    fn from(id: StatefulAsyncInvocationId) -> Self {
        Self(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_and_its_task_id_are_converted_into_each_other() {
        let id: StatefulAsyncInvocationId = "order-4711".parse().unwrap();
        let header = AsyncTaskId::from(id.clone());
        assert_eq!(header.id(), &id);
        assert_eq!(header, AsyncTaskId::new(id.clone()));
        assert_eq!(header.into_id(), id);
    }

    #[test]
    fn an_error_names_this_header() {
        let error = AsyncTaskId::decode(&HeaderValue::from_static("")).unwrap_err();
        assert_eq!(error.to_string(), "empty: x-fc-async-task-id is empty");
    }
}
