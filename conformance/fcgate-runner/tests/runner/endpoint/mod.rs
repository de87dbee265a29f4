//! The fake endpoint: recorded requests and sent answers.

mod answers;
mod exact_bytes;
mod scripts;
