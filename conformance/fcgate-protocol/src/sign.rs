//! The command `sign`: signs a request in wire form.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Credentials, HeaderList, base64_bytes};

/// A signature scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// `FC id:base64`, the scheme of the manual.
    Fc,
    /// `ACS3-HMAC-SHA256`, the scheme of the generated SDKs.
    Acs3,
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fc => "fc",
            Self::Acs3 => "acs3",
        })
    }
}

/// Which canonical resource the `FC` scheme signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignKind {
    /// An API request: the decoded path alone.
    #[default]
    Api,
    /// An HTTP-trigger request: the decoded path, LF, the decoded pairs.
    HttpTrigger,
    /// A URL that carries its signature in the query.
    PresignedUrl,
}

/// The input of `sign`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInput {
    /// The signature scheme.
    pub scheme: Scheme,
    /// The kind of canonical resource. The default is `api`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SignKind>,
    /// The method, upper case.
    pub method: String,
    /// The absolute URL in wire form.
    pub url: String,
    /// The headers of the request before signing.
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
    /// The credentials that sign the request.
    pub credentials: Credentials,
    /// The time of the request, `YYYY-MM-DDTHH:MM:SSZ`. It is a string, because cases contain invalid times.
    pub time: String,
    /// The nonce, used by ACS3.
    pub nonce: String,
    /// The expiry of a pre-signed URL in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<i64>,
}

/// The output of `sign`: what the signer adds to the request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SignOutput {
    /// Every header that the signer added or changed.
    pub headers: HeaderList,
    /// The signed URL, for a pre-signed URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The intermediate texts. They make a diagnosis exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stages: Option<Stages>,
}

impl SignOutput {
    /// Creates the output of a signer that adds these headers.
    pub fn new(headers: HeaderList) -> Self {
        Self {
            headers,
            url: None,
            stages: None,
        }
    }

    /// Sets the signed URL.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the intermediate texts.
    #[must_use]
    pub fn stages(mut self, stages: Stages) -> Self {
        self.stages = Some(stages);
        self
    }
}

/// The intermediate texts of a signature. Each is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stages {
    /// `FC`: the lines of the `x-fc-` headers, each with an LF at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_headers: Option<String>,
    /// `FC`: the canonical resource, with the LF of HTTP triggers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_resource: Option<String>,
    /// ACS3: the canonical request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_request: Option<String>,
    /// The input of the HMAC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub string_to_sign: Option<String>,
    /// The signature as text: base64 (`FC`) or lower-case hex (ACS3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}
