//! Shrinks a failing input, and replays recorded shrink steps.

use super::family::{Stimuli, Tree};

/// The maximum number of shrink steps.
pub(super) const STEPS: usize = 512;

/// The smallest input that still fails, and the result of each step.
#[derive(Debug)]
pub(super) struct Shrunk {
    pub(super) drawn: Stimuli,
    /// Whether the input of each step failed; the last one failed.
    pub(super) steps: Vec<bool>,
}

/// Shrinks the input as long as `fails` returns a result.
pub(super) fn shrink(mut tree: Tree, mut fails: impl FnMut(&Stimuli) -> Option<bool>) -> Shrunk {
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

/// Replays the recorded steps.
pub(super) fn replay(tree: Tree, steps: &[bool]) -> Stimuli {
    let mut steps = steps.iter().copied();
    shrink(tree, |_| steps.next()).drawn
}
