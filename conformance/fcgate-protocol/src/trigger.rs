//! The command `trigger`: a call of an HTTP trigger at the gate's fake endpoint.

use serde::{Deserialize, Serialize};

use super::{Credentials, HeaderList, Scheme, TransportClass, base64_bytes};

/// The input of `trigger`: a request in wire form, which the implementation authenticates and sends once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerInput {
    /// The signature scheme.
    pub scheme: Scheme,
    /// The method.
    pub method: String,
    /// The absolute URL in wire form, `http://127.0.0.1:PORT/path?query`.
    pub url: String,
    /// The headers of the caller.
    #[serde(default, skip_serializing_if = "HeaderList::is_empty")]
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
    /// The credentials that sign the request.
    pub credentials: Credentials,
    /// How the call is authenticated; `None` if it is signed by `scheme`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<TriggerAuth>,
    /// The time limit of the whole exchange in milliseconds.
    pub timeout_ms: u64,
}

/// The authentication of a call of an HTTP trigger that is not signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum TriggerAuth {
    /// The trigger demands nothing.
    Anonymous,
    /// A bearer token.
    Bearer {
        /// The token.
        token: String,
    },
}

impl TriggerInput {
    /// The credentials that the implementation must keep secret: a bearer token is the security token.
    pub fn secrets(&self) -> Credentials {
        let mut secrets = self.credentials.clone();
        if let Some(TriggerAuth::Bearer { token }) = &self.auth {
            secrets.security_token = Some(token.clone());
        }
        secrets
    }
}

/// The output of `trigger`: the response of the function, or why there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TriggerOutput {
    /// The complete response, whatever its status; `None` if none was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<TriggerResponse>,
    /// What happened instead of a complete response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<TransportClass>,
}

/// The response of an HTTP trigger: that of the function, unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TriggerResponse {
    /// The status code.
    pub status: u16,
    /// The headers.
    #[serde(default, skip_serializing_if = "HeaderList::is_empty")]
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
}

impl TriggerOutput {
    /// Creates an output from a complete response.
    pub fn received(status: u16, headers: HeaderList, body: Vec<u8>) -> Self {
        Self {
            response: Some(TriggerResponse {
                status,
                headers,
                body,
            }),
            class: None,
        }
    }

    /// Creates the output of a call without a complete response.
    pub fn failed(class: TransportClass) -> Self {
        Self {
            response: None,
            class: Some(class),
        }
    }
}
