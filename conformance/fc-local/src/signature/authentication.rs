//! Detects how a request is signed.

use percent_encoding::percent_decode_str;

use crate::received_request::ReceivedRequest;
use crate::route::Route;
use crate::trigger_auth::TriggerAuth;
use fcgate_protocol::{Scheme, SignKind};

/// The way in which a request is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Authentication {
    Signed(Scheme, SignKind),
    /// With a bearer token, for an HTTP trigger of FC 3.0.
    Bearer,
    /// Not at all, and the HTTP trigger demands nothing.
    Anonymous,
    /// With a scheme that the server does not verify.
    Foreign(&'static str),
    Unsigned,
}

impl Authentication {
    pub(super) fn of(received: &ReceivedRequest, route: &Route) -> Self {
        if let Route::TriggerHost(_, auth) = route {
            match auth {
                TriggerAuth::Anonymous => return Self::Anonymous,
                TriggerAuth::Bearer => return Self::Bearer,
                TriggerAuth::Signature | TriggerAuth::SignatureOrBearer => {}
            }
        }
        let Some(authorization) = received.value("authorization") else {
            let (_, query) = received.target.split_once('?').unwrap_or_default();
            return if parameter(query, "x-fc-signature").is_some() {
                Self::Signed(Scheme::Fc, SignKind::PresignedUrl)
            } else if received.value("x-acs-bearer-token").is_some() {
                Self::Foreign("bearer token")
            } else {
                Self::Unsigned
            };
        };
        let word = authorization.split([' ', ':']).next().unwrap_or_default();
        match word.to_ascii_lowercase().as_str() {
            "acs" => Self::Foreign("acs (HMAC-SHA1)"),
            "bearer" => match route {
                Route::TriggerHost(_, TriggerAuth::SignatureOrBearer) => Self::Bearer,
                // A trigger that demands a signature looks for nothing else.
                Route::TriggerHost(..) => Self::Unsigned,
                _ => Self::Foreign("bearer token"),
            },
            word if word.starts_with("acs3") => Self::Signed(Scheme::Acs3, SignKind::Api),
            word if word.starts_with("fc") => Self::Signed(Scheme::Fc, route.kind()),
            _ => Self::Foreign("unknown"),
        }
    }

    /// The name of this form in the log.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Signed(Scheme::Fc, SignKind::PresignedUrl) => "FC in the URL",
            Self::Signed(Scheme::Fc, _) => "FC",
            Self::Signed(Scheme::Acs3, _) => "ACS3",
            Self::Bearer => "bearer token",
            Self::Anonymous => "anonymous",
            Self::Foreign(word) => word,
            Self::Unsigned => "unsigned",
        }
    }
}

/// The access key id, if the signature contains one.
pub(super) fn key_id(received: &ReceivedRequest, scheme: Scheme, kind: SignKind) -> Option<String> {
    if kind == SignKind::PresignedUrl {
        return parameter(received.target.split_once('?')?.1, "x-fc-access-key-id");
    }
    let authorization = received.value("authorization")?;
    let id = match scheme {
        Scheme::Fc => authorization.split_once(' ')?.1.trim().split(':').next()?,
        Scheme::Acs3 => authorization
            .split_once("Credential=")?
            .1
            .split(',')
            .next()?,
    };
    Some(id.to_owned())
}

/// The `SignedHeaders` list of an ACS3 signature.
pub(super) fn signed_names(received: &ReceivedRequest) -> Option<&str> {
    let (_, rest) = received
        .value("authorization")?
        .split_once("SignedHeaders=")?;
    rest.split(',').next()
}

/// The first value of a query parameter.
pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    let value = value.replace('+', " ");
    Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
}
