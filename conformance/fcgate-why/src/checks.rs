//! Looks at a request for everything that is wrong with it besides the signature.
//!
//! Each file looks at one subject. What no source decides is a note, not a problem.

mod api_path;
mod bare_keys;
mod date;
mod header_values;
mod revision;
mod signed_url;
mod token;

use super::authorization::Authorization;
use super::captured::Exchange;
use super::findings::Findings;

/// Everything that is wrong with the request, and notes on what no source decides.
pub(super) fn check(exchange: &Exchange, authorization: &Authorization<'_>) -> Findings {
    let mut findings = Findings::default();
    for check in [
        api_path::check,
        revision::check,
        date::check,
        signed_url::check,
        token::check,
        header_values::check,
        bare_keys::check,
    ] {
        check(exchange, authorization, &mut findings);
    }
    findings
}
