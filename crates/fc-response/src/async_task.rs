//! An asynchronous task as the service records it.

use std::fmt;

use crate::json_object::JsonObject;
use crate::message_text::{MESSAGE_LIMIT, MessageText};
use crate::typed_fields::FieldError;
use crate::{AsyncTaskEvent, AsyncTaskStatus};

/// An asynchronous task: one accepted invocation in task mode.
///
/// Revision 2023-03-30 calls it `AsyncTask`, the older revisions `StatefulAsyncInvocation`; both names of a field are
/// read. Every field is optional, as in all official SDKs. Times are milliseconds since 1970. `Debug` shows sizes
/// instead of payloads. Source: metadata of both revisions; Go SDK 4.8.2, `async_task_model.go`; Python SDK of
/// 2021-04-06, `models.py`.
///
/// Numbers may be texts or have a fraction, which is cut, and times may be ISO texts, because the 2016-08-15 page shows
/// them so. Unknown fields and null items of a list are ignored. A value of another type is an error that names the
/// field.
#[derive(Clone, PartialEq, Eq)]
pub struct AsyncTask {
    task_id: Option<Box<str>>,
    function_arn: Option<Box<str>>,
    service_name: Option<Box<str>>,
    function_name: Option<Box<str>>,
    qualifier: Option<Box<str>>,
    status: Option<AsyncTaskStatus>,
    started_time: Option<i64>,
    end_time: Option<i64>,
    duration_ms: Option<i64>,
    destination_status: Option<Box<str>>,
    error_message: Option<Box<str>>,
    payload: Option<Box<str>>,
    return_payload: Option<Box<str>>,
    already_retried_times: Option<i64>,
    request_id: Option<Box<str>>,
    instance_id: Option<Box<str>>,
    events: Vec<AsyncTaskEvent>,
}

impl AsyncTask {
    pub(crate) fn read(mut object: JsonObject) -> Result<Self, FieldError> {
        Ok(Self {
            task_id: object.take_text(&["taskId", "invocationId"])?,
            function_arn: object.take_text(&["functionArn"])?,
            service_name: object.take_text(&["serviceName"])?,
            function_name: object.take_text(&["functionName"])?,
            qualifier: object.take_text(&["qualifier"])?,
            status: object
                .take_text(&["status"])?
                .map(|text| AsyncTaskStatus::from(&*text)),
            started_time: object.take_time(&["startedTime"])?,
            end_time: object.take_time(&["endTime"])?,
            duration_ms: object.take_integer(&["durationMs"])?,
            destination_status: object.take_text(&["destinationStatus"])?,
            error_message: object.take_text(&["taskErrorMessage", "invocationErrorMessage"])?,
            payload: object.take_text(&["taskPayload", "invocationPayload"])?,
            return_payload: object.take_text(&["returnPayload"])?,
            already_retried_times: object.take_integer(&["alreadyRetriedTimes"])?,
            request_id: object.take_text(&["requestId"])?,
            instance_id: object.take_text(&["instanceId"])?,
            events: object.take_list(&["events"], AsyncTaskEvent::read)?,
        })
    }

    /// The task id: `taskId` or `invocationId`.
    pub fn task_id(&self) -> Option<&str> {
        self.task_id.as_deref()
    }

    /// The resource name of the function, only in revision 2023-03-30. The sample has a slash:
    /// `acs:fc:cn-shanghai:1234/functions/my-func`.
    pub fn function_arn(&self) -> Option<&str> {
        self.function_arn.as_deref()
    }

    /// The service of the function, not in revision 2023-03-30.
    pub fn service_name(&self) -> Option<&str> {
        self.service_name.as_deref()
    }

    /// The name of the function, not in revision 2023-03-30.
    pub fn function_name(&self) -> Option<&str> {
        self.function_name.as_deref()
    }

    /// The version or alias.
    pub fn qualifier(&self) -> Option<&str> {
        self.qualifier.as_deref()
    }

    /// The state.
    pub fn status(&self) -> Option<&AsyncTaskStatus> {
        self.status.as_ref()
    }

    /// Whether the task has ended; not if its state is unknown or absent.
    pub fn is_final(&self) -> bool {
        self.status.as_ref().is_some_and(AsyncTaskStatus::is_final)
    }

    /// The time at which the task started, in milliseconds since 1970.
    pub fn started_time(&self) -> Option<i64> {
        self.started_time
    }

    /// The time at which the task ended, in milliseconds since 1970, as received: 0 while it runs (FC 2.0).
    pub fn end_time(&self) -> Option<i64> {
        self.end_time
    }

    /// The run time in milliseconds. That it is the time of the execution only is inferred.
    pub fn duration_ms(&self) -> Option<i64> {
        self.duration_ms
    }

    /// The state of the delivery to the destination, such as `Succeeded`.
    pub fn destination_status(&self) -> Option<&str> {
        self.destination_status.as_deref()
    }

    /// The error of the function: `taskErrorMessage` or `invocationErrorMessage`. Untrusted text; empty without an error.
    pub fn error_message(&self) -> Option<&str> {
        self.error_message.as_deref()
    }

    /// The payload of the invocation: `taskPayload` or `invocationPayload`. How the service writes a payload that is not
    /// text is unknown.
    pub fn payload(&self) -> Option<&str> {
        self.payload.as_deref()
    }

    /// The result of the function, up to 1 MB. The service opens this field on request only.
    pub fn return_payload(&self) -> Option<&str> {
        self.return_payload.as_deref()
    }

    /// How often the service ran the function again.
    pub fn already_retried_times(&self) -> Option<i64> {
        self.already_retried_times
    }

    /// The request id of the invocation.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The instance that ran the function.
    pub fn instance_id(&self) -> Option<&str> {
        self.instance_id.as_deref()
    }

    /// The changes of the state.
    pub fn events(&self) -> &[AsyncTaskEvent] {
        &self.events
    }
}

impl fmt::Debug for AsyncTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = |text: &Option<Box<str>>| text.as_ref().map(|text| text.len());
        let shown = |text: &Option<Box<str>>| {
            let text = text.as_deref();
            text.map(|text| MessageText(text, MESSAGE_LIMIT).to_string())
        };
        f.debug_struct("AsyncTask")
            .field("task_id", &shown(&self.task_id))
            .field("status", &self.status)
            .field("request_id", &shown(&self.request_id))
            .field("started_time", &self.started_time)
            .field("end_time", &self.end_time)
            .field("error_message_bytes", &size(&self.error_message))
            .field("payload_bytes", &size(&self.payload))
            .field("return_payload_bytes", &size(&self.return_payload))
            .field("events", &self.events.len())
            .finish_non_exhaustive()
    }
}
