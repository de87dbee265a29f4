//! The name of a function in revision 2023-03-30.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::{FunctionName, InputError, Quoted, ServiceName};

/// The name of a function in revision 2023-03-30: a [`FunctionName`], or `service$function` for a function that was made
/// in Function Compute 2.0.
///
/// Function Compute 3.0 has no services. A function of 2.0 is called there by its service, one dollar sign and its name.
/// In a path the dollar sign is sent and signed as `%24`; a caller writes `$`. Source: a third party's caller of 3.0 and a
/// guide of 2025; the official Python SDK escapes the name in this way. No page of the manual that could be read says it.
///
/// ```
/// use fc_headers::V3FunctionName;
///
/// let plain: V3FunctionName = "demoFunction".parse()?;
/// assert_eq!(plain.path_segment(), "demoFunction");
///
/// let of_2_0: V3FunctionName = "demoService$demoFunction".parse()?;
/// assert_eq!(of_2_0.path_segment(), "demoService%24demoFunction");
/// assert_eq!(of_2_0.service().map(|service| service.as_str()), Some("demoService"));
///
/// for wrong in ["$demoFunction", "demoService$", "a$b$c", "demoService%24demoFunction"] {
///     assert!(wrong.parse::<V3FunctionName>().is_err());
/// }
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct V3FunctionName {
    of_service: Option<OfService>,
    function: FunctionName,
}

/// What a function of 2.0 has besides its own name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct OfService {
    service: ServiceName,
    /// The whole name: `service$function`.
    text: Arc<str>,
}

const FIELD: &str = "function name";

impl V3FunctionName {
    /// Makes the name of a function of Function Compute 2.0: `service$function`.
    pub fn of_service(service: ServiceName, function: FunctionName) -> Self {
        let text = format!("{service}${function}").into();
        Self {
            of_service: Some(OfService { service, text }),
            function,
        }
    }

    /// The name as text, with a dollar sign for a function of 2.0.
    pub fn as_str(&self) -> &str {
        match &self.of_service {
            None => self.function.as_str(),
            Some(OfService { text, .. }) => text,
        }
    }

    /// The name as the segment of a path, with `%24` for the dollar sign.
    pub fn path_segment(&self) -> Cow<'_, str> {
        match self.service() {
            None => Cow::Borrowed(self.function.as_str()),
            Some(service) => Cow::Owned(format!("{service}%24{}", self.function)),
        }
    }

    /// The service of a function of 2.0.
    pub fn service(&self) -> Option<&ServiceName> {
        self.of_service.as_ref().map(|it| &it.service)
    }

    /// The name without the service.
    pub fn function(&self) -> &FunctionName {
        &self.function
    }
}

impl From<FunctionName> for V3FunctionName {
    fn from(function: FunctionName) -> Self {
        Self {
            of_service: None,
            function,
        }
    }
}

impl FromStr for V3FunctionName {
    type Err = InputError;

    /// # Errors
    ///
    /// The error of [`FunctionName`] or [`ServiceName`] about the part that is not valid.
    fn from_str(text: &str) -> Result<Self, InputError> {
        let Some((service, function)) = text.split_once('$') else {
            return text.parse::<FunctionName>().map(Self::from);
        };
        let refuse = |error: &InputError| {
            let detail = format!(
                "{} is not one name, nor service$function of Function Compute 2.0: {error}",
                Quoted::new(text)
            );
            InputError::new(error.kind(), FIELD).detail(detail)
        };
        let service = service.parse().map_err(|error| refuse(&error))?;
        let function = function.parse().map_err(|error| refuse(&error))?;
        Ok(Self::of_service(service, function))
    }
}

impl TryFrom<&str> for V3FunctionName {
    type Error = InputError;

    fn try_from(text: &str) -> Result<Self, InputError> {
        text.parse()
    }
}

impl TryFrom<String> for V3FunctionName {
    type Error = InputError;

    fn try_from(text: String) -> Result<Self, InputError> {
        text.parse()
    }
}

impl AsRef<str> for V3FunctionName {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for V3FunctionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for V3FunctionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("V3FunctionName")
            .field(&self.as_str())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::InputErrorKind;

    #[test]
    fn a_dollar_sign_is_allowed_once_between_two_names() {
        let error = |text: &str| text.parse::<V3FunctionName>().unwrap_err();
        for (text, kind) in [
            ("$", InputErrorKind::Empty),
            ("$fn", InputErrorKind::Empty),
            ("svc$", InputErrorKind::Empty),
            ("svc$$fn", InputErrorKind::ForbiddenByte),
            ("svc$fn$x", InputErrorKind::ForbiddenByte),
            ("svc$9fn", InputErrorKind::BadFirstCharacter),
            ("svc.1$fn", InputErrorKind::ForbiddenByte),
            ("$(id)", InputErrorKind::Empty),
            ("svc%24fn", InputErrorKind::ForbiddenByte),
            ("svc fn", InputErrorKind::ForbiddenByte),
        ] {
            assert_eq!(error(text).kind(), kind, "{text}");
            assert_eq!(error(text).field(), "function name", "{text}");
        }
        assert_eq!(
            error("svc$").to_string(),
            r#"empty: function name: "svc$" is not one name, nor service$function of Function Compute 2.0: empty: function name is empty"#
        );
    }

    #[test]
    fn a_path_segment_has_an_escaped_dollar_sign() {
        for (text, segment, service, function) in [
            ("demoFunction", "demoFunction", None, "demoFunction"),
            ("svc$fn", "svc%24fn", Some("svc"), "fn"),
        ] {
            let name: V3FunctionName = text.parse().unwrap();
            assert_eq!((name.as_str(), &*name.path_segment()), (text, segment));
            assert_eq!(name.service().map(ServiceName::as_str), service);
            assert_eq!(name.function().as_str(), function);
        }
    }

    #[test]
    fn each_part_may_have_the_length_of_a_name() {
        let long = "n".repeat(128);
        let both = format!("{long}${long}");
        let name: V3FunctionName = both.parse().unwrap();
        assert_eq!((name.as_str(), name.function().as_str()), (&*both, &*long));
        assert!(format!("{both}n").parse::<V3FunctionName>().is_err());
    }

    #[test]
    fn a_name_is_the_same_whether_it_was_parsed_or_made_of_its_parts() {
        let (service, function) = ("svc".parse().unwrap(), "fn".parse().unwrap());
        let made = V3FunctionName::of_service(service, function);
        assert_eq!(made, "svc$fn".parse().unwrap());
        assert_ne!(made, "fn".parse().unwrap());
        assert_eq!(
            format!("{made} {made:?}"),
            r#"svc$fn V3FunctionName("svc$fn")"#
        );
    }
}
