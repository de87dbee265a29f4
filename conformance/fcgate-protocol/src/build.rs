//! The command `build`: builds and signs a request from typed input without sending it.

use serde::{Deserialize, Serialize};

use super::{Credentials, HeaderList, Invocation, Scheme, base64_bytes};

/// The input of `build`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildInput {
    /// The API revision, e.g. `2021-04-06`.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// Scheme and host, e.g. `https://1234.cn-hangzhou.fc.aliyuncs.com`.
    pub endpoint: String,
    /// The credentials that sign the request.
    pub credentials: Credentials,
    /// The time of the request, `YYYY-MM-DDTHH:MM:SSZ`.
    pub time: String,
    /// The nonce, used by ACS3.
    pub nonce: String,
    /// The invocation.
    pub input: Invocation,
}

/// The output of `build`: the request that the implementation would send. `Host` and `Content-Length` may be absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BuildOutput {
    /// The method.
    pub method: String,
    /// The absolute URL in wire form.
    pub url: String,
    /// The headers in wire order.
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
}

impl BuildOutput {
    /// Creates an output from the four parts of a request.
    pub fn new(
        method: impl Into<String>,
        url: impl Into<String>,
        headers: HeaderList,
        body: Vec<u8>,
    ) -> Self {
        Self {
            method: method.into(),
            url: url.into(),
            headers,
            body,
        }
    }
}
