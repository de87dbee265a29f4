//! The number of items of a page.

use fc_headers::{InputError, InputErrorKind};

/// The maximum number of items of a page: 1 to 100. The default of the service is 20. Source: metadata of both
/// revisions.
///
/// ```
/// use fc_invoke::PageLimit;
///
/// assert_eq!(PageLimit::try_from(50)?.get(), 50);
/// let error = PageLimit::try_from(101).unwrap_err();
/// assert_eq!(error.to_string(), "out-of-range: page limit: 101; expected 1 to 100");
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageLimit(u32);

impl PageLimit {
    /// The largest limit.
    pub const MAX: Self = Self(100);

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for PageLimit {
    type Error = InputError;

    /// # Errors
    ///
    /// `out-of-range` for 0 and for more than 100.
    fn try_from(limit: u32) -> Result<Self, InputError> {
        if (1..=Self::MAX.0).contains(&limit) {
            return Ok(Self(limit));
        }
        let detail = format!("{limit}; expected 1 to 100");
        Err(InputError::new(InputErrorKind::OutOfRange, "page limit").detail(detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_1_to_100() {
        assert_eq!(
            [1, 100].map(|limit| PageLimit::try_from(limit).unwrap().get()),
            [1, 100]
        );
        for limit in [0, 101, u32::MAX] {
            let error = PageLimit::try_from(limit).unwrap_err();
            assert_eq!(error.kind(), InputErrorKind::OutOfRange);
        }
    }
}
