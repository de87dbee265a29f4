//! The command `sign`: a request in wire form to its signature headers.

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

/// What is to be signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInput {
    /// The signature scheme.
    pub scheme: Scheme,
    /// The kind of canonical resource; `api` where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SignKind>,
    /// The method, upper case.
    pub method: String,
    /// The absolute URL in wire form.
    pub url: String,
    /// The headers that the request has before it is signed.
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
    /// Whose signature it is.
    pub credentials: Credentials,
    /// The time of the request, `YYYY-MM-DDTHH:MM:SSZ`; text, because cases try unreadable ones.
    pub time: String,
    /// The nonce, used by ACS3.
    pub nonce: String,
    /// The expiry of a pre-signed URL in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<i64>,
}

/// A signature: what is added to the request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SignOutput {
    /// Every header that the signing added or changed.
    pub headers: HeaderList,
    /// The whole signed URL, for a pre-signed URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The texts on the way, which make a diagnosis exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stages: Option<Stages>,
}

impl SignOutput {
    /// A signature that adds these headers.
    pub fn new(headers: HeaderList) -> Self {
        Self {
            headers,
            url: None,
            stages: None,
        }
    }

    /// The signed URL.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The stages.
    #[must_use]
    pub fn stages(mut self, stages: Stages) -> Self {
        self.stages = Some(stages);
        self
    }
}

/// The texts that lead to a signature; each may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stages {
    /// `FC`: the `x-fc-` block, every line ended by LF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_headers: Option<String>,
    /// `FC`: the last piece, exactly (with the LF of HTTP triggers).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_resource: Option<String>,
    /// ACS3: the canonical request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_request: Option<String>,
    /// What the HMAC covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub string_to_sign: Option<String>,
    /// The signature as text: base64 (`FC`) or lower-case hex (ACS3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}
