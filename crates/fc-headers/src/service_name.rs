//! The name of a service.

use crate::grammar::{First, name};

name! {
    /// The name of a service: `[A-Za-z_][A-Za-z0-9_-]{0,127}`, case-sensitive.
    ///
    /// A dot is not allowed: in a path of revision 2016-08-15 it separates the name from the
    /// qualifier, so a name with a dot would select another version. Source: manual of FC 2.0,
    /// `CreateService`.
    ///
    /// ```
    /// use fc_headers::{InputErrorKind, ServiceName};
    ///
    /// let name: ServiceName = "demoService".parse()?;
    /// assert_eq!(name.as_str(), "demoService");
    /// let error = "../admin".parse::<ServiceName>().unwrap_err();
    /// assert_eq!(error.kind(), InputErrorKind::ForbiddenByte);
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    ServiceName, "service name", First::LetterOrUnderscore
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_case() {
        let name: ServiceName = "_Svc-1".parse().unwrap();
        assert_eq!(name.to_string(), "_Svc-1");
        assert_eq!(format!("{name:?}"), r#"ServiceName("_Svc-1")"#);
        assert_ne!(name, "_svc-1".parse().unwrap());
    }

    #[test]
    fn a_leading_digit_is_rejected() {
        assert!("9svc".parse::<ServiceName>().is_err());
    }
}
