//! The search for the mutant that gives the same wrong answers as the subject.

mod search;
mod signs;

pub use self::search::{Suspects, search};
pub use self::signs::Signs;
