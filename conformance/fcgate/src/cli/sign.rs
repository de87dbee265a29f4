//! `fcgate sign`: signs a request offline and shows every stage.

mod curl;
mod headers;
mod options;
mod presigned_url;
mod reference_check;
mod rendering;
mod request_target;
mod signed_request;

use fc_conformance::verdict::Verdict;
use fcgate_text::redaction::redact_tokens;

use super::console::print;
use super::environment;
use super::failure::Failure;
use super::format_option::Format;
use super::key_redaction::redact_key;

pub(super) use self::options::SignOptions;
use self::signed_request::sign_request;

pub(super) fn sign(options: &SignOptions) -> Result<Verdict, Failure> {
    options.color.apply();
    let key = environment::access_key()?;
    let signed = sign_request(options, key.as_ref()).map_err(|mut failure| {
        failure.message = redact_key(&redact_tokens(&failure.message), key.as_ref());
        failure
    })?;
    let text = match options.format.format {
        Format::Text => rendering::text(&signed),
        Format::Json => rendering::json(&signed)?,
    };
    print(&redact_key(&text, key.as_ref()))?;
    Ok(Verdict::Conforming)
}
