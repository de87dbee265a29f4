//! The name of a function.

use crate::grammar::{First, name};

name! {
    /// The name of a function: `[A-Za-z_][A-Za-z0-9_-]{0,127}`, case-sensitive.
    ///
    /// The 2021-04-06 manual page of `CreateFunction` allows 64 characters, older pages allow 128.
    /// This type accepts 128; the service answers a name that does not exist with an error. Revision 2023-03-30 has also
    /// names of the form `service$function`: [`V3FunctionName`](crate::V3FunctionName).
    ///
    /// ```
    /// use fc_headers::FunctionName;
    ///
    /// let name: FunctionName = "Fn_1-x".parse()?;
    /// assert_eq!(name.as_str(), "Fn_1-x");
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    FunctionName, "function name", First::LetterOrUnderscore
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_dollar_sign_is_rejected() {
        let error = "svc$LATEST".parse::<FunctionName>().unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"forbidden-byte: function name: "svc$LATEST" has '$' at byte 3; allowed: letters, digits, '_' and '-'"#
        );
    }
}
