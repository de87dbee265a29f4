//! What one run measured, and what it could not measure.

use serde::Serialize;

use super::line::Line;
use super::place::Place;
use super::program::Program;

/// Rows that belong together.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) rows: Vec<Line>,
}

impl Section {
    pub(super) fn new(title: &str, rows: Vec<Line>) -> Self {
        Self {
            title: title.to_owned(),
            rows,
        }
    }
}

/// The result of a run.
#[derive(Debug, Default, Serialize)]
pub(super) struct Measured {
    pub(super) sections: Vec<Section>,
    /// What was not measured, and why.
    pub(super) missing: Vec<String>,
    /// The points of all pictures.
    #[serde(skip)]
    pub(super) points: Vec<Place>,
}

impl Measured {
    /// Measures with a program; if it cannot be built or fails, that is a note.
    pub(super) fn add(
        &mut self,
        name: &str,
        program: Result<Program, String>,
        measure: impl FnOnce(Program, &mut Self) -> Result<(), String>,
    ) {
        if let Err(problem) = program.and_then(|program| measure(program, self)) {
            self.missing.push(format!("{name}: {problem}"));
        }
    }

    /// Returns the value; an error is a note.
    pub(super) fn or_note<T>(&mut self, result: Option<Result<T, String>>) -> Option<T> {
        match result? {
            Ok(value) => Some(value),
            Err(problem) => {
                self.missing.push(problem);
                None
            }
        }
    }
}
