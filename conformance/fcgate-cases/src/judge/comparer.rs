//! The comparisons that every check uses.

use fcgate_protocol::RefusalClass;

use super::Check;

/// The comparisons that the judge uses, and a hook that can change the checks of a case.
///
/// The judge uses [`CORRECT`](Self::CORRECT). The self-test replaces it with faulty comparisons and verifies that
/// the cases detect them.
#[derive(Clone, Copy)]
#[expect(
    missing_debug_implementations,
    reason = "function pointers have no useful text"
)]
pub struct Comparer {
    /// Whether the actual value is the expected one.
    pub equal: fn(&[u8], Option<&[u8]>) -> bool,
    /// Whether the value is absent.
    pub absent: fn(Option<&[u8]>) -> bool,
    /// Whether a property counts as true.
    pub holds: fn(bool) -> bool,
    /// Whether a refusal has the expected class.
    pub refused: fn(RefusalClass, RefusalClass) -> bool,
    /// A hook that can change the checks of a case at the end.
    pub checks: fn(&mut Vec<Check>),
}

impl Comparer {
    /// The correct comparisons.
    pub const CORRECT: Self = Self {
        equal: |expected, actual| actual == Some(expected),
        absent: |actual| actual.is_none(),
        holds: |holds| holds,
        refused: |expected, actual| expected == actual,
        checks: |_| (),
    };

    /// Checks that two byte strings are equal.
    pub(super) fn compare(
        &self,
        id: impl Into<String>,
        expected: &[u8],
        actual: Option<&[u8]>,
    ) -> Check {
        Check::comparison(id, expected, actual, (self.equal)(expected, actual))
    }

    /// Checks that two texts are equal.
    pub(super) fn compare_text(
        &self,
        id: impl Into<String>,
        expected: &str,
        actual: Option<&str>,
    ) -> Check {
        self.compare(id, expected.as_bytes(), actual.map(str::as_bytes))
    }

    /// Checks that a value is absent.
    pub(super) fn compare_absent(&self, id: impl Into<String>, actual: Option<&[u8]>) -> Check {
        Check::absence(id, actual, (self.absent)(actual))
    }

    /// Checks a property. The expected and the actual value are sentences.
    pub(super) fn check_property(
        &self,
        id: impl Into<String>,
        holds: bool,
        expected: &str,
        actual: &str,
    ) -> Check {
        Check::holds(id, (self.holds)(holds), expected, actual)
    }
}
