//! The HTTP/1.1 side of the gate: a raw loopback origin that plays scripted answers, and the clock of its time limits.
#![expect(
    clippy::exhaustive_enums,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

pub mod clock;
pub mod origin;
