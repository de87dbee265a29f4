//! Access key id and secret that were given in the wrong order.

use fcgate_protocol::Credentials;

use super::authorization::Authorization;
use super::captured::Exchange;
use super::cause::Cause;
use super::signed_request;

/// The cause if the authorization names the secret instead of the access key id. No text shows either.
pub(super) fn swapped(
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    key: &Credentials,
) -> Option<Cause> {
    let id = authorization.access_key_id();
    if id.is_empty() || id != key.access_key_secret {
        return None;
    }
    let other = Credentials::new(id, key.access_key_id.as_str());
    let signed = signed_request::of(exchange, authorization, &other)?;
    let cause = Cause::swapped_key()?;
    Some(Cause {
        is_proven: signed.is_signed_correctly(),
        ..cause
    })
}
