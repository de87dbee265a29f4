//! Recorded traffic of official SDKs, which the oracle must verify as recorded.

use serde::{Deserialize, Serialize};

use crate::corpus::{CorpusError, CorpusErrorKind, Files};
use crate::oracle::{self, Verdict, WireRequest};
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignKind};

const FOLDER: &str = "recorded/requests/";

/// The recorded requests of one SDK.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recording {
    /// The name and version of the SDK.
    pub sdk: String,
    /// The requests of the SDK.
    pub requests: Vec<RecordedRequest>,
}

/// One recorded request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecordedRequest {
    /// The name of the call that sent the request.
    pub case: String,
    /// The credentials that signed the request.
    pub credentials: Credentials,
    /// The method.
    pub method: String,
    /// The request target as sent.
    pub target: String,
    /// The headers in wire order.
    pub headers: HeaderList,
    /// The body, if the recording contains it.
    #[serde(
        rename = "body_b64",
        default,
        skip_serializing_if = "Option::is_none",
        with = "fcgate_protocol::base64_bytes::optional"
    )]
    pub body: Option<Vec<u8>>,
    /// The digest of the body, if the recording does not contain the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_sha256: Option<String>,
    /// `fc`, `acs3`, `acs-v1` or `none`.
    pub scheme: String,
    /// Whether the request is valid by the published rules.
    pub verifies: bool,
    /// For a request that is not valid, what the SDK signed instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl RecordedRequest {
    /// Returns the verdict of the oracle, or `None` for a scheme that the oracle does not support.
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
        // The security token is not checked, because some SDKs drop it on purpose.
        let key = Credentials {
            security_token: None,
            ..self.credentials.clone()
        };
        Some(oracle::verify(&request, scheme, self.kind(), &key))
    }

    fn kind(&self) -> SignKind {
        sign_kind_of_target(&self.target)
    }
}

/// Returns the kind of a request by its target.
///
/// The paths of API requests contain `/services/` or `/functions/` after the revision. Every other path is an HTTP
/// trigger.
pub fn sign_kind_of_target(target: &str) -> SignKind {
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

/// Reads every recording in the files.
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

/// Returns a message for each recorded request on which the oracle and the recording disagree.
pub fn disagreements(recordings: &[Recording]) -> Vec<String> {
    let mut found = Vec::new();
    for recording in recordings {
        for request in &recording.requests {
            let verdict = request.verdict();
            let verifies = verdict.as_ref().is_some_and(Verdict::verifies);
            if verifies != request.verifies {
                let reason = verdict.and_then(|verdict| verdict.reason);
                let result = reason.map_or_else(|| "valid".to_owned(), |why| why.to_string());
                found.push(format!(
                    "{}, {}: result of the oracle: {result}",
                    recording.sdk, request.case
                ));
            }
        }
    }
    found
}
