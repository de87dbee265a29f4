//! The fake endpoint: recorded requests and sent answers.

mod answers;
mod scripts;
