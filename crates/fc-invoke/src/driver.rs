//! What both clients share: everything but sending and waiting.

use std::fmt;
use std::sync::Arc;

use fc_headers::InputError;
use fc_sign::{Credentials, Nonce, SignError, Timestamp};

use crate::{
    Call, Endpoint, Environment, InvokeFunctionInput, InvokeOptions, RetryPolicy, Scheme, Signer,
    SystemEnvironment,
};

/// Where to send, how to sign, and the clock and dice of a client.
#[derive(Clone)]
pub(crate) struct Driver {
    pub(crate) endpoint: Endpoint,
    pub(crate) scheme: Scheme,
    pub(crate) policy: RetryPolicy,
    pub(crate) environment: Arc<dyn Environment>,
    /// What stands for the nonce under a scheme that sends none.
    no_nonce: Option<Nonce>,
}

impl Driver {
    pub(crate) fn new(endpoint: Endpoint, scheme: Scheme) -> Self {
        let environment = Arc::new(SystemEnvironment);
        Self {
            endpoint,
            scheme,
            policy: RetryPolicy::default(),
            environment,
            no_nonce: (scheme == Scheme::Fc)
                .then(|| "none".parse().ok())
                .flatten(),
        }
    }

    pub(crate) fn call(
        &self,
        input: &InvokeFunctionInput,
        options: InvokeOptions,
    ) -> Result<Call, InputError> {
        options.call(input, &self.endpoint, self.scheme, self.policy)
    }

    pub(crate) fn now(&self) -> Result<Timestamp, SignError> {
        self.environment.now().try_into()
    }

    pub(crate) fn signer(&self, credentials: &Credentials) -> Signer {
        Signer::new(self.scheme, credentials)
    }

    /// A fresh nonce for every attempt, where the scheme sends one.
    pub(crate) fn nonce(&self) -> Result<Nonce, SignError> {
        if let Some(nonce) = &self.no_nonce {
            return Ok(nonce.clone());
        }
        format!("{:032x}", self.environment.random()).parse()
    }

    /// A number that picks the point of a wait.
    pub(crate) fn dice(&self) -> u32 {
        u32::try_from(self.environment.random() & u128::from(u32::MAX)).unwrap_or_default()
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver")
            .field("endpoint", &self.endpoint)
            .field("scheme", &self.scheme)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
