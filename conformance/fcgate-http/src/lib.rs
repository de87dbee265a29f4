//! The HTTP/1.1 side of the gate: one request reader, scripted answers, a raw loopback origin, and the clock of its
//! time limits.
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

pub mod answer;
pub mod clock;
pub mod loopback;
pub mod origin;
pub mod request;
