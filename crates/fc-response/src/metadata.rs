//! The service's response headers, found in one pass.

use std::fmt;

use fc_headers::{
    AsyncTaskId, CodeChecksum, ErrorType, Header, HeaderError, HeaderErrorKind, InstanceId,
    InvocationDuration, InvocationServiceVersion, LogResult, LogTail, MaxMemoryUsage, RequestId,
    RetryAfter, StatefulAsyncInvocationId,
};
use http::{HeaderMap, HeaderValue};

// What is read here goes by the names that the types themselves have.
const REQUEST_ID: &str = <RequestId<'static> as Header<'static>>::FIELD_NAME;
const LOG_RESULT: &str = <LogResult<'static> as Header<'static>>::FIELD_NAME;
const CODE_CHECKSUM: &str = <CodeChecksum as Header<'static>>::FIELD_NAME;
const DURATION: &str = <InvocationDuration as Header<'static>>::FIELD_NAME;
const MAX_MEMORY_USAGE: &str = <MaxMemoryUsage<'static> as Header<'static>>::FIELD_NAME;
const SERVICE_VERSION: &str = <InvocationServiceVersion<'static> as Header<'static>>::FIELD_NAME;
const INSTANCE_ID: &str = <InstanceId<'static> as Header<'static>>::FIELD_NAME;
const STATEFUL_ID: &str = <StatefulAsyncInvocationId as Header<'static>>::FIELD_NAME;
const ASYNC_TASK_ID: &str = <AsyncTaskId as Header<'static>>::FIELD_NAME;

/// The service's response headers as typed values, borrowed from the header map.
///
/// Found in one pass over the map and read when asked for; nothing is allocated. Every header is
/// optional. A header that cannot be read is an error of its own accessor and spoils nothing else.
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
    request_id: Found<'a>,
    log_result: Found<'a>,
    code_checksum: Found<'a>,
    duration: Found<'a>,
    max_memory_usage: Found<'a>,
    service_version: Found<'a>,
    instance_id: Found<'a>,
    stateful_async_invocation_id: Found<'a>,
    async_task_id: Found<'a>,
}

impl<'a> Metadata<'a> {
    /// Finds the headers; other ones are passed over.
    pub fn new(headers: &'a HeaderMap) -> Self {
        let mut found = Self {
            headers,
            request_id: Found::Nothing,
            log_result: Found::Nothing,
            code_checksum: Found::Nothing,
            duration: Found::Nothing,
            max_memory_usage: Found::Nothing,
            service_version: Found::Nothing,
            instance_id: Found::Nothing,
            stateful_async_invocation_id: Found::Nothing,
            async_task_id: Found::Nothing,
        };
        for (name, value) in headers {
            let place = match name.as_str() {
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
            *place = match place {
                Found::Nothing => Found::One(value),
                Found::One(_) | Found::Several => Found::Several,
            };
        }
        found
    }

    /// The id of the request; `None` where it is absent, empty, repeated or not text.
    pub fn request_id(&self) -> Option<RequestId<'a>> {
        self.request_id.read().ok().flatten()
    }

    /// The id of the instance that ran the function; `None` as for the request id.
    pub fn instance_id(&self) -> Option<InstanceId<'a>> {
        self.instance_id.read().ok().flatten()
    }

    /// The version of the service that ran; `None` as for the request id.
    pub fn service_version(&self) -> Option<InvocationServiceVersion<'a>> {
        self.service_version.read().ok().flatten()
    }

    /// The error type; `None` where it is absent or empty. Repeated, it is
    /// [`ErrorType::Other`].
    pub fn error_type(&self) -> Option<ErrorType<'a>> {
        ErrorType::from_map(self.headers).ok().flatten()
    }

    /// How long the function ran.
    ///
    /// # Errors
    /// When the header is empty, repeated or not a number.
    pub fn duration(&self) -> Result<Option<InvocationDuration>, HeaderError> {
        self.duration.read()
    }

    /// The most memory that the instance has held.
    ///
    /// # Errors
    /// When the header is empty, repeated or not a decimal number.
    pub fn max_memory_usage(&self) -> Result<Option<MaxMemoryUsage<'a>>, HeaderError> {
        self.max_memory_usage.read()
    }

    /// The checksum of the code that ran.
    ///
    /// # Errors
    /// When the header is empty, repeated or not a number.
    pub fn code_checksum(&self) -> Result<Option<CodeChecksum>, HeaderError> {
        self.code_checksum.read()
    }

    /// The end of the log as it travels, undecoded.
    ///
    /// # Errors
    /// When the header is repeated or not text.
    pub fn log_result(&self) -> Result<Option<LogResult<'a>>, HeaderError> {
        self.log_result.read()
    }

    /// The end of the log, decoded; this allocates, once.
    ///
    /// # Errors
    /// As [`log_result`](Self::log_result), and when it is not base64 or larger than 64 KiB.
    pub fn log_tail(&self) -> Result<Option<LogTail>, HeaderError> {
        self.log_result()?.map(|log| log.decode_tail()).transpose()
    }

    /// The task id of an accepted invocation. Where the header of revision 2021-04-06 is absent,
    /// that of 2023-03-30, `X-Fc-Async-Task-Id`, is read.
    ///
    /// # Errors
    /// When the header is empty, repeated or not an id.
    pub fn stateful_async_invocation_id(
        &self,
    ) -> Result<Option<StatefulAsyncInvocationId>, HeaderError> {
        match self.stateful_async_invocation_id {
            Found::Nothing => Ok(self
                .async_task_id
                .read::<AsyncTaskId>()?
                .map(AsyncTaskId::into_id)),
            found => found.read(),
        }
    }

    /// When a refused request may be sent again.
    ///
    /// # Errors
    /// When the header is empty, repeated, or neither a number nor a date.
    pub fn retry_after(&self) -> Result<Option<RetryAfter>, HeaderError> {
        RetryAfter::from_map(self.headers)
    }
}

impl fmt::Debug for Metadata<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("request_id", &self.request_id())
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

/// What the pass has met of one header.
#[derive(Clone, Copy)]
enum Found<'a> {
    Nothing,
    One(&'a HeaderValue),
    Several,
}

impl<'a> Found<'a> {
    fn read<T: Header<'a>>(self) -> Result<Option<T>, HeaderError> {
        match self {
            Self::Nothing => Ok(None),
            Self::One(value) => T::decode(value).map(Some),
            Self::Several => Err(HeaderError::new(HeaderErrorKind::Duplicate, T::NAME)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_has_its_place() {
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
    fn the_task_id_of_revision_2023_is_read_where_the_older_header_is_absent() {
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
