//! The text that was signed in a request, with the mistakes that give its signature.

use fc_conformance::diagnosis::find_signed_text;
use fcgate_cases::corpus::{Corpus, Stimulus};
use fcgate_cases::judge::SignedText;
use fcgate_mutants::{self as mutant, Mutated};
use fcgate_protocol::{Implementation, Reply, SignInput};
use fcgate_reference::Reference;

/// The request of a case with the headers that an implementation adds, and the string to sign that it shows.
fn signed(case: &str, subject: &dyn Implementation) -> (SignInput, String) {
    let corpus = Corpus::embedded().unwrap();
    let Stimulus::Sign { given, .. } = &corpus.case(case).unwrap().stimulus else {
        panic!("{case} is not a case of sign");
    };
    let Reply::Ok(output) = subject.sign(given) else {
        panic!("{case} is refused");
    };
    let mut sent = given.clone();
    for (name, value) in &output.headers {
        sent.headers.set(name, value);
    }
    (sent, output.stages.unwrap().string_to_sign.unwrap())
}

#[test]
fn a_right_signature_has_its_string_to_sign_and_no_mistake() {
    let (sent, string_to_sign) = signed("sign.fc-vectors.fc-01", &Reference);
    let expected = SignedText {
        mistakes: Vec::new(),
        text: string_to_sign.into_bytes(),
    };
    assert_eq!(find_signed_text(&sent), Some(expected));
}

#[test]
fn a_wrong_signature_has_the_string_to_sign_of_its_mistake() {
    for (case, name) in [
        ("sign.fc-vectors.fc-01", "date-line-missing"),
        ("sign.acs3-vectors.ac-01", "acs3-two-spaces"),
    ] {
        let mistake = mutant::named(name).unwrap();
        let (sent, _) = signed(case, &Mutated::new(&Reference, mistake));
        let found = find_signed_text(&sent).unwrap();
        assert!(
            found.mistakes.iter().any(|code| code == mistake.code),
            "{found:?}"
        );
    }
}

#[test]
fn a_request_without_a_signature_or_signed_with_another_key_has_no_text() {
    for case in ["sign.fc-vectors.fc-01", "sign.acs3-vectors.ac-01"] {
        let (mut sent, _) = signed(case, &Reference);
        sent.credentials.access_key_secret.push_str("-another");
        assert_eq!(find_signed_text(&sent), None, "{case}");
        sent.headers.remove("authorization");
        assert_eq!(find_signed_text(&sent), None, "{case}");
    }
}
