//! `X-Fc-Trace-Id`

use http::HeaderValue;

use crate::shared_text::shared_text;
use crate::{Header, HeaderError, text};

shared_text! {
    /// `X-Fc-Trace-Id`: a request id that the caller chooses, usually a UUID. Request header.
    ///
    /// Visible ASCII, with spaces inside allowed, 1 to 8192 bytes. The manual documents no grammar;
    /// 8 KB is its limit for all headers together. Source: manual of FC 2.0, `InvokeFunction`;
    /// "HTTP handler limits".
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
        Ok(Self(text::subvalue(value, text.as_bytes())))
    }

    fn encode(&self) -> HeaderValue {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_non_ascii_characters_are_rejected() {
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
    fn an_id_longer_than_8_kib_is_rejected() {
        assert!("t".repeat(8192).parse::<TraceId>().is_ok());
        assert!("t".repeat(8193).parse::<TraceId>().is_err());
    }

    #[test]
    fn decoding_removes_padding() {
        let id = TraceId::decode(&HeaderValue::from_static(" a b ")).unwrap();
        assert_eq!(id.as_str(), "a b");
    }
}
