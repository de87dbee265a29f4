//! The command `build`: typed input to a signed request, nothing sent.

use serde::{Deserialize, Serialize};

use super::{Credentials, HeaderList, Invocation, Scheme, base64_bytes};

/// What is to be built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildInput {
    /// The API revision, e.g. `2021-04-06`.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// Scheme and host, e.g. `https://1234.cn-hangzhou.fc.aliyuncs.com`.
    pub endpoint: String,
    /// Whose request it is.
    pub credentials: Credentials,
    /// The time of the request, `YYYY-MM-DDTHH:MM:SSZ`.
    pub time: String,
    /// The nonce, used by ACS3.
    pub nonce: String,
    /// The invocation.
    pub input: Invocation,
}

/// A request as it would go out; `Host` and `Content-Length` may be left out.
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
    /// A request of these four parts.
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
