//! All rows, in the order of the table.

mod cases;
mod serve;
mod why;
mod writers;

use fc_benchmarks::Row;

pub(crate) fn all() -> Vec<Row> {
    let mut rows = cases::rows();
    rows.extend(serve::rows());
    rows.extend(writers::rows());
    rows.extend(why::rows());
    rows.into_iter().map(Row::timed_only).collect()
}
