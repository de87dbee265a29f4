//! A change of the state of a task.

use std::fmt;

use crate::AsyncTaskStatus;
use crate::json_object::JsonObject;
use crate::typed_fields::FieldError;

/// A change of the state of a task. Every field is optional.
///
/// Source: Go SDK of revision 2023-03-30, `async_task_event_model.go`; Python SDK of 2021-04-06, `models.py`.
#[derive(Clone, PartialEq, Eq)]
pub struct AsyncTaskEvent {
    event_id: Option<i64>,
    status: Option<AsyncTaskStatus>,
    timestamp: Option<i64>,
    event_detail: Option<Box<str>>,
}

impl AsyncTaskEvent {
    pub(crate) fn read(mut object: JsonObject) -> Result<Self, FieldError> {
        Ok(Self {
            event_id: object.take_integer(&["eventId"])?,
            status: object
                .take_text(&["status"])?
                .map(|text| AsyncTaskStatus::from(&*text)),
            timestamp: object.take_time(&["timestamp"])?,
            event_detail: object.take_text(&["eventDetail"])?,
        })
    }

    /// The id of the event.
    pub fn event_id(&self) -> Option<i64> {
        self.event_id
    }

    /// The state after the event.
    pub fn status(&self) -> Option<&AsyncTaskStatus> {
        self.status.as_ref()
    }

    /// The time in milliseconds since 1970.
    pub fn timestamp(&self) -> Option<i64> {
        self.timestamp
    }

    /// The detail: a text that can hold JSON, such as `{"Error":"UnhandledInvocationError"}`. Untrusted text.
    pub fn event_detail(&self) -> Option<&str> {
        self.event_detail.as_deref()
    }
}

impl fmt::Debug for AsyncTaskEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncTaskEvent")
            .field("event_id", &self.event_id)
            .field("status", &self.status)
            .field("timestamp", &self.timestamp)
            .finish_non_exhaustive()
    }
}
