//! The name of a function.

use crate::grammar::{First, name};

name! {
    /// The name of a function: `[A-Za-z_][A-Za-z0-9_-]{0,127}`, compared with case.
    ///
    /// The 2021-04-06 text of `CreateFunction` ends names at 64 characters, older texts at 128; a
    /// longer name than the service knows can only be unknown, so 128 are accepted here.
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
    fn a_dollar_sign_is_no_part_of_a_name() {
        let error = "svc$LATEST".parse::<FunctionName>().unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"forbidden-byte: function name: "svc$LATEST" has '$' at byte 3"#
        );
    }
}
