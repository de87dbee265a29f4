//! The adapter that gives `reqsign` access to the caller's environment and transport.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{Transport, TransportError, TransportErrorKind, within};
use http::{Request, Response, StatusCode};
use reqsign_core::{Context, Error, FileRead, HttpSend, Result};

use crate::Environment;

/// Reads one file and sends requests for `reqsign`, and stores the last failure.
///
/// The errors of `reqsign` are not used: some failures are not reported, and the texts of others
/// contain responses or URIs, and therefore secrets.
pub(crate) struct ReqsignAdapter<T, E> {
    transport: Arc<T>,
    environment: Arc<E>,
    limit: Duration,
    path: PathBuf,
    failure: Arc<Mutex<Option<Failure>>>,
}

/// The failure of reading the file or of the last request.
#[derive(Debug)]
pub(crate) enum Failure {
    File(io::ErrorKind),
    Transport(TransportError),
    Status(u16),
}

impl<T, E> ReqsignAdapter<T, E> {
    pub(crate) fn new(transport: &Arc<T>, environment: &Arc<E>, limit: Duration) -> Self {
        Self {
            transport: Arc::clone(transport),
            environment: Arc::clone(environment),
            limit,
            path: PathBuf::new(),
            failure: Arc::default(),
        }
    }

    /// Sets the path of the file. The path that `reqsign` requests is ignored.
    pub(crate) fn path(self, path: PathBuf) -> Self {
        Self { path, ..self }
    }

    pub(crate) fn take_failure(&self) -> Option<Failure> {
        self.failure().take()
    }

    fn failure(&self) -> MutexGuard<'_, Option<Failure>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
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
            *self.failure() = Some(Failure::File(error.kind()));
            Error::config_invalid("the file cannot be read")
        })
    }
}

impl<T: Transport + 'static, E: Environment + 'static> HttpSend for ReqsignAdapter<T, E> {
    async fn http_send(&self, request: Request<Bytes>) -> Result<Response<Bytes>> {
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
                Some(Failure::Status(response.status().as_u16())),
                Ok(response),
            ),
            Err(error) => (
                Some(Failure::Transport(error)),
                Err(Error::unexpected("no response")),
            ),
        };
        *self.failure() = failure;
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
            failure: Arc::clone(&self.failure),
        }
    }
}

impl<T, E> fmt::Debug for ReqsignAdapter<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqsignAdapter").finish_non_exhaustive()
    }
}
