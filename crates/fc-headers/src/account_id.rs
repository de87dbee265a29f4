//! `X-Fc-Account-Id`

use http::HeaderValue;

use crate::header::trimmed;
use crate::shared_text::shared_text;
use crate::{Header, HeaderError, HeaderErrorKind, InputError, grammar, text};

const MAX_LENGTH: usize = 20;

shared_text! {
    /// `X-Fc-Account-Id`: the id of the account that owns the function. Request header.
    ///
    /// One to twenty decimal digits, kept as text. The id is also the first label of the account's
    /// endpoint, so the header is needed only if the host does not contain the id.
    /// Source: manual of FC 2.0, `InvokeFunction` and "Endpoints".
    ///
    /// ```
    /// use fc_headers::{AccountId, Header};
    ///
    /// let account: AccountId = "1234567890123456".parse()?;
    /// assert_eq!(account.encode(), "1234567890123456");
    /// assert!("12 34".parse::<AccountId>().is_err());
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    AccountId, check
}

fn check(text: &str) -> Result<(), InputError> {
    const FIELD: &str = "account id";
    grammar::check_length(text, FIELD, MAX_LENGTH)?;
    grammar::check_alphabet(text, FIELD, &grammar::DIGITS)
}

impl Header<'_> for AccountId {
    const FIELD_NAME: &'static str = "x-fc-account-id";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        match trimmed(value) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, Self::NAME)),
            digits if digits.len() <= MAX_LENGTH && digits.iter().all(u8::is_ascii_digit) => {
                Ok(Self(text::subvalue(value, digits)))
            }
            _ => Err(HeaderError::new(HeaderErrorKind::Number, Self::NAME).quoting(value)),
        }
    }

    fn encode(&self) -> HeaderValue {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_are_kept() {
        let account: AccountId = "0012".parse().unwrap();
        assert_eq!(account.as_str(), "0012");
        assert_eq!(
            AccountId::decode(&HeaderValue::from_static(" 0012 ")),
            Ok(account)
        );
    }

    #[test]
    fn a_value_that_is_not_one_to_twenty_digits_is_rejected() {
        let slug = |text: &str| text.parse::<AccountId>().unwrap_err().kind().slug();
        assert_eq!(slug(""), "empty");
        assert_eq!(slug("12 34"), "forbidden-byte");
        assert_eq!(slug("12345678901234567890123"), "too-long");
        let error = AccountId::decode(&HeaderValue::from_static("-1")).unwrap_err();
        assert_eq!(error.kind(), HeaderErrorKind::Number);
    }
}
