//! A case file of the corpus.

use std::collections::BTreeSet;

use fcgate_cases::corpus::{Corpus, CorpusErrorKind, Files, lint, unformatted};
use serde_json::Value;

use crate::shown::assert_harmless;

const FILE: &str = "cases/sign/basic.json";
const REGISTRY: &[u8] = include_bytes!("../../fcgate-cases/tests/small-corpus/requirements.json");

/// Loads a file next to the registry of the small corpus.
///
/// # Panics
///
/// If a case of the file is lost, the canonical text of the file has other cases or is not canonical, or an error does not name
/// the file.
pub fn check(input: &[u8]) {
    let files = files(input);
    let corpus = match Corpus::load(&files) {
        Ok(corpus) => corpus,
        Err(error) => {
            assert_harmless(&error);
            assert_eq!(error.file, FILE);
            let is_json = serde_json::from_slice::<Value>(input).is_ok();
            assert!(!is_json || error.kind != CorpusErrorKind::Json, "{error}");
            return;
        }
    };
    let ids = ids(&corpus);
    let json: Value = serde_json::from_slice(input).unwrap_or_default();
    for case in json
        .get("cases")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let has_template = case.get("vary").is_some();
        let id = case.get("id").and_then(Value::as_str).unwrap_or_default();
        assert!(has_template || ids.contains(id), "the case {id} is lost");
    }
    for finding in lint(&corpus, &files) {
        assert_harmless(&format_args!("{:.4000}", finding.to_string()));
    }
    let texts = match unformatted(&files) {
        Ok(texts) => texts,
        Err(error) => panic!("a loaded file cannot be written: {error}"),
    };
    let Some((_, text)) = texts.into_iter().find(|(file, _)| file == FILE) else {
        return;
    };
    let canonical = self::files(text.as_bytes());
    match Corpus::load(&canonical) {
        Ok(again) => assert!(again.cases() == corpus.cases(), "other cases in {text}"),
        Err(error) => panic!("the canonical text is not valid: {error}\n{text}"),
    }
    let rest = unformatted(&canonical).map(|texts| texts.iter().any(|(file, _)| file == FILE));
    assert!(
        matches!(rest, Ok(false)),
        "the canonical text is not canonical"
    );
}

fn files(text: &[u8]) -> Files {
    Files::empty()
        .with("requirements.json", REGISTRY)
        .with(FILE, text)
}

fn ids(corpus: &Corpus) -> BTreeSet<&str> {
    corpus
        .cases()
        .into_iter()
        .map(|case| case.id.as_str())
        .collect()
}
