//! The response headers of the service as typed values.

use std::fmt;

use fc_headers::{
    AcsRetryAfter, AsyncTaskId, CodeChecksum, ErrorType, Header, HeaderError, HeaderErrorKind,
    InstanceId, InvocationDuration, InvocationServiceVersion, LogResult, LogTail, MaxMemoryUsage,
    RequestId, RetryAfter, SessionCookie, SessionHeaderName, SessionId, StatefulAsyncInvocationId,
};
use http::header::CONTENT_ENCODING;
use http::{HeaderMap, HeaderValue};

const REQUEST_ID: &str = <RequestId<'static> as Header<'static>>::FIELD_NAME;
const LOG_RESULT: &str = <LogResult<'static> as Header<'static>>::FIELD_NAME;
const CODE_CHECKSUM: &str = <CodeChecksum as Header<'static>>::FIELD_NAME;
const DURATION: &str = <InvocationDuration as Header<'static>>::FIELD_NAME;
const MAX_MEMORY_USAGE: &str = <MaxMemoryUsage<'static> as Header<'static>>::FIELD_NAME;
const SERVICE_VERSION: &str = <InvocationServiceVersion<'static> as Header<'static>>::FIELD_NAME;
const INSTANCE_ID: &str = <InstanceId<'static> as Header<'static>>::FIELD_NAME;
const STATEFUL_ID: &str = <StatefulAsyncInvocationId as Header<'static>>::FIELD_NAME;
const ASYNC_TASK_ID: &str = <AsyncTaskId as Header<'static>>::FIELD_NAME;

/// The response headers of the service as typed values, borrowed from the header map.
///
/// Every header is optional. `new` finds the headers in one pass; the accessors decode them. An
/// invalid header is an error of its own accessor only. Only [`log_tail`](Self::log_tail) allocates.
/// Source: manual of FC 2.0, `InvokeFunction`; published captures.
///
/// ```
/// use fc_response::Metadata;
/// use http::HeaderMap;
///
/// let mut headers = HeaderMap::new();
/// headers.insert("X-Fc-Max-Memory-Usage", "85.20".parse()?);
/// headers.insert("X-Fc-Invocation-Duration", "soon".parse()?);
///
/// let metadata = Metadata::new(&headers);
/// assert_eq!(metadata.max_memory_usage()?.map(|memory| memory.as_str()), Some("85.20"));
/// assert!(metadata.duration().is_err());
/// assert_eq!(metadata.request_id(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Metadata<'a> {
    headers: &'a HeaderMap,
    request_id: FieldValue<'a>,
    log_result: FieldValue<'a>,
    code_checksum: FieldValue<'a>,
    duration: FieldValue<'a>,
    max_memory_usage: FieldValue<'a>,
    service_version: FieldValue<'a>,
    instance_id: FieldValue<'a>,
    stateful_async_invocation_id: FieldValue<'a>,
    async_task_id: FieldValue<'a>,
}

impl<'a> Metadata<'a> {
    /// Finds the headers of the service; others are ignored.
    pub fn new(headers: &'a HeaderMap) -> Self {
        let mut found = Self {
            headers,
            request_id: FieldValue::Absent,
            log_result: FieldValue::Absent,
            code_checksum: FieldValue::Absent,
            duration: FieldValue::Absent,
            max_memory_usage: FieldValue::Absent,
            service_version: FieldValue::Absent,
            instance_id: FieldValue::Absent,
            stateful_async_invocation_id: FieldValue::Absent,
            async_task_id: FieldValue::Absent,
        };
        for (name, value) in headers {
            let field = match name.as_str() {
                REQUEST_ID => &mut found.request_id,
                LOG_RESULT => &mut found.log_result,
                CODE_CHECKSUM => &mut found.code_checksum,
                DURATION => &mut found.duration,
                MAX_MEMORY_USAGE => &mut found.max_memory_usage,
                SERVICE_VERSION => &mut found.service_version,
                INSTANCE_ID => &mut found.instance_id,
                STATEFUL_ID => &mut found.stateful_async_invocation_id,
                ASYNC_TASK_ID => &mut found.async_task_id,
                _ => continue,
            };
            *field = match field {
                FieldValue::Absent => FieldValue::One(value),
                FieldValue::One(_) | FieldValue::Several => FieldValue::Several,
            };
        }
        found
    }

    /// The id of the request; `None` if it is absent, empty, repeated or not text.
    pub fn request_id(&self) -> Option<&'a str> {
        let id: Option<RequestId<'a>> = self.request_id.decode().ok().flatten();
        id.map(|id| id.as_str())
    }

    /// Whether the response has a request id that is not empty, also one that is repeated or not text.
    ///
    /// The service sends one in every response.
    pub fn has_request_id(&self) -> bool {
        match self.request_id {
            FieldValue::Absent => false,
            FieldValue::One(value) => !value.as_bytes().trim_ascii().is_empty(),
            FieldValue::Several => true,
        }
    }

    /// The id of the instance that ran the function; `None` if it is absent, empty, repeated or not
    /// text.
    pub fn instance_id(&self) -> Option<InstanceId<'a>> {
        self.instance_id.decode().ok().flatten()
    }

    /// The version of the service that ran; `None` if it is absent, empty, repeated or not text.
    pub fn service_version(&self) -> Option<InvocationServiceVersion<'a>> {
        self.service_version.decode().ok().flatten()
    }

    /// The error type; `None` if it is absent or empty. A repeated header is [`ErrorType::Other`].
    pub fn error_type(&self) -> Option<ErrorType<'a>> {
        ErrorType::from_map(self.headers).ok().flatten()
    }

    /// The run time of the function.
    ///
    /// # Errors
    /// If the header is empty, repeated or not a number.
    pub fn duration(&self) -> Result<Option<InvocationDuration>, HeaderError> {
        self.duration.decode()
    }

    /// The peak memory usage of the instance.
    ///
    /// # Errors
    /// If the header is empty, repeated or not a decimal number.
    pub fn max_memory_usage(&self) -> Result<Option<MaxMemoryUsage<'a>>, HeaderError> {
        self.max_memory_usage.decode()
    }

    /// The checksum of the code package that ran.
    ///
    /// # Errors
    /// If the header is empty, repeated or not a number.
    pub fn code_checksum(&self) -> Result<Option<CodeChecksum>, HeaderError> {
        self.code_checksum.decode()
    }

    /// The end of the log in base64.
    ///
    /// # Errors
    /// If the header is repeated or not text.
    pub fn log_result(&self) -> Result<Option<LogResult<'a>>, HeaderError> {
        self.log_result.decode()
    }

    /// The end of the log, decoded. Allocates once, for the log.
    ///
    /// # Errors
    /// As [`log_result`](Self::log_result), and if it is not base64 or is larger than 64 KiB.
    pub fn log_tail(&self) -> Result<Option<LogTail>, HeaderError> {
        self.log_result()?.map(|log| log.decode_tail()).transpose()
    }

    /// The task id of an accepted invocation, from `X-Fc-Stateful-Async-Invocation-Id` or, if that is
    /// absent, from `X-Fc-Async-Task-Id` of revision 2023-03-30.
    ///
    /// # Errors
    /// If the header is empty, repeated or not an id.
    pub fn stateful_async_invocation_id(
        &self,
    ) -> Result<Option<StatefulAsyncInvocationId>, HeaderError> {
        match self.stateful_async_invocation_id {
            FieldValue::Absent => Ok(self
                .async_task_id
                .decode::<AsyncTaskId>()?
                .map(AsyncTaskId::into_id)),
            field => field.decode(),
        }
    }

    /// The session id that the service made, from the header that the function is configured with.
    ///
    /// # Errors
    /// If the header is empty, repeated or not an id.
    pub fn session_id(&self, name: &SessionHeaderName) -> Result<Option<SessionId>, HeaderError> {
        SessionId::from_map(name, self.headers)
    }

    /// The session cookie that the service sets.
    ///
    /// # Errors
    /// If its value is empty, too large or not a cookie value.
    pub fn session_cookie(&self) -> Result<Option<SessionCookie>, HeaderError> {
        SessionCookie::from_set_cookie(self.headers)
    }

    /// When to send a rejected request again.
    ///
    /// # Errors
    /// If the header is empty, repeated, or neither a number nor a date.
    pub fn retry_after(&self) -> Result<Option<RetryAfter>, HeaderError> {
        RetryAfter::from_map(self.headers)
    }

    /// The content coding of the body, such as `gzip`; `None` for a plain body. No transport decompresses a body.
    ///
    /// The service sends such a body only if the request asked for it with `Accept-Encoding`, which the library never
    /// sends by itself.
    pub fn content_coding(&self) -> Option<&'a str> {
        let values = self.headers.get_all(CONTENT_ENCODING).into_iter();
        let values = values.filter_map(|value| value.to_str().ok());
        values
            .map(str::trim)
            .find(|value| !value.is_empty() && !value.eq_ignore_ascii_case("identity"))
    }

    /// How long to wait before a throttled request is sent again, from the gateway of Alibaba Cloud.
    ///
    /// # Errors
    /// If the header is empty, repeated, or not a number of milliseconds.
    pub fn acs_retry_after(&self) -> Result<Option<AcsRetryAfter>, HeaderError> {
        AcsRetryAfter::from_map(self.headers)
    }
}

impl fmt::Debug for Metadata<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field(
                "request_id",
                &self.request_id.decode::<RequestId<'_>>().ok().flatten(),
            )
            .field("error_type", &self.error_type())
            .field("duration", &self.duration())
            .field("max_memory_usage", &self.max_memory_usage())
            .field("code_checksum", &self.code_checksum())
            .field("service_version", &self.service_version())
            .field("instance_id", &self.instance_id())
            .field(
                "stateful_async_invocation_id",
                &self.stateful_async_invocation_id(),
            )
            .field("log_result", &self.log_result())
            .finish()
    }
}

/// The undecoded value of one header.
#[derive(Clone, Copy)]
enum FieldValue<'a> {
    Absent,
    One(&'a HeaderValue),
    Several,
}

impl<'a> FieldValue<'a> {
    fn decode<T: Header<'a>>(self) -> Result<Option<T>, HeaderError> {
        match self {
            Self::Absent => Ok(None),
            Self::One(value) => T::decode(value).map(Some),
            Self::Several => Err(HeaderError::new(HeaderErrorKind::Duplicate, T::NAME)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_of_the_service_is_found_and_decoded() {
        let mut headers = HeaderMap::new();
        headers.insert(RequestId::NAME, HeaderValue::from_static("r-1"));
        headers.insert(LogResult::NAME, HeaderValue::from_static("bG9n"));
        headers.insert(
            CodeChecksum::NAME,
            HeaderValue::from_static("17380263816131011825"),
        );
        headers.insert(InvocationDuration::NAME, HeaderValue::from_static("3"));
        headers.insert(MaxMemoryUsage::NAME, HeaderValue::from_static("85.20"));
        headers.insert(
            InvocationServiceVersion::NAME,
            HeaderValue::from_static("LATEST"),
        );
        headers.insert(InstanceId::NAME, HeaderValue::from_static("c-1"));
        headers.insert(
            StatefulAsyncInvocationId::NAME,
            HeaderValue::from_static("t-1"),
        );
        headers.insert(
            ErrorType::NAME,
            HeaderValue::from_static("HandledInvocationError"),
        );
        insta::assert_snapshot!(
            format!("{:?}", Metadata::new(&headers)),
            @r#"Metadata { request_id: Some(RequestId("r-1")), error_type: Some(Handled), duration: Ok(Some(InvocationDuration(3))), max_memory_usage: Ok(Some(MaxMemoryUsage("85.20"))), code_checksum: Ok(Some(CodeChecksum(17380263816131011825))), service_version: Some(InvocationServiceVersion("LATEST")), instance_id: Some(InstanceId("c-1")), stateful_async_invocation_id: Ok(Some(StatefulAsyncInvocationId("t-1"))), log_result: Ok(Some(LogResult("bG9n"))) }"#
        );
        assert_eq!(
            Metadata::new(&headers)
                .log_tail()
                .unwrap()
                .unwrap()
                .as_bytes(),
            b"log"
        );
    }

    #[test]
    fn a_repeated_id_is_absent_and_a_repeated_number_is_an_error() {
        let mut headers = HeaderMap::new();
        for value in ["1", "1"] {
            headers.append(RequestId::NAME, HeaderValue::from_static(value));
            headers.append(CodeChecksum::NAME, HeaderValue::from_static(value));
        }
        let metadata = Metadata::new(&headers);
        assert_eq!(metadata.request_id(), None);
        let error = metadata.code_checksum().unwrap_err();
        assert_eq!(error.kind(), HeaderErrorKind::Duplicate);
    }

    #[test]
    fn the_task_id_header_of_revision_2023_is_used_if_the_older_one_is_absent() {
        let mut headers = HeaderMap::new();
        headers.insert(AsyncTaskId::NAME, HeaderValue::from_static("new"));
        let read = |headers: &HeaderMap| {
            let id = Metadata::new(headers)
                .stateful_async_invocation_id()
                .unwrap()
                .unwrap();
            id.to_string()
        };
        assert_eq!(read(&headers), "new");
        headers.insert(
            StatefulAsyncInvocationId::NAME,
            HeaderValue::from_static("old"),
        );
        assert_eq!(read(&headers), "old");
    }
}
