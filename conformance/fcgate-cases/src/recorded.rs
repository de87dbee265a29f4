//! Recorded traffic of official SDKs: the oracle proves itself on it before it judges anybody.

use serde::{Deserialize, Serialize};

use crate::corpus::{CorpusError, CorpusErrorKind, Files};
use crate::oracle::{self, Verdict, WireRequest};
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignKind};

const FOLDER: &str = "recorded/requests/";

/// The recorded requests of one SDK.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recording {
    /// The SDK and its version.
    pub sdk: String,
    /// Its requests.
    pub requests: Vec<RecordedRequest>,
}

/// One request as it was on the wire.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecordedRequest {
    /// The name of the call that made it.
    pub case: String,
    /// Whose request it is.
    pub credentials: Credentials,
    /// The method.
    pub method: String,
    /// The request target as sent.
    pub target: String,
    /// The headers in wire order.
    pub headers: HeaderList,
    /// The body, where it was kept.
    #[serde(
        rename = "body_b64",
        default,
        skip_serializing_if = "Option::is_none",
        with = "fcgate_protocol::base64_bytes::optional"
    )]
    pub body: Option<Vec<u8>>,
    /// Its digest, where it was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_sha256: Option<String>,
    /// `fc`, `acs3`, `acs-v1` or `none`.
    pub scheme: String,
    /// Whether the published rule accepts it.
    pub verifies: bool,
    /// What was signed instead, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl RecordedRequest {
    /// What the oracle says of it; nothing for a scheme that the oracle does not know.
    pub fn verdict(&self) -> Option<Verdict> {
        let scheme = match self.scheme.as_str() {
            "fc" => Scheme::Fc,
            "acs3" => Scheme::Acs3,
            _ => return None,
        };
        let request = WireRequest::new(&self.method, &self.target).headers(&self.headers);
        let request = match (&self.body, &self.body_sha256) {
            (Some(body), _) => request.body(body),
            (None, Some(digest)) => request.body_sha256(digest),
            (None, None) => request,
        };
        // Whether a token had to be sent is not the question: some SDKs drop it on purpose.
        let key = Credentials {
            security_token: None,
            ..self.credentials.clone()
        };
        Some(oracle::verify(&request, scheme, self.kind(), &key))
    }

    fn kind(&self) -> SignKind {
        kind_of(&self.target)
    }
}

/// API requests go to `/services/` or `/functions/`, everything else is an HTTP trigger.
pub fn kind_of(target: &str) -> SignKind {
    let mut segments = target.split(['/', '?']).skip(2);
    if segments
        .next()
        .is_some_and(|segment| matches!(segment, "services" | "functions"))
    {
        SignKind::Api
    } else {
        SignKind::HttpTrigger
    }
}

/// Every recording among the files.
///
/// # Errors
///
/// The first file that is not a recording.
pub fn recordings(files: &Files) -> Result<Vec<Recording>, CorpusError> {
    files
        .below(FOLDER)
        .map(|(path, text)| {
            serde_json::from_slice(text)
                .map_err(|error| CorpusError::new(CorpusErrorKind::Schema, path, error.to_string()))
        })
        .collect()
}

/// The recorded requests of which the oracle says something else than the record.
pub fn disagreements(recordings: &[Recording]) -> Vec<String> {
    let mut found = Vec::new();
    for recording in recordings {
        for request in &recording.requests {
            let verdict = request.verdict();
            let verifies = verdict.as_ref().is_some_and(Verdict::verifies);
            if verifies != request.verifies {
                let reason = verdict.and_then(|verdict| verdict.reason);
                let said = reason.map_or_else(|| "it verifies".to_owned(), |why| why.to_string());
                found.push(format!(
                    "{}, {}: the oracle says: {said}",
                    recording.sdk, request.case
                ));
            }
        }
    }
    found
}
