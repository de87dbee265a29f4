//! One run: its exit code, shards and properties.

mod exit_codes;
mod properties;
mod sdk_known_failures;
mod shards;
