//! The matrix as a table of text.

use std::fmt::{self, Write as _};
use std::time::Duration;

use super::cell::{CallResult, Cell};
use super::phase::Phase;

/// Faults as rows and phases as columns. Unexpected results are between exclamation marks.
pub(crate) fn table(cells: &[Cell]) -> String {
    let mut text = format!("{:<28}", cells.first().map_or("", |cell| cell.backend));
    for phase in Phase::ALL {
        let _ = write!(text, "{:<16}", phase.title());
    }
    for row in cells.chunks(Phase::ALL.len()) {
        let _ = write!(text, "\n{:<28}", row[0].fault);
        for cell in row {
            let word = cell.result.word();
            let shown = match cell.fault() {
                Some(_) => format!("!{word}!"),
                None => word.to_owned(),
            };
            let _ = write!(text, "{shown:<16}");
        }
    }
    let lines = text.lines().map(str::trim_end);
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// The counts.
pub(crate) struct Summary {
    cells: usize,
    not_applicable: usize,
    unexpected: usize,
    hangs: usize,
    panics: usize,
    second_invocations: usize,
    overrun: Duration,
    overrun_at: String,
}

impl Summary {
    pub(crate) fn of(cells: &[Cell]) -> Self {
        let count =
            |wanted: &dyn Fn(&Cell) -> bool| cells.iter().filter(|cell| wanted(cell)).count();
        let not_applicable = count(&|cell| cell.result == CallResult::NotApplicable);
        let latest = cells.iter().max_by_key(|cell| cell.overrun);
        Self {
            cells: cells.len() - not_applicable,
            not_applicable,
            unexpected: count(&|cell| cell.fault().is_some()),
            hangs: count(&|cell| cell.result == CallResult::Hang),
            panics: count(&|cell| cell.result == CallResult::Panic),
            second_invocations: count(&|cell| cell.invocations > 1),
            overrun: latest.map(|cell| cell.overrun).unwrap_or_default(),
            overrun_at: latest.map(Cell::place).unwrap_or_default(),
        }
    }

    pub(crate) fn is_good(&self) -> bool {
        self.unexpected + self.hangs + self.panics + self.second_invocations == 0
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} cells, {} not applicable, {} unexpected, {} hangs, {} panics, {} second invocations, \
             largest overrun of a limit {} ms ({})",
            self.cells,
            self.not_applicable,
            self.unexpected,
            self.hangs,
            self.panics,
            self.second_invocations,
            self.overrun.as_millis(),
            self.overrun_at,
        )
    }
}
