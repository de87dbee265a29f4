//! The settings of a function of the table.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

/// The longest time limit in seconds: one day, that of the service for asynchronous calls.
const LONGEST: f64 = 86_400.0;
/// The sizes in MB that the service offers.
const MEMORY: RangeInclusive<u32> = 128..=32_768;
const CONCURRENCY: RangeInclusive<usize> = 1..=1_000;
/// The service runs a failed asynchronous call again 8 times at most.
const MOST_RETRIES: u32 = 8;

/// The settings of a function. A value outside of its limits becomes the nearest one.
///
/// ```
/// use std::time::Duration;
/// use fc_local::FunctionSettings;
///
/// let mut settings = FunctionSettings::default();
/// settings.time_limit = Duration::from_secs(3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FunctionSettings {
    /// How long a call may take, one day at most; then it is a function error. 60 seconds unless set.
    pub time_limit: Duration,
    /// The memory in MB, 128 to 32,768: it is only reported. 512 unless set, the value of the manual's sample.
    pub memory: u32,
    /// How many asynchronous calls of the function run at a time, 1 to 1,000; further ones wait. 8 unless set; with 1 they run one after
    /// another, in the order in which they were accepted. Calls that wait for their result always run at once.
    pub concurrency: usize,
    /// How often a failed asynchronous call is run again, 0 unless set. The service does it 3 times unless the function is set
    /// otherwise, and 8 times at most. The waits before it are those of the service divided by 100: 5, 10, 20 milliseconds and
    /// so on.
    pub retries: u32,
}

impl FunctionSettings {
    /// A time limit in seconds.
    ///
    /// # Errors
    ///
    /// When it is not more than 0, or more than one day.
    pub fn read_time_limit(seconds: f64) -> Result<Duration, SettingError> {
        if seconds > 0.0 && seconds <= LONGEST {
            return Ok(Duration::from_secs_f64(seconds));
        }
        Err(SettingError {
            setting: "time_limit",
            expected: format!("more than 0 and at most {LONGEST} seconds"),
        })
    }

    /// A memory in MB.
    ///
    /// # Errors
    ///
    /// When the service does not offer it.
    pub fn read_memory(memory: u32) -> Result<u32, SettingError> {
        let expected = || format!("{} to {} (MB)", MEMORY.start(), MEMORY.end());
        within("memory", memory, &MEMORY, expected)
    }

    /// A number of asynchronous calls at a time.
    ///
    /// # Errors
    ///
    /// When it is 0 or more than 1,000.
    pub fn read_concurrency(calls: usize) -> Result<usize, SettingError> {
        let expected = || {
            let (least, most) = (CONCURRENCY.start(), CONCURRENCY.end());
            format!("{least} to {most} (asynchronous calls at a time)")
        };
        within("concurrency", calls, &CONCURRENCY, expected)
    }

    /// A number of retries.
    ///
    /// # Errors
    ///
    /// When it is more than 8.
    pub fn read_retries(retries: u32) -> Result<u32, SettingError> {
        let expected = || format!("0 to {MOST_RETRIES}");
        within("retries", retries, &(0..=MOST_RETRIES), expected)
    }

    /// The settings with each value within its limits.
    pub(crate) fn within_limits(self) -> Self {
        Self {
            time_limit: self.time_limit.min(Duration::from_secs_f64(LONGEST)),
            memory: self.memory.clamp(*MEMORY.start(), *MEMORY.end()),
            concurrency: self
                .concurrency
                .clamp(*CONCURRENCY.start(), *CONCURRENCY.end()),
            retries: self.retries.min(MOST_RETRIES),
        }
    }
}

fn within<T: PartialOrd>(
    setting: &'static str,
    value: T,
    limits: &RangeInclusive<T>,
    expected: impl Fn() -> String,
) -> Result<T, SettingError> {
    if limits.contains(&value) {
        return Ok(value);
    }
    let expected = expected();
    Err(SettingError { setting, expected })
}

/// A value outside of the limits of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingError {
    setting: &'static str,
    expected: String,
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} must be {}", self.setting, self.expected)
    }
}

impl std::error::Error for SettingError {}

impl Default for FunctionSettings {
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(60),
            memory: 512,
            concurrency: 8,
            retries: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::FunctionSettings;

    #[test]
    fn a_value_outside_of_its_limits_is_refused_when_it_is_read_and_clamped_in_code() {
        for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY, 86_401.0] {
            let error = FunctionSettings::read_time_limit(seconds).unwrap_err();
            assert_eq!(
                error.to_string(),
                "time_limit must be more than 0 and at most 86400 seconds"
            );
        }
        assert!(FunctionSettings::read_memory(127).is_err());
        assert!(FunctionSettings::read_concurrency(0).is_err());
        assert!(FunctionSettings::read_retries(9).is_err());
        let worst = FunctionSettings {
            time_limit: Duration::MAX,
            memory: u32::MAX,
            concurrency: 0,
            retries: u32::MAX,
        };
        let expected = FunctionSettings {
            time_limit: Duration::from_secs(86_400),
            memory: 32_768,
            concurrency: 1,
            retries: 8,
        };
        assert_eq!(worst.within_limits(), expected);
    }
}
