//! A provider that caches credentials and refreshes them before they expire.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use fc_sign::{Credentials, CredentialsProvider, ProviderError, Timestamp};

use crate::{LoadCredentials, Loaded};

/// Seconds between a refresh and the expiry, and the lifetime of credentials without an expiry.
const MARGIN: u64 = 5 * 60;
/// Seconds between a failed refresh and the next attempt.
const RETRY_DELAY: u64 = 30;

/// A provider that caches the credentials of a loader and refreshes them before they expire.
///
/// - A refresh starts five minutes before the expiry, or after half of the remaining time if that is
///   less than ten minutes. Credentials without an expiry are refreshed after five minutes, so that a
///   rotated key is found.
/// - Concurrent calls share one load. While it runs, other calls return the cached credentials if
///   these are still valid; otherwise they wait for the result. If the future of the load is dropped,
///   a waiting call starts another load.
/// - If a refresh fails, the cached credentials are used until they expire, and the next refresh
///   starts after 30 seconds.
/// - Credentials whose token the service refused as expired ([`discard`](CredentialsProvider::discard)) are forgotten,
///   once for all calls that used them: the next call loads new ones. The clients then send the request again.
/// - Credentials that are expired at `now` are never returned, even if they have just been loaded.
///
/// The only clock is the `now` of each call. Asynchronous, without a runtime.
///
/// ```
/// use fc_credentials::{LoadCredentials, Loaded, RefreshingProvider};
/// use fc_sign::{Credentials, CredentialsProvider, ProviderError, Timestamp};
///
/// /// Loads credentials from a secret store.
/// struct Vault;
///
/// impl LoadCredentials for Vault {
///     async fn load(&self, now: Timestamp) -> Result<Loaded, ProviderError> {
///         # let (id, secret, token) = ("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789", "CAISdummySTS");
///         let invalid = |error| ProviderError::new("the key in the vault is invalid").because(error);
///         let credentials = Credentials::temporary(
///             id.parse().map_err(invalid)?,
///             secret.parse().map_err(invalid)?,
///             token.parse().map_err(invalid)?,
///         );
///         let in_an_hour = Timestamp::try_from(now.unix_seconds() + 3600)
///             .map_err(|error| ProviderError::new("the expiry is out of range").because(error))?;
///         Ok(Loaded::until(credentials, in_an_hour))
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let provider = RefreshingProvider::new(Vault);
/// let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// assert!(provider.credentials(now).await?.is_temporary());
/// # Ok(())
/// # }
/// ```
pub struct RefreshingProvider<L> {
    loader: L,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    cached: Option<Cached>,
    is_loading: bool,
    /// The number of finished loads.
    finished_loads: u64,
    /// The error of the last load, if other calls waited for it.
    failure: Option<Arc<ProviderError>>,
    waiting: Vec<Waker>,
}

struct Cached {
    loaded: Loaded,
    refresh_at: u64,
}

/// The next step of a call.
enum Step<'a> {
    Return(Credentials),
    Fail(Arc<ProviderError>),
    Load(LoadGuard<'a>),
}

impl<L> RefreshingProvider<L> {
    /// Creates a provider; the first call loads the credentials.
    pub fn new(loader: L) -> Self {
        Self {
            loader,
            state: Mutex::default(),
        }
    }

    pub(crate) fn into_loader(self) -> L {
        self.loader
    }

    /// Decides the next step. `waited_since` is the number of finished loads when the call began to
    /// wait.
    fn poll_step(
        &self,
        now: Timestamp,
        waited_since: &mut Option<u64>,
        context: &Context<'_>,
    ) -> Poll<Step<'_>> {
        let mut state = lock(&self.state);
        if let Some(cached) = state.cached.as_ref().filter(|cached| cached.is_valid(now))
            && (state.is_loading || now.unix_seconds() < cached.refresh_at)
        {
            return Poll::Ready(Step::Return(cached.loaded.credentials.clone()));
        }
        if waited_since.is_some_and(|finished| finished != state.finished_loads)
            && let Some(failure) = &state.failure
        {
            return Poll::Ready(Step::Fail(Arc::clone(failure)));
        }
        if state.is_loading {
            *waited_since = Some(state.finished_loads);
            if !state
                .waiting
                .iter()
                .any(|other| other.will_wake(context.waker()))
            {
                state.waiting.push(context.waker().clone());
            }
            return Poll::Pending;
        }
        state.is_loading = true;
        Poll::Ready(Step::Load(LoadGuard(&self.state)))
    }
}

impl<L: LoadCredentials> CredentialsProvider for RefreshingProvider<L> {
    async fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        let mut waited_since = None;
        let step = poll_fn(|context| self.poll_step(now, &mut waited_since, context)).await;
        match step {
            Step::Return(credentials) => Ok(credentials),
            Step::Fail(error) => Err(shared(error)),
            Step::Load(guard) => {
                let result = self.loader.load(now).await;
                guard.finish(now, result)
            }
        }
    }

    fn discard(&self, refused: &Credentials) -> bool {
        let mut state = lock(&self.state);
        let is_refused = |cached: &Cached| cached.loaded.credentials.is_clone_of(refused);
        if state.cached.as_ref().is_some_and(is_refused) {
            state.cached = None;
        }
        true
    }
}

/// The exclusive right to load. Dropping it wakes the waiting calls.
struct LoadGuard<'a>(&'a Mutex<State>);

impl LoadGuard<'_> {
    fn finish(
        self,
        now: Timestamp,
        result: Result<Loaded, ProviderError>,
    ) -> Result<Credentials, ProviderError> {
        let result = result
            .map(|loaded| Cached::new(loaded, now))
            .and_then(|cached| {
                if cached.is_valid(now) {
                    Ok(cached)
                } else {
                    Err(ProviderError::new(
                        "the loaded credentials have already expired",
                    ))
                }
            });
        let mut state = lock(self.0);
        state.finished_loads += 1;
        state.failure = None;
        match result {
            Ok(cached) => {
                let credentials = cached.loaded.credentials.clone();
                state.cached = Some(cached);
                Ok(credentials)
            }
            Err(error) => {
                if let Some(cached) = state.cached.as_mut().filter(|cached| cached.is_valid(now)) {
                    cached.refresh_at = now.unix_seconds() + RETRY_DELAY;
                    return Ok(cached.loaded.credentials.clone());
                }
                state.cached = None;
                if state.waiting.is_empty() {
                    return Err(error);
                }
                let error = Arc::new(error);
                state.failure = Some(Arc::clone(&error));
                Err(shared(error))
            }
        }
    }
}

impl Drop for LoadGuard<'_> {
    fn drop(&mut self) {
        let mut state = lock(self.0);
        state.is_loading = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl Cached {
    fn new(loaded: Loaded, now: Timestamp) -> Self {
        let now = now.unix_seconds();
        let refresh_at = match loaded.expires {
            None => now + MARGIN,
            Some(expires) => {
                let remaining = expires.unix_seconds().saturating_sub(now);
                now + (remaining / 2).max(remaining.saturating_sub(MARGIN))
            }
        };
        Self { loaded, refresh_at }
    }

    fn is_valid(&self, now: Timestamp) -> bool {
        self.loaded.expires.is_none_or(|expires| now < expires)
    }
}

/// Locks the state. Poisoning is ignored, because a panic leaves the state consistent.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn shared(error: Arc<ProviderError>) -> ProviderError {
    ProviderError::new("the load shared with other calls failed").because(SharedError(error))
}

/// The error of a load, shared by all calls that waited for it.
#[derive(Debug)]
struct SharedError(Arc<ProviderError>);

impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for SharedError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl<L> fmt::Debug for RefreshingProvider<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = lock(&self.state);
        let cached = state.cached.as_ref();
        let expires = cached.and_then(|cached| cached.loaded.expires);
        f.debug_struct("RefreshingProvider")
            .field("is_cached", &cached.is_some())
            .field("expires", &expires)
            .field("is_loading", &state.is_loading)
            .finish_non_exhaustive()
    }
}
