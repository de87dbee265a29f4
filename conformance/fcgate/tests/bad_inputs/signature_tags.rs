//! The comparison of signatures at the endpoint.

use fc_bad_inputs::{ACCEPT, Entry};
use fcgate_cases::oracle::signatures_are_equal;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

const VECTORS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/vectors/hmac-sha256.json"
);

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    if entry.id() == "sg-043" {
        return vectors(entry);
    }
    let tag = [7; 32];
    assert!(!signatures_are_equal(&tag, &tag[..31]));
    assert!(!signatures_are_equal(&tag[..31], &tag));
    assert!(signatures_are_equal(b"", b""));
    for place in 0..tag.len() {
        let mut other = tag;
        other[place] ^= 1;
        assert!(!signatures_are_equal(&tag, &other), "{place}");
    }
    entry.expect("refuse")
}

/// A tag is valid exactly if it equals the one that is calculated. A group of vectors has shortened tags.
fn vectors(entry: &Entry) -> Result<(), String> {
    let text = std::fs::read_to_string(VECTORS).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let bytes = |vector: &Value, name: &str| fc_bad_inputs::bytes(&json!({"hex": vector[name]}));
    let mut valid = 0;
    for vector in vectors {
        let mut mac = Hmac::<Sha256>::new_from_slice(&bytes(vector, "key")).unwrap();
        mac.update(&bytes(vector, "message"));
        let length = usize::try_from(vector["tag_bytes"].as_u64().unwrap()).unwrap();
        let calculated = mac.finalize().into_bytes();
        let is_equal = signatures_are_equal(&calculated[..length], &bytes(vector, "tag"));
        assert_eq!(vector["valid"], is_equal, "{}", vector["id"]);
        valid += usize::from(is_equal);
    }
    assert_eq!((vectors.len(), valid), (174, 66));
    entry.expect(ACCEPT)
}
