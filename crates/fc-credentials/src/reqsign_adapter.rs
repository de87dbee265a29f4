//! The adapter that gives `reqsign` access to the caller's environment and transport.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{Transport, TransportError, TransportErrorKind, within};
use http::{Method, Request, Response, StatusCode};
use reqsign_core::{Context, Error, FileRead, HttpSend, Result};

use crate::Environment;
use crate::error_code::error_code;

/// Reads one file and sends requests for `reqsign`, and stores the last failure.
///
/// The errors of `reqsign` are not used: some failures are not reported, and the texts of others
/// contain responses or URIs, and therefore secrets.
pub(crate) struct ReqsignAdapter<T, E> {
    transport: Arc<T>,
    environment: Arc<E>,
    limit: Duration,
    path: PathBuf,
    /// Whether a token for the metadata service is requested; without one the requests are those of version 1.
    requests_metadata_token: bool,
    last: Arc<Mutex<LastResult>>,
}

#[derive(Default)]
struct LastResult {
    failure: Option<Failure>,
    has_metadata_token: bool,
}

const METADATA_TOKEN_PATH: &str = "/latest/api/token";

/// The failure of reading the file or of the last request.
#[derive(Debug)]
pub(crate) enum Failure {
    File(io::ErrorKind),
    Transport(TransportError),
    /// The status instead of 200, and the error code of the service.
    Status(u16, Option<Box<str>>),
}

impl<T, E> ReqsignAdapter<T, E> {
    pub(crate) fn new(transport: &Arc<T>, environment: &Arc<E>, limit: Duration) -> Self {
        Self {
            transport: Arc::clone(transport),
            environment: Arc::clone(environment),
            limit,
            path: PathBuf::new(),
            requests_metadata_token: true,
            last: Arc::default(),
        }
    }

    /// Sets the path of the file. The path that `reqsign` requests is ignored.
    pub(crate) fn path(self, path: PathBuf) -> Self {
        Self { path, ..self }
    }

    /// Requests no token for the metadata service: `reqsign` then reads it by version 1.
    pub(crate) fn without_metadata_token(self) -> Self {
        Self {
            requests_metadata_token: false,
            ..self
        }
    }

    /// Whether the metadata service returned a token.
    pub(crate) fn has_metadata_token(&self) -> bool {
        self.last().has_metadata_token
    }

    pub(crate) fn take_failure(&self) -> Option<Failure> {
        self.last().failure.take()
    }

    fn last(&self) -> MutexGuard<'_, LastResult> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Transport + 'static, E: Environment + 'static> ReqsignAdapter<T, E> {
    /// A context of `reqsign` without access to variables.
    pub(crate) fn context(&self) -> Context {
        Context::new()
            .with_file_read(self.clone())
            .with_http_send(self.clone())
    }
}

impl<T: Transport + 'static, E: Environment + 'static> FileRead for ReqsignAdapter<T, E> {
    async fn file_read(&self, _: &str) -> Result<Vec<u8>> {
        let content = self.environment.file(&self.path);
        content.map_err(|error| {
            self.last().failure = Some(Failure::File(error.kind()));
            Error::config_invalid("the file cannot be read")
        })
    }
}

impl<T: Transport + 'static, E: Environment + 'static> HttpSend for ReqsignAdapter<T, E> {
    async fn http_send(&self, request: Request<Bytes>) -> Result<Response<Bytes>> {
        let is_metadata_token =
            request.method() == Method::PUT && request.uri().path() == METADATA_TOKEN_PATH;
        if is_metadata_token && !self.requests_metadata_token {
            return Err(Error::unexpected("no token is requested"));
        }
        let result = within(
            self.transport.send(request),
            self.transport.sleep(self.limit),
        )
        .await;
        let result = result.unwrap_or_else(|| {
            Err(TransportError::new(
                TransportErrorKind::Timeout,
                "no response with credentials within the time limit",
            ))
        });
        let (failure, result) = match result {
            Ok(response) if response.status() == StatusCode::OK => (None, Ok(response)),
            Ok(response) => (
                Some(Failure::Status(
                    response.status().as_u16(),
                    error_code(response.body()),
                )),
                Ok(response),
            ),
            Err(error) => (
                Some(Failure::Transport(error)),
                Err(Error::unexpected("no response")),
            ),
        };
        let mut last = self.last();
        last.has_metadata_token |= is_metadata_token && failure.is_none();
        last.failure = failure;
        result
    }
}

impl<T, E> Clone for ReqsignAdapter<T, E> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            environment: Arc::clone(&self.environment),
            limit: self.limit,
            path: self.path.clone(),
            requests_metadata_token: self.requests_metadata_token,
            last: Arc::clone(&self.last),
        }
    }
}

impl<T, E> fmt::Debug for ReqsignAdapter<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqsignAdapter").finish_non_exhaustive()
    }
}
