//! Text for people: bytes made visible, and suggestions for names that are not known.

pub mod nearest;
pub mod visible;
