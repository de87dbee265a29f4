//! Making a failing input small, and doing the same again without asking.

use super::family::{Drawn, Tree};

/// How many smaller inputs are tried.
pub(super) const STEPS: usize = 512;

/// The smallest input that still fails, and what became of each input that was tried on the way.
#[derive(Debug)]
pub(super) struct Shrunk {
    pub(super) drawn: Drawn,
    /// For each step whether it failed; the last one did.
    pub(super) steps: Vec<bool>,
}

/// Walks to smaller inputs for as long as `fails` has an answer.
pub(super) fn shrink(mut tree: Tree, mut fails: impl FnMut(&Drawn) -> Option<bool>) -> Shrunk {
    let mut drawn = tree.current();
    let mut steps = Vec::new();
    let mut on = tree.simplify();
    while on && steps.len() < STEPS {
        let current = tree.current();
        let Some(failed) = fails(&current) else {
            break;
        };
        steps.push(failed);
        on = if failed {
            drawn = current;
            tree.simplify()
        } else {
            tree.complicate()
        };
    }
    let useful = steps.iter().rposition(|failed| *failed);
    steps.truncate(useful.map_or(0, |last| last + 1));
    Shrunk { drawn, steps }
}

/// Walks the same way again.
pub(super) fn replay(tree: Tree, steps: &[bool]) -> Drawn {
    let mut steps = steps.iter().copied();
    shrink(tree, |_| steps.next()).drawn
}
