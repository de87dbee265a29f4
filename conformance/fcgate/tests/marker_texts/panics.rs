//! What a panic hook receives.

use std::panic::{catch_unwind, set_hook, take_hook};
use std::sync::{Arc, Mutex};

use fc_sign::{AccessKeySecret, Credentials, SecurityToken, fc};

use crate::Text;
use crate::credentials::credentials;
use crate::search::{SECRET, TOKEN};

type Panicking = fn();

const PANICS: [(&str, Panicking); 5] = [
    ("credentials in the message", || {
        let credentials = credentials();
        panic!("failed with {credentials:?}");
    }),
    ("a signer in the message", || {
        let signer = fc::FcSigner::new(&credentials());
        panic!("failed with {signer:?}");
    }),
    ("an unwrapped secret", || {
        let _: AccessKeySecret = format!("{SECRET}\n").parse().unwrap();
    }),
    ("an unwrapped token", || {
        let _: SecurityToken = format!("{TOKEN} ").parse().unwrap();
    }),
    ("an expected error that is credentials", || {
        let load = || -> Result<(), Credentials> { Err(credentials()) };
        load().unwrap();
    }),
];

pub(crate) fn texts() -> Vec<Text> {
    let mut texts = Vec::new();
    for (name, panicking) in PANICS {
        let shown = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&shown);
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            *kept.lock().unwrap() = format!("{info} {info:?}");
        }));
        let caught = catch_unwind(panicking);
        set_hook(usual);
        assert!(caught.is_err(), "{name}");
        texts.push(Text::new(name, shown.lock().unwrap().clone()));
    }
    texts
}
