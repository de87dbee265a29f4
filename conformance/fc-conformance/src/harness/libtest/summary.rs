//! The number of tests by result.

/// The number of tests by result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::harness) struct Summary {
    pub(in crate::harness) passed: usize,
    pub(in crate::harness) failed: usize,
    pub(in crate::harness) ignored: usize,
    pub(in crate::harness) filtered_out: usize,
}
