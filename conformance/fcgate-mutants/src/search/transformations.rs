//! Changes between signing and sending, by the part of the request that they change.
//!
//! Each function returns the requests that may have been signed instead of the captured one.

mod body;
pub(super) mod date;
mod headers;
mod host;
mod method;
mod path;
mod path_spellings;
mod query;
mod query_spellings;
mod secret;
mod values;

use super::original::{Candidates, Original};

/// A function that returns the requests that may have been signed.
type Transformations = for<'a> fn(&'a Original<'a>) -> Candidates<'a>;

/// All kinds of changes, the ordinary ones first.
pub(super) const ALL: [Transformations; 11] = [
    secret::transformations,
    headers::added,
    method::transformations,
    path::transformations,
    query::transformations,
    date::transformations,
    headers::repeated,
    values::transformations,
    headers::not_sent,
    host::transformations,
    body::transformations,
];
