//! Finds the signature in a request: in the authorization header or in the URL.

use fcgate_text::visible;

use super::captured::CapturedRequest;
use super::signature_scheme::SignatureScheme;
use super::unexplainable::Unexplainable;

/// The signature of a request, read leniently; the verdict reports malformed parts later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Authorization<'a> {
    /// `FC id:signature`.
    Fc {
        authorization: &'a str,
        id: &'a str,
        signature: &'a str,
    },
    /// A signed URL of the `FC` scheme; the signature as sent.
    Url { signature: &'a str },
    /// `ACS3-HMAC-SHA256 Credential=..,SignedHeaders=..,Signature=..`.
    Acs3 {
        authorization: &'a str,
        id: &'a str,
        names: &'a str,
        signature: &'a str,
    },
    /// `acs id:signature`.
    AcsV1 { id: &'a str, signature: &'a str },
    /// A bearer token instead of a signature.
    Bearer,
    /// No signature.
    None,
}

impl<'a> Authorization<'a> {
    pub(super) fn of(request: &'a CapturedRequest) -> Result<Self, Unexplainable> {
        let Some(authorization) = request.value("authorization") else {
            return Ok(Self::without_authorization(request));
        };
        let lower = authorization.to_ascii_lowercase();
        if lower.starts_with("acs3-hmac-sha256") {
            let part = |name: &str| {
                let (_, rest) = authorization.split_once(name)?;
                rest.split(',').next().map(str::trim)
            };
            return Ok(Self::Acs3 {
                authorization,
                id: part("Credential=").unwrap_or_default(),
                names: part("SignedHeaders=").unwrap_or_default(),
                signature: part("Signature=").unwrap_or_default(),
            });
        }
        if lower.starts_with("bearer ") {
            return Ok(Self::Bearer);
        }
        let after = |word: &str| {
            let rest = authorization.get(word.len()..)?;
            lower.starts_with(word).then(|| rest.trim())
        };
        let split = |rest: &'a str| rest.split_once(':').unwrap_or((rest, ""));
        if let Some((id, signature)) = after("acs ").map(split) {
            return Ok(Self::AcsV1 { id, signature });
        }
        let is_fc = lower.starts_with("fc ") || authorization.contains(':');
        if let Some((id, signature)) = after("fc").filter(|_| is_fc).map(split) {
            return Ok(Self::Fc {
                authorization,
                id,
                signature,
            });
        }
        // In an unknown scheme even the first word may be a secret.
        let word = authorization
            .split_once(' ')
            .map(|(word, _)| word)
            .filter(|word| word.len() < 24);
        let word = word.map_or_else(|| "(not shown)".to_owned(), |word| visible::line(word, 24));
        Err(Unexplainable::Scheme(word))
    }

    fn without_authorization(request: &'a CapturedRequest) -> Self {
        let pairs = request.query().split('&');
        let mut pairs = pairs.filter_map(|pair| pair.strip_prefix("x-fc-signature="));
        if let Some(signature) = pairs.next() {
            return Self::Url { signature };
        }
        let is_bearer = request.value("x-acs-bearer-token").is_some()
            || request
                .value("x-acs-signature-type")
                .is_some_and(|word| word.eq_ignore_ascii_case("bearertoken"));
        if is_bearer { Self::Bearer } else { Self::None }
    }

    pub(super) fn scheme(&self) -> SignatureScheme {
        match self {
            Self::Fc { .. } => SignatureScheme::Fc,
            Self::Url { .. } => SignatureScheme::FcPresignedUrl,
            Self::Acs3 { .. } => SignatureScheme::Acs3,
            Self::AcsV1 { .. } => SignatureScheme::AcsV1,
            Self::Bearer => SignatureScheme::Bearer,
            Self::None => SignatureScheme::None,
        }
    }

    pub(super) fn is_unsigned(&self) -> bool {
        matches!(self, Self::Bearer | Self::None)
    }

    pub(super) fn access_key_id(&self) -> &'a str {
        match *self {
            Self::Fc { id, .. } | Self::Acs3 { id, .. } | Self::AcsV1 { id, .. } => id,
            Self::Url { .. } | Self::Bearer | Self::None => "",
        }
    }
}
