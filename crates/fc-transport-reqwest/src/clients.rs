//! The client of a transport, which is replaced to close its connections.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use reqwest::{Client, ClientBuilder};

use crate::client_builder::with_required_settings;

/// One client at a time, and the settings to build the next one.
///
/// The client reads a short dropped body to its end and uses the connection again, and it has no setting against that.
/// Dropping the client closes its idle connections, so at most one client has idle connections.
pub(crate) struct Clients {
    settings: Box<dyn Fn() -> ClientBuilder + Send + Sync>,
    current: Mutex<Current>,
}

struct Current {
    generation: u64,
    /// `None` from the moment that the client was given up until the next request.
    client: Option<Client>,
}

impl Clients {
    pub(crate) fn new(
        settings: impl Fn() -> ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self, reqwest::Error> {
        let client = with_required_settings(settings()).build()?;
        Ok(Self {
            settings: Box::new(settings),
            current: Mutex::new(Current {
                generation: 0,
                client: Some(client),
            }),
        })
    }

    /// The client for the next request and its generation; builds the client if the last one was given up.
    pub(crate) fn current(&self) -> Result<(Client, u64), reqwest::Error> {
        let mut current = self.lock();
        let client = match &current.client {
            Some(client) => client.clone(),
            None => with_required_settings((self.settings)()).build()?,
        };
        current.client.get_or_insert_with(|| client.clone());
        Ok((client, current.generation))
    }

    /// Gives up the client of this generation, unless another request has done that already.
    pub(crate) fn replace(&self, generation: u64) {
        let mut current = self.lock();
        if current.generation == generation {
            current.generation += 1;
            current.client = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clients").finish_non_exhaustive()
    }
}
