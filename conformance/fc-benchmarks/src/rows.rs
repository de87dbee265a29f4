//! All rows, in the order of the table.

mod request;
mod response;
mod signature;

use crate::row::Row;

pub(crate) fn all() -> Vec<Row> {
    let mut rows = signature::rows();
    rows.extend(request::rows());
    rows.extend(response::rows());
    rows
}
