//! `X-Fc-Invocation-Service-Version`

use crate::text::text_header;

text_header! {
    /// `X-Fc-Invocation-Service-Version`: the version of the service that ran. Response header.
    ///
    /// `LATEST` or a version number, even if the request named an alias. Decoded as opaque text.
    /// Source: published captures; manual of FC 2.0, "Canary release".
    ///
    /// ```
    /// use fc_headers::{Header, InvocationServiceVersion};
    ///
    /// let value = "LATEST".parse()?;
    /// assert_eq!(InvocationServiceVersion::decode(&value)?.as_str(), "LATEST");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    InvocationServiceVersion, "x-fc-invocation-service-version", "service version"
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::Header;

    #[test]
    fn an_error_names_the_header() {
        let error = InvocationServiceVersion::decode(&HeaderValue::from_static(" ")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "empty: x-fc-invocation-service-version is empty"
        );
    }
}
