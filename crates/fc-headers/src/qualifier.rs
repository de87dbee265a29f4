//! The version or alias of a service.

use crate::grammar::{First, name};

name! {
    /// The version of the service to invoke: a version number, an alias, or `LATEST` (the default).
    ///
    /// A version is 1 to 128 decimal digits; an alias is `[A-Za-z_][A-Za-z0-9_-]{0,127}`,
    /// case-sensitive. In revision 2021-04-06 the qualifier is in the query, which the `FC` signature
    /// does not cover, so characters that could change the query are rejected. Source: manual of
    /// FC 2.0, `InvokeFunction` and `CreateAlias`.
    ///
    /// ```
    /// use fc_headers::{InputErrorKind, Qualifier};
    ///
    /// assert_eq!(Qualifier::latest(), "LATEST".parse()?);
    /// assert_eq!("12".parse::<Qualifier>()?.as_str(), "12");
    /// let error = "a&account=1".parse::<Qualifier>().unwrap_err();
    /// assert_eq!(error.kind(), InputErrorKind::ForbiddenByte);
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    Qualifier, "qualifier", First::LetterUnderscoreOrVersion
}

impl Qualifier {
    /// The qualifier `LATEST`: the newest code, published as a version or not.
    pub fn latest() -> Self {
        Self("LATEST".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_an_alias_and_latest_are_accepted() {
        for text in ["1", "12", "prod", "_canary-2", "LATEST"] {
            assert_eq!(text.parse::<Qualifier>().unwrap().as_str(), text);
        }
        assert_eq!(Qualifier::latest().as_str(), "LATEST");
    }

    #[test]
    fn a_leading_hyphen_is_rejected() {
        assert_eq!(
            "-1".parse::<Qualifier>().unwrap_err().to_string(),
            r#"bad-first-character: qualifier: "-1" does not start with a letter or '_' and is not a version number"#
        );
    }
}
