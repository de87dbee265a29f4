//! All rows, in the order of the table.

mod errors;
mod growth;
mod request;
mod response;
pub mod signature;

use crate::row::Row;

/// Every row of the protocol crates.
pub fn all() -> Vec<Row> {
    let mut rows = signature::rows();
    rows.extend(request::rows());
    rows.extend(response::rows());
    rows.extend(errors::rows());
    rows.extend(growth::rows());
    rows
}
