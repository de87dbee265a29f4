//! The law of every type of checked text: all conversions from text accept and refuse the same, and every view is the text.

use fc_headers::{
    AccountId, FunctionName, Header, InputErrorKind, InstanceId, InvocationServiceVersion,
    Qualifier, RequestId, SecurityToken, ServiceName, SessionHeaderName, SessionId,
    StatefulAsyncInvocationId, TraceId, V3FunctionName,
};

/// Asserts that a value shows a text: without a name, and with the name of its type for debugging.
macro_rules! assert_shows {
    ($value:expr, $name:ident, $text:expr) => {{
        assert_eq!($value.as_str(), $text);
        assert_eq!($value.to_string(), $text);
        let debug = format!("{}({:?})", stringify!($name), $text);
        assert_eq!(format!("{:?}", $value), debug);
    }};
}

/// Asserts the law for types that own their text; each has a valid text and one with a byte that is not allowed.
macro_rules! assert_owned_texts {
    ($($name:ident: $valid:literal, $invalid:literal;)*) => {$(
        let value: $name = $valid.parse().unwrap();
        assert_shows!(value, $name, $valid);
        assert_eq!(AsRef::<str>::as_ref(&value), $valid);
        assert_eq!($name::try_from($valid), Ok(value.clone()));
        assert_eq!($name::try_from($valid.to_owned()), Ok(value));
        let error = $invalid.parse::<$name>().unwrap_err();
        assert_eq!(error.kind(), InputErrorKind::ForbiddenByte, stringify!($name));
        assert_eq!($name::try_from($invalid), Err(error.clone()));
        assert_eq!($name::try_from($invalid.to_owned()), Err(error));
    )*};
}

/// The same for types that borrow their text from the header map.
macro_rules! assert_borrowed_texts {
    ($($name:ident: $valid:literal, $invalid:literal;)*) => {$(
        let value = $name::try_from($valid).unwrap();
        assert_shows!(value, $name, $valid);
        assert_eq!(AsRef::<str>::as_ref(&value), $valid);
        let error = $name::try_from($invalid).unwrap_err();
        assert_eq!(error.kind(), InputErrorKind::ForbiddenByte, stringify!($name));
    )*};
}

#[test]
fn a_type_that_owns_its_text_has_one_grammar_and_shows_the_text() {
    assert_owned_texts! {
        AccountId: "1234567890123456", "12 34";
        FunctionName: "Fn_1-x", "fn.x";
        Qualifier: "_canary-2", "a&b";
        ServiceName: "_Svc-1", "svc.prod";
        SessionId: "81f70ae156904eb9", "a b";
        StatefulAsyncInvocationId: "order-4711", "order 4711";
        TraceId: "trace 1", "trace\t1";
        V3FunctionName: "demoFunction", "fn.x";
    }
    // `Debug` and errors of the other form of a name are the same.
    assert_owned_texts! { V3FunctionName: "svc$fn", "svc$f.n"; }
}

#[test]
fn a_type_that_borrows_its_text_shows_the_text() {
    assert_borrowed_texts! {
        InstanceId: "c-658af93f-189b68fc", "c-1\u{1b}[2J";
        InvocationServiceVersion: "LATEST", "LATE\tST";
        RequestId: "1-65a24fa0-0b44b15d", "1\n2";
    }
}

#[test]
fn a_session_header_name_is_shown_in_lower_case() {
    let name: SessionHeaderName = "My-Session".parse().unwrap();
    assert_shows!(name, SessionHeaderName, "my-session");
    assert_eq!(SessionHeaderName::try_from("My-Session"), Ok(name));
    let error = "my session".parse::<SessionHeaderName>().unwrap_err();
    assert_eq!(SessionHeaderName::try_from("my session"), Err(error));
}

#[test]
fn a_security_token_is_the_same_from_text_and_from_bytes() {
    let text = "CAISdummySTS+token/with==chars";
    let from_bytes = SecurityToken::try_from(text.as_bytes()).unwrap();
    assert_eq!(from_bytes.encode(), text);
    let from_string = SecurityToken::try_from(text.to_owned()).unwrap();
    assert_eq!(from_string.encode(), text);
    assert!(from_string.encode().is_sensitive());
    let error = SecurityToken::try_from("tok en".to_owned()).unwrap_err();
    assert_eq!(Err(error), "tok en".parse::<SecurityToken>().map(drop));
}
