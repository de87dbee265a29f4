//! A foreign mistake with its name.

use fcgate_cases::corpus::Operation;

use super::step::Step;

/// A realistic mistake that is not a mutant of the catalog in this form.
#[derive(Clone, Copy)]
#[expect(
    missing_debug_implementations,
    reason = "function pointers have no useful text"
)]
pub struct ForeignMistake {
    /// Its name: lower-case words with dashes.
    pub name: &'static str,
    /// What an implementation with this mistake does: a sentence without subject and full stop.
    pub summary: &'static str,
    /// The codes of the mutants that are the same mistake; empty if there is none.
    pub right_names: &'static [&'static str],
    pub(super) step: Step,
}

impl ForeignMistake {
    pub(super) const fn new(
        name: &'static str,
        summary: &'static str,
        right_names: &'static [&'static str],
        step: Step,
    ) -> Self {
        Self {
            name,
            summary,
            right_names,
            step,
        }
    }

    /// Whether cases of this operation can show the mistake.
    pub fn touches(&self, operation: Operation) -> bool {
        use Operation::{Build, Invoke, Parse};
        match self.step {
            Step::SignsAnother(_) | Step::SignsText(_) | Step::Writes(_) | Step::Time(_) => {
                operation != Parse
            }
            Step::Input(_) | Step::Request(_) | Step::Sent(_) | Step::Refuses(_) => {
                matches!(operation, Build | Invoke)
            }
            Step::Response(_) | Step::Outcome(_) => matches!(operation, Parse | Invoke),
            Step::Exchange(_) | Step::Retry(_) => operation == Invoke,
        }
    }
}
