//! Every kind of fault in every phase of an exchange.

use super::Backend;
use crate::matrix::{Cell, Summary, run, table};

#[test]
fn every_fault_in_every_phase_has_an_expected_result() {
    let cells = run::<Backend>();
    assert!(cells.len() >= 20 * 6, "{} cells", cells.len());
    let wrong: Vec<String> = cells.iter().filter_map(Cell::fault).collect();
    let summary = Summary::of(&cells);
    assert!(
        summary.is_good(),
        "{summary}\n{}\n{}",
        table(&cells),
        wrong.join("\n")
    );
}
