//! Ids, secrets and tokens.

use std::fmt::Display;
use std::panic::catch_unwind;
use std::sync::{Arc, Mutex};

use fc_bad_inputs::{ACCEPT, Entry};
use fc_sign::{AccessKeyId, AccessKeySecret, Credentials, SecurityToken, acs3, fc};
use serde::Serialize;

use crate::found;
use crate::samples::{SECRET, TOKEN, long_lived, temporary};

const ERROR: &str = "InputError";

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    if entry.has("access_key_id") {
        let id = entry.text("access_key_id").parse::<AccessKeyId>();
        return entry.expect(&found(ERROR, id));
    }
    if entry.has("access_key_secret") {
        // The word itself is in the message: it is the name of the field.
        let text = entry.text("access_key_secret").replace("secret", SECRET);
        let secret = AccessKeySecret::try_from(text.clone());
        if let Err(error) = &secret {
            shows_nothing_of(&text, &[error.to_string(), format!("{error:?}")]);
        }
        return entry.expect(&found(ERROR, secret));
    }
    if entry.has("security_token") {
        let bytes = entry.bytes("security_token");
        // A token is a text. Bytes that are not UTF-8 reach it as the character of each byte.
        let text = String::from_utf8(bytes).unwrap_or_else(|error| {
            error
                .as_bytes()
                .iter()
                .map(|byte| char::from(*byte))
                .collect()
        });
        let token = SecurityToken::try_from(text.clone());
        if let Err(error) = &token {
            shows_nothing_of(&text, &[error.to_string(), format!("{error:?}")]);
        }
        return entry.expect(&found(ERROR, token));
    }
    match entry.id() {
        "cr-017" => {
            for credentials in [long_lived(), temporary()] {
                let shown = format!("{credentials:?} {credentials:#?}");
                assert!(shown.contains("FCTESTACCESSKEYID01"), "{shown}");
                assert!(shown.contains("redacted"), "{shown}");
                shows_nothing_of(SECRET, std::slice::from_ref(&shown));
                shows_nothing_of(TOKEN, &[shown]);
            }
            entry.expect(ACCEPT)
        }
        "cr-019" => {
            let text = panic_text();
            assert!(text.contains("FCTESTACCESSKEYID01"), "{text}");
            shows_nothing_of(SECRET, std::slice::from_ref(&text));
            shows_nothing_of(TOKEN, &[text]);
            entry.expect(ACCEPT)
        }
        "cr-020" => {
            // These lines do not compile if one of the types has one of the traits.
            lacks_traits!(
                Credentials,
                AccessKeySecret,
                SecurityToken,
                fc::FcSigner,
                acs3::Acs3Signer
            );
            entry.expect("does")
        }
        _ => Err("the test does not know this input".to_owned()),
    }
}

/// Asserts that no text contains six bytes of a secret in a row.
fn shows_nothing_of(secret: &str, texts: &[String]) {
    for text in texts {
        for piece in secret.as_bytes().windows(6) {
            let piece = String::from_utf8_lossy(piece);
            assert!(
                !text.contains(&*piece),
                "{piece:?} of the secret is in {text}"
            );
        }
    }
}

/// What a panic hook receives when code with credentials on its stack panics.
fn panic_text() -> String {
    let texts = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&texts);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let thread = std::thread::current();
        let text = format!("{:?} {info} {info:?}", thread.name());
        kept.lock().unwrap().push_str(&text);
    }));
    let caught = catch_unwind(|| {
        let credentials = temporary();
        let signer = fc::FcSigner::new(&credentials);
        panic!("failed with {credentials:?} and {signer:?}");
    });
    std::panic::set_hook(usual);
    assert!(caught.is_err());
    let kept = texts.lock().unwrap();
    kept.clone()
}

/// A function that two implementations offer to a type with the trait, so that the call is ambiguous.
macro_rules! lacks_trait {
    ($type:ty: $($bound:tt)+) => {{
        trait AmbiguousIfImplemented<A> {
            fn check() {}
        }
        impl<T: ?Sized> AmbiguousIfImplemented<()> for T {}
        struct Implemented;
        impl<T: ?Sized + $($bound)+> AmbiguousIfImplemented<Implemented> for T {}
        <$type as AmbiguousIfImplemented<_>>::check();
    }};
}
macro_rules! lacks_traits {
    ($($type:ty),+) => {$(
        lacks_trait!($type: Serialize);
        lacks_trait!($type: Display);
        lacks_trait!($type: PartialEq);
    )+};
}
use {lacks_trait, lacks_traits};
