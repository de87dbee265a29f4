//! The input of the commands, as far as the SDK has options for it.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::Value;

use crate::{Failure, check_revision, internal};

pub(crate) const REVISION: &str = "2023-03-30";
pub(crate) const SCHEME: &str = "acs3";

/// On a busy machine a case without a time limit must not time out.
const PATIENCE: u64 = 30_000;

#[derive(Deserialize)]
pub(crate) struct Credentials {
    pub(crate) access_key_id: String,
    pub(crate) access_key_secret: String,
    security_token: Option<String>,
}

/// Where a command sends to, and with which keys.
pub(crate) struct Target {
    /// `https://host` or `http://127.0.0.1:PORT`.
    pub(crate) endpoint: String,
    pub(crate) credentials: Credentials,
    pub(crate) timeout: Duration,
}

impl Target {
    fn of(
        endpoint: String,
        credentials: Credentials,
        timeout: Option<u64>,
    ) -> Result<Self, Failure> {
        if credentials.security_token.is_some() {
            return Err(Failure::Unsupported("cred.sts"));
        }
        let timeout = Duration::from_millis(timeout.unwrap_or(PATIENCE));
        Ok(Self {
            endpoint,
            credentials,
            timeout,
        })
    }

    /// The scheme, and the host with its port.
    pub(crate) fn origin(&self) -> Result<(&str, &str), Failure> {
        let parts = self.endpoint.split_once("://");
        parts.ok_or_else(|| internal(format!("{}: expected an absolute URL", self.endpoint)))
    }
}

/// The typed input of an invocation; an absent field is one that the caller did not set.
#[derive(Deserialize, Default)]
pub(crate) struct Input {
    pub(crate) function: String,
    pub(crate) qualifier: Option<String>,
    pub(crate) invocation_type: Option<String>,
    pub(crate) log_type: Option<String>,
    pub(crate) stateful_async_invocation_id: Option<String>,
    stateful_async_invocation_enable: Option<bool>,
    account_id: Option<String>,
    trace_id: Option<String>,
    session: Option<Value>,
    #[serde(default)]
    headers: Vec<(String, String)>,
    payload_b64: Option<String>,
}

impl Input {
    /// The first part that the SDK has no option for.
    fn unsupported(&self) -> Option<&'static str> {
        let parts = [
            (
                self.stateful_async_invocation_enable.is_some(),
                "invoke.stateful",
            ),
            (self.account_id.is_some(), "invoke.account-id"),
            (self.trace_id.is_some(), "invoke.trace-id"),
            (self.session.is_some(), "sessions"),
            (!self.headers.is_empty(), "build.headers"),
        ];
        parts
            .into_iter()
            .find_map(|(given, part)| given.then_some(part))
    }

    pub(crate) fn is_async(&self) -> bool {
        self.invocation_type.as_deref() == Some("Async")
    }

    pub(crate) fn payload(&self) -> Result<Option<Vec<u8>>, Failure> {
        let decode = |text| BASE64_STANDARD.decode(text).map_err(internal);
        self.payload_b64.as_deref().map(decode).transpose()
    }
}

/// One invocation.
pub(crate) struct Call {
    pub(crate) target: Target,
    pub(crate) input: Input,
}

#[derive(Deserialize)]
struct CallInput {
    revision: String,
    scheme: String,
    endpoint: String,
    credentials: Credentials,
    timeout_ms: Option<u64>,
    retry: Option<Value>,
    input: Input,
}

impl Call {
    pub(crate) fn of(given: Value) -> Result<Self, Failure> {
        let given: CallInput = serde_json::from_value(given).map_err(internal)?;
        check_revision(&given.revision, &given.scheme)?;
        if given.retry.is_some() {
            return Err(Failure::Unsupported("retry"));
        }
        if let Some(part) = given.input.unsupported() {
            return Err(Failure::Unsupported(part));
        }
        let target = Target::of(given.endpoint, given.credentials, given.timeout_ms)?;
        Ok(Self {
            target,
            input: given.input,
        })
    }

    /// The plain call that `parse` uses.
    pub(crate) fn to_see_a_response(invocation_type: &str) -> Self {
        let input = Input {
            function: "demoFunction".into(),
            invocation_type: (invocation_type == "Async").then(|| invocation_type.to_owned()),
            payload_b64: Some("e30=".into()),
            ..Input::default()
        };
        let credentials = Credentials {
            access_key_id: "dummyAccessKeyId".into(),
            access_key_secret: "dummyAccessKeySecret".into(),
            security_token: None,
        };
        let timeout = Duration::from_millis(PATIENCE);
        let target = Target {
            endpoint: "http://service.invalid".into(),
            credentials,
            timeout,
        };
        Self { target, input }
    }
}

/// The input of `parse`.
#[derive(Deserialize)]
pub(crate) struct ParseInput {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    body_b64: String,
    pub(crate) invocation_type: String,
}

impl ParseInput {
    pub(crate) fn of(given: Value) -> Result<Self, Failure> {
        serde_json::from_value(given).map_err(internal)
    }

    pub(crate) fn body(&self) -> Result<Vec<u8>, Failure> {
        BASE64_STANDARD.decode(&self.body_b64).map_err(internal)
    }
}

/// One operation on tasks with its parameters.
#[derive(Deserialize)]
pub(crate) struct TaskRequest {
    pub(crate) operation: String,
    pub(crate) function: String,
    pub(crate) qualifier: Option<String>,
    #[serde(default)]
    pub(crate) task_id: String,
    pub(crate) prefix: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) started_time_begin: Option<i64>,
    pub(crate) started_time_end: Option<i64>,
    pub(crate) sort_order_by_time: Option<String>,
    pub(crate) include_payload: Option<bool>,
    pub(crate) limit: Option<i32>,
    pub(crate) next_token: Option<String>,
}

pub(crate) struct TaskCall {
    pub(crate) target: Target,
    pub(crate) request: TaskRequest,
}

#[derive(Deserialize)]
struct TaskInput {
    revision: String,
    scheme: String,
    endpoint: String,
    credentials: Credentials,
    timeout_ms: Option<u64>,
    request: TaskRequest,
}

impl TaskCall {
    pub(crate) fn of(given: Value) -> Result<Self, Failure> {
        let given: TaskInput = serde_json::from_value(given).map_err(internal)?;
        check_revision(&given.revision, &given.scheme)?;
        let target = Target::of(given.endpoint, given.credentials, given.timeout_ms)?;
        Ok(Self {
            target,
            request: given.request,
        })
    }
}
