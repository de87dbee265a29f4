//! The one door between the chain and the outside: the caller's environment and transport, in the forms that
//! `reqsign` asks for.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{Transport, TransportError, TransportErrorKind};
use http::{Request, Response, StatusCode};
use reqsign_core::{Context, Error, FileRead, HttpSend, Result};

use crate::Environment;
use crate::time_limit::within;

/// Reads one file and sends requests, and remembers what went wrong last: `reqsign` keeps quiet about some troubles,
/// and puts answers and URIs, and so secrets, into the texts of others.
pub(crate) struct Door<T, E> {
    transport: Arc<T>,
    environment: Arc<E>,
    limit: Duration,
    path: PathBuf,
    trouble: Arc<Mutex<Option<Trouble>>>,
}

/// What went wrong in the last exchange.
#[derive(Debug)]
pub(crate) enum Trouble {
    File(io::ErrorKind),
    Transport(TransportError),
    Status(u16),
}

impl<T, E> Door<T, E> {
    pub(crate) fn new(transport: &Arc<T>, environment: &Arc<E>, limit: Duration) -> Self {
        Self {
            transport: Arc::clone(transport),
            environment: Arc::clone(environment),
            limit,
            path: PathBuf::new(),
            trouble: Arc::default(),
        }
    }

    /// The file that is read, whatever path `reqsign` makes of its name.
    pub(crate) fn path(self, path: PathBuf) -> Self {
        Self { path, ..self }
    }

    pub(crate) fn take_trouble(&self) -> Option<Trouble> {
        self.trouble().take()
    }

    fn trouble(&self) -> MutexGuard<'_, Option<Trouble>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Transport + 'static, E: Environment + 'static> Door<T, E> {
    /// A context without variables: each is handed to a provider by name.
    pub(crate) fn context(&self) -> Context {
        Context::new()
            .with_file_read(self.clone())
            .with_http_send(self.clone())
    }
}

impl<T: Transport + 'static, E: Environment + 'static> FileRead for Door<T, E> {
    async fn file_read(&self, _: &str) -> Result<Vec<u8>> {
        let content = self.environment.file(&self.path);
        content.map_err(|error| {
            *self.trouble() = Some(Trouble::File(error.kind()));
            Error::config_invalid("the file cannot be read")
        })
    }
}

impl<T: Transport + 'static, E: Environment + 'static> HttpSend for Door<T, E> {
    async fn http_send(&self, request: Request<Bytes>) -> Result<Response<Bytes>> {
        let answer = within(
            self.transport.send(request),
            self.transport.sleep(self.limit),
        )
        .await;
        let answer = answer.unwrap_or_else(|| {
            Err(TransportError::new(
                TransportErrorKind::Timeout,
                "the answer with the credentials is not there in time",
            ))
        });
        let (trouble, answer) = match answer {
            Ok(answer) if answer.status() == StatusCode::OK => (None, Ok(answer)),
            Ok(answer) => (Some(Trouble::Status(answer.status().as_u16())), Ok(answer)),
            Err(error) => (
                Some(Trouble::Transport(error)),
                Err(Error::unexpected("there is no answer")),
            ),
        };
        *self.trouble() = trouble;
        answer
    }
}

impl<T, E> Clone for Door<T, E> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            environment: Arc::clone(&self.environment),
            limit: self.limit,
            path: self.path.clone(),
            trouble: Arc::clone(&self.trouble),
        }
    }
}

impl<T, E> fmt::Debug for Door<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").finish_non_exhaustive()
    }
}
