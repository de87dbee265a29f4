//! `X-Fc-Request-Id`

use crate::text::text_header;

text_header! {
    /// `X-Fc-Request-Id`: the id that the service gives to the request. Response header.
    ///
    /// Opaque text of visible ASCII, with spaces inside allowed. Captures have three forms:
    /// `1a26ecd3-3a6b-4b1c-9c33-e2eb0d71c7ec` (hexadecimal, not always a version-4 UUID),
    /// `1-658af93f-a6c876063a36f1d872097e6a` and `1-65a24fa0-0b44b15d-431a6b32cc8c`. A caller can
    /// choose the id with `X-Fc-Trace-Id`. It is the only header in every captured response of the
    /// service. Source: published captures; manual of FC 2.0, `InvokeFunction`.
    ///
    /// ```
    /// use fc_headers::{Header, RequestId};
    ///
    /// let value = "1-65a24fa0-0b44b15d-431a6b32cc8c".parse()?;
    /// assert_eq!(RequestId::decode(&value)?.as_str(), "1-65a24fa0-0b44b15d-431a6b32cc8c");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    RequestId, "x-fc-request-id", "request id"
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::Header;

    #[test]
    fn a_long_id_is_decoded_completely() {
        let value = HeaderValue::from_str(&"r".repeat(9000)).unwrap();
        assert_eq!(RequestId::decode(&value).unwrap().as_str().len(), 9000);
    }

    #[test]
    fn an_id_outside_ascii_is_rejected() {
        let value = HeaderValue::from_bytes(b"\xc3\xa9").unwrap();
        assert_eq!(
            RequestId::decode(&value).unwrap_err().kind().slug(),
            "not-text"
        );
    }
}
