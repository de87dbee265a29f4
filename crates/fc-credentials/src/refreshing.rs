//! Credentials that are kept, shared and replaced before they end.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use fc_sign::{Credentials, CredentialsProvider, ProviderError, Timestamp};

use crate::{LoadCredentials, Loaded};

/// How long before their end credentials are replaced, and how long open-ended ones are kept, in seconds.
const MARGIN: u64 = 5 * 60;
/// How long after an early replacement has failed it is tried again, in seconds.
const PAUSE: u64 = 30;

/// Keeps what was loaded, shares it, and loads anew before it ends.
///
/// - Loaded anew five minutes before the end; when less than ten are left at the time of loading, after half of them.
///   Open-ended credentials are loaded anew after five minutes, so that a rotated key is found.
/// - One load at a time, however many ask: the others get what is kept while that is still valid, and wait for the
///   outcome of the load when it is not, also when it fails. A load that is dropped half-way is taken over.
/// - When a load fails, what is kept is used as long as it is valid, and the load is tried again after 30 seconds.
/// - Credentials that have ended at `now` are never handed out, also when they were loaded just now.
///
/// The time is the `now` of each call and nothing else. Asynchronous, without a runtime.
///
/// ```
/// use fc_credentials::{LoadCredentials, Loaded, Refreshing};
/// use fc_sign::{Credentials, CredentialsProvider, ProviderError, Timestamp};
///
/// /// Asks a vault of ours.
/// struct Vault;
///
/// impl LoadCredentials for Vault {
///     async fn load(&self, now: Timestamp) -> Result<Loaded, ProviderError> {
///         # let (id, secret, token) = ("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789", "CAISdummySTS");
///         let refused = |error| ProviderError::new("the vault's key cannot be used").because(error);
///         let credentials = Credentials::temporary(
///             id.parse().map_err(refused)?,
///             secret.parse().map_err(refused)?,
///             token.parse().map_err(refused)?,
///         );
///         let in_an_hour = Timestamp::try_from(now.unix_seconds() + 3600)
///             .map_err(|error| ProviderError::new("the vault's clock is wrong").because(error))?;
///         Ok(Loaded::until(credentials, in_an_hour))
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let provider = Refreshing::new(Vault);
/// let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// assert!(provider.credentials(now).await?.is_temporary());
/// # Ok(())
/// # }
/// ```
pub struct Refreshing<L> {
    loader: L,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    loading: bool,
    /// How many loads have come to an end.
    ended: u64,
    /// The outcome of the last load, if it failed while others waited for it.
    failure: Option<Arc<ProviderError>>,
    waiting: Vec<Waker>,
}

struct Kept {
    loaded: Loaded,
    replace_at: u64,
}

/// What a caller gets to do.
enum Turn<'a> {
    Use(Credentials),
    Fail(Arc<ProviderError>),
    Load(Loading<'a>),
}

impl<L> Refreshing<L> {
    /// Nothing is loaded before the first call.
    pub fn new(loader: L) -> Self {
        Self {
            loader,
            state: Mutex::default(),
        }
    }

    pub(crate) fn into_loader(self) -> L {
        self.loader
    }

    fn poll_turn(
        &self,
        now: Timestamp,
        waited_since: &mut Option<u64>,
        context: &Context<'_>,
    ) -> Poll<Turn<'_>> {
        let mut state = lock(&self.state);
        if let Some(kept) = state.kept.as_ref().filter(|kept| kept.is_valid(now))
            && (state.loading || now.unix_seconds() < kept.replace_at)
        {
            return Poll::Ready(Turn::Use(kept.loaded.credentials.clone()));
        }
        if waited_since.is_some_and(|ended| ended != state.ended)
            && let Some(failure) = &state.failure
        {
            return Poll::Ready(Turn::Fail(Arc::clone(failure)));
        }
        if state.loading {
            *waited_since = Some(state.ended);
            if !state
                .waiting
                .iter()
                .any(|other| other.will_wake(context.waker()))
            {
                state.waiting.push(context.waker().clone());
            }
            return Poll::Pending;
        }
        state.loading = true;
        Poll::Ready(Turn::Load(Loading(&self.state)))
    }
}

impl<L: LoadCredentials> CredentialsProvider for Refreshing<L> {
    async fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        let mut waited_since = None;
        let turn = poll_fn(|context| self.poll_turn(now, &mut waited_since, context)).await;
        match turn {
            Turn::Use(credentials) => Ok(credentials),
            Turn::Fail(error) => Err(shared(error)),
            Turn::Load(loading) => {
                let outcome = self.loader.load(now).await;
                loading.end(now, outcome)
            }
        }
    }
}

/// The right to load; given back when it is dropped.
struct Loading<'a>(&'a Mutex<State>);

impl Loading<'_> {
    fn end(
        self,
        now: Timestamp,
        outcome: Result<Loaded, ProviderError>,
    ) -> Result<Credentials, ProviderError> {
        let outcome = outcome
            .map(|loaded| Kept::new(loaded, now))
            .and_then(|kept| {
                let ended = || ProviderError::new("what was loaded has ended already");
                if kept.is_valid(now) {
                    Ok(kept)
                } else {
                    Err(ended())
                }
            });
        let mut state = lock(self.0);
        state.ended += 1;
        state.failure = None;
        match outcome {
            Ok(kept) => {
                let credentials = kept.loaded.credentials.clone();
                state.kept = Some(kept);
                Ok(credentials)
            }
            Err(error) => {
                if let Some(kept) = state.kept.as_mut().filter(|kept| kept.is_valid(now)) {
                    kept.replace_at = now.unix_seconds() + PAUSE;
                    return Ok(kept.loaded.credentials.clone());
                }
                state.kept = None;
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

impl Drop for Loading<'_> {
    fn drop(&mut self) {
        let mut state = lock(self.0);
        state.loading = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl Kept {
    fn new(loaded: Loaded, now: Timestamp) -> Self {
        let now = now.unix_seconds();
        let replace_at = match loaded.expires {
            None => now + MARGIN,
            Some(expires) => {
                let left = expires.unix_seconds().saturating_sub(now);
                now + (left / 2).max(left.saturating_sub(MARGIN))
            }
        };
        Self { loaded, replace_at }
    }

    fn is_valid(&self, now: Timestamp) -> bool {
        self.loaded.expires.is_none_or(|expires| now < expires)
    }
}

/// A panic under the lock leaves nothing half-done.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn shared(error: Arc<ProviderError>) -> ProviderError {
    ProviderError::new("the load that several calls waited for has failed").because(Shared(error))
}

/// One error for all who waited.
#[derive(Debug)]
struct Shared(Arc<ProviderError>);

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Shared {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl<L> fmt::Debug for Refreshing<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = lock(&self.state);
        let expires = state.kept.as_ref().and_then(|kept| kept.loaded.expires);
        f.debug_struct("Refreshing")
            .field("loaded", &state.kept.is_some())
            .field("expires", &expires)
            .field("loading", &state.loading)
            .finish_non_exhaustive()
    }
}
