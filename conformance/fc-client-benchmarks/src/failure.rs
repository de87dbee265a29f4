//! The error of a measurement.

use std::error::Error;

pub(crate) type Failure = Box<dyn Error + Send + Sync>;
