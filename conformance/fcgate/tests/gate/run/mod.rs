//! One run: its flags, shards and properties.

mod flags;
mod known_of_the_sdks;
mod properties;
mod shards;
