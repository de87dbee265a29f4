//! `X-Fc-Trace-Id`

use http::HeaderValue;

use crate::shared_text::shared_text;
use crate::{Header, HeaderError, text};

shared_text! {
    /// `X-Fc-Trace-Id`: a text of the caller's choice that becomes the request id. Request header.
    ///
    /// Visible ASCII with blanks inside, 1 to 8192 bytes. The service states no grammar; 8 KB is
    /// what its manual allows for all headers together. A UUID is usual. Source: manual of FC 2.0,
    /// `InvokeFunction`; "HTTP handler limits".
    ///
    /// ```
    /// use fc_headers::{Header, TraceId};
    ///
    /// let id: TraceId = "1a26ecd3-3a6b-4b1c-9c33-e2eb0d71c7ec".parse()?;
    /// assert_eq!(id.encode(), "1a26ecd3-3a6b-4b1c-9c33-e2eb0d71c7ec");
    /// assert!("a\r\nX-Fc-Account-Id: 1".parse::<TraceId>().is_err());
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    TraceId, |text| text::check(text, "trace id", text::MAX_OPAQUE_LENGTH)
}

impl Header<'_> for TraceId {
    const FIELD_NAME: &'static str = "x-fc-trace-id";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        let text = text::decode(Self::NAME, value)?;
        Ok(Self(text::part(value, text.as_bytes())))
    }

    fn encode(&self) -> HeaderValue {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_refused() {
        for text in ["a\0", "a\u{1b}[2J", "a\tb", "a\u{7f}", "é"] {
            let error = text.parse::<TraceId>().unwrap_err();
            assert_eq!(error.kind().slug(), "forbidden-byte", "{text:?}");
        }
        assert_eq!(
            "a\n".parse::<TraceId>().unwrap_err().kind().slug(),
            "surrounding-whitespace"
        );
    }

    #[test]
    fn the_limit_is_eight_kibibytes() {
        assert!("t".repeat(8192).parse::<TraceId>().is_ok());
        assert!("t".repeat(8193).parse::<TraceId>().is_err());
    }

    #[test]
    fn a_padded_value_is_read_without_its_padding() {
        let id = TraceId::decode(&HeaderValue::from_static(" a b ")).unwrap();
        assert_eq!(id.as_str(), "a b");
    }
}
