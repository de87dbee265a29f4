//! The oracle reproduces every stage of the published vectors and the verdict of every recorded request.

use base64::Engine as _;
use fcgate_cases::corpus::Files;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_cases::recorded_traffic;
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignKind, Stages};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    scheme: String,
    kind: SignKind,
    method: String,
    raw_target: String,
    headers: HeaderList,
    body_b64: String,
    access_key_id: String,
    access_key_secret: String,
    security_token: Option<String>,
    stages: Stages,
    authorization: Option<String>,
    official: Vec<Official>,
}

#[derive(Deserialize)]
struct Official {
    name: String,
    signed_headers: Option<String>,
    canonical_request: Option<String>,
    string_to_sign: Option<String>,
    signature: String,
    verifies: bool,
}

impl Vector {
    fn request(&self) -> WireRequest {
        let body = base64::engine::general_purpose::STANDARD
            .decode(&self.body_b64)
            .unwrap();
        WireRequest::new(&self.method, &self.raw_target)
            .headers(&self.headers)
            .body(&body)
    }

    fn credentials(&self) -> Credentials {
        let credentials = Credentials::new(&self.access_key_id, &self.access_key_secret);
        match &self.security_token {
            Some(token) => credentials.security_token(token),
            None => credentials,
        }
    }
}

fn vectors() -> Vec<Vector> {
    let files = Files::embedded();
    let text = files.get("vectors/signing.json").unwrap();
    let Vectors { vectors } = serde_json::from_slice(text).unwrap();
    assert!(vectors.len() > 20);
    vectors
}

/// The request of a vector with its credentials.
pub(crate) fn request_of(id: &str) -> (WireRequest, Credentials) {
    let vectors = vectors();
    let vector = vectors.iter().find(|vector| vector.id == id).unwrap();
    (vector.request(), vector.credentials())
}

#[test]
fn the_oracle_reproduces_every_stage_of_every_fc_vector() {
    for vector in vectors().iter().filter(|vector| vector.scheme == "fc") {
        let stages = oracle::fc_stages(&vector.request(), vector.kind, &vector.access_key_secret);
        assert_eq!(stages, vector.stages, "{}", vector.id);
        let text = stages.string_to_sign.unwrap();
        let signature = oracle::fc_signature(&vector.access_key_secret, text.as_bytes());
        assert_eq!(Some(signature), vector.stages.signature, "{}", vector.id);
    }
}

#[test]
fn every_fc_vector_verifies_with_its_authorization() {
    for vector in vectors().iter().filter(|vector| vector.scheme == "fc") {
        let mut request = vector.request();
        if let Some(authorization) = &vector.authorization {
            request = request.header("Authorization", authorization);
        } else if !request.target.contains("x-fc-signature=") {
            continue;
        }
        let credentials = vector.credentials();
        let verdict = oracle::verify(&request, Scheme::Fc, vector.kind, &credentials);
        assert_eq!(verdict.reason, None, "{}", vector.id);
    }
}

#[test]
fn the_oracle_reproduces_every_stage_of_every_acs3_vector() {
    for vector in vectors().iter().filter(|vector| vector.scheme == "acs3") {
        for official in &vector.official {
            let names = official.signed_headers.as_deref().unwrap();
            let stages =
                oracle::acs3_stages(&vector.request(), names, &vector.access_key_secret).unwrap();
            let place = format!("{}, {}", vector.id, official.name);
            let same = stages.signature.as_deref() == Some(&official.signature);
            assert_eq!(same, official.verifies, "{place}");
            if official.verifies {
                assert_eq!(stages.string_to_sign, official.string_to_sign, "{place}");
                if official.canonical_request.is_some() {
                    assert_eq!(
                        stages.canonical_request, official.canonical_request,
                        "{place}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_oracle_agrees_with_every_recorded_request() {
    let recordings = recorded_traffic::recordings(&Files::embedded()).unwrap();
    assert!(
        recordings
            .iter()
            .map(|recording| recording.requests.len())
            .sum::<usize>()
            > 200
    );
    let disagreements = recorded_traffic::disagreements(&recordings);
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

#[test]
fn a_header_value_is_signed_as_one_byte_per_latin_1_character_and_as_utf_8_beyond() {
    for (value, bytes) in [("é", vec![0xe9]), ("中", "中".into())] {
        let request = WireRequest::new("POST", "?a=1")
            .header("Date", "Wed, 11 May 2022 09:00:00 GMT")
            .header("X-Fc-Note", value);
        let stages = oracle::fc_stages(&request, SignKind::Api, "key");
        let before = b"POST\n\n\nWed, 11 May 2022 09:00:00 GMT\nx-fc-note:".to_vec();
        let text = [before, bytes, b"\n/".to_vec()].concat();
        assert_eq!(
            stages.signature.as_deref(),
            Some(oracle::fc_signature("key", &text).as_str())
        );
        let shown = format!("x-fc-note:{value}\n");
        assert_eq!(stages.canonical_headers, Some(shown));
    }
}
