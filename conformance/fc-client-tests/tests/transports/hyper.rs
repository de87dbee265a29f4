//! The suite over the hyper adapter.

use crate::backends::Hyper as Backend;

#[path = "suite/basics.rs"]
mod basics;
#[path = "suite/cancelling.rs"]
mod cancelling;
#[path = "suite/chunks.rs"]
mod chunks;
#[path = "suite/cuts.rs"]
mod cuts;
#[path = "suite/early.rs"]
mod early;
#[path = "suite/encodings.rs"]
mod encodings;
#[path = "suite/faults.rs"]
mod faults;
#[path = "suite/heads.rs"]
mod heads;
#[path = "suite/interim.rs"]
mod interim;
#[path = "suite/lengths.rs"]
mod lengths;
#[path = "suite/limits.rs"]
mod limits;
#[path = "suite/memory.rs"]
mod memory;
#[path = "suite/proxies.rs"]
mod proxies;
#[path = "suite/redirects.rs"]
mod redirects;
#[path = "suite/reuse.rs"]
mod reuse;
#[path = "suite/streams.rs"]
mod streams;
