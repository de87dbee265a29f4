//! What the fake endpoint records and sends.

mod answers;
mod scripts;
