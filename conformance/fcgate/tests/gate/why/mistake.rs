//! A mistake: what was signed instead of the sent request.

use fcgate_cases::oracle::WireRequest;

/// How a request is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    FcApi,
    FcTrigger,
    FcUrl,
    Acs3Api,
    Acs3Trigger,
}

pub(super) use Form::{Acs3Api, Acs3Trigger, FcApi, FcTrigger, FcUrl};

/// A mistake: what was signed instead of the sent request, and with which secret.
pub(super) struct Mistake {
    pub(super) form: Form,
    /// Changes the sent request into the signed one.
    pub(super) signed: fn(&mut WireRequest),
    /// Changes the secret.
    pub(super) secret: fn(&str) -> String,
    /// Changes the signature.
    pub(super) signature: fn(&str) -> String,
    pub(super) name: &'static str,
    pub(super) words: &'static str,
}

pub(super) fn same(text: &str) -> String {
    text.to_owned()
}

pub(super) const fn change(
    form: Form,
    signed: fn(&mut WireRequest),
    name: &'static str,
    words: &'static str,
) -> Mistake {
    Mistake {
        form,
        signed,
        secret: same,
        signature: same,
        name,
        words,
    }
}

pub(super) const fn secret(form: Form, secret: fn(&str) -> String, words: &'static str) -> Mistake {
    Mistake {
        secret,
        ..change(form, |_| {}, "secret-in-another-spelling", words)
    }
}

pub(super) const fn signature(
    form: Form,
    signature: fn(&str) -> String,
    name: &'static str,
    words: &'static str,
) -> Mistake {
    Mistake {
        signature,
        ..change(form, |_| {}, name, words)
    }
}

pub(super) fn set(request: &mut WireRequest, name: &str, value: &str) {
    request.headers.set(name, value);
}

pub(super) fn set_method(request: &mut WireRequest, method: &str) {
    method.clone_into(&mut request.method);
}

pub(super) fn retarget(request: &mut WireRequest, from: &str, to: &str) {
    assert!(request.target.contains(from), "{}", request.target);
    request.target = request.target.replacen(from, to, 1);
}

pub(super) const METHOD: &str = "another-method-sent";
pub(super) const SLASHES: &str = "slashes-changed-on-the-way";
pub(super) const PREFIXED: &str = "path-prefixed-on-the-way";
pub(super) const PREFIX_REMOVED: &str = "path-prefix-removed-on-the-way";
pub(super) const QUERY_ADDED: &str = "query-parameters-added-after-signing";
pub(super) const QUERY_LOST: &str = "query-parameters-signed-not-sent";
pub(super) const QUERY: &str = "query-changed-on-the-way";
pub(super) const NOT_SENT: &str = "header-signed-not-sent";
pub(super) const ADDED: &str = "headers-added-after-signing";
pub(super) const VALUE: &str = "header-value-changed-after-signing";
pub(super) const TYPE: &str = "another-content-type-sent";
pub(super) const HOST: &str = "host-changed-after-signing";
pub(super) const ZONE: &str = "date-of-another-time-zone";
pub(super) const DATE: &str = "date-changed-after-signing";
pub(super) const BODY_CHANGED: &str = "body-changed-after-signing";
pub(super) const SIGNATURE: &str = "signature-changed-on-the-way";
