//! All rows, in the order of the table.

mod ali_acs;
mod aws_sigv4;
mod reqsign;

use fc_benchmarks::{Row, signature};

pub(crate) fn all() -> Vec<Row> {
    let again = "sign FC, dated: the same again, for the noise";
    let mut rows = vec![
        signature::sign_fc_row(signature::SIGN_FC),
        signature::sign_fc_row(again).over(signature::SIGN_FC),
        signature::sign_acs3_row(),
    ];
    rows.extend(aws_sigv4::rows());
    rows.extend(reqsign::rows());
    rows.extend(ali_acs::rows());
    rows
}
