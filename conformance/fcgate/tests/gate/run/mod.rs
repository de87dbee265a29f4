//! One run: its exit code, shards and properties.

mod exit_codes;
#[cfg(unix)]
mod limited_run;
mod properties;
mod sdk_known_failures;
mod shards;
#[cfg(target_os = "linux")]
mod shortages;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod standard_streams;
