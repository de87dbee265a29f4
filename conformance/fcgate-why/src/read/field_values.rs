//! The values of the headers of a request that was read: bytes, without line ends.
//!
//! A reader of raw HTTP cannot return other values. Commands and printed objects are texts: a quoted value may hold a line end, and
//! characters that are not in Latin-1.

use super::latin1::latin1;
use super::unreadable::Unreadable;
use crate::captured::Exchange;

/// Checks the values of the request; a value with a character that is not a byte becomes its UTF-8 bytes.
pub(super) fn checked(mut exchange: Exchange) -> Result<Exchange, Unreadable> {
    for (place, (_, value)) in exchange.request.headers.iter_mut().enumerate() {
        if value.contains(['\r', '\n']) {
            return Err(Unreadable::new(format!(
                "the value of header {} contains a line end, which no request can have (it is not shown, because it may hold a token); \
                 capture the request again",
                place + 1
            )));
        }
        if value.chars().any(|character| u32::from(character) > 0xff) {
            *value = latin1(value.as_bytes());
        }
    }
    Ok(exchange)
}

#[cfg(test)]
mod tests {
    use crate::read_exchange;

    #[test]
    fn a_character_that_is_not_in_latin1_is_sent_as_utf8() {
        let command = "curl https://a.example/b -H 'X-A: 你é' -H 'X-B: é'";
        let exchange = read_exchange(command.as_bytes()).unwrap();
        assert_eq!(
            exchange.request.value("x-a"),
            Some("\u{e4}\u{bd}\u{a0}\u{c3}\u{a9}")
        );
    }

    #[test]
    fn a_line_end_in_a_value_is_refused_without_the_value() {
        for text in [
            "curl https://a.example/b -H 'X-A: first\nsecond'",
            "GET /b HTTP/1.1\r\nHost: first\rsecond\r\n\r\n",
        ] {
            let error = read_exchange(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("contains a line end"), "{error}");
            assert!(!error.contains("second"), "{error}");
        }
    }
}
