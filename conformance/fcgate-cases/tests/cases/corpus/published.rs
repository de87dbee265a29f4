//! The published schemas match the fixtures, and the export contains the whole corpus.

use fcgate_cases::corpus::{Corpus, Files};
use jsonschema::Validator;
use serde_json::{Value, json};

/// A validator for one definition of the published schema.
fn validator(definition: Option<&str>) -> Validator {
    let text = include_str!("../../../../schema/corpus.schema.json");
    let mut schema: Value = serde_json::from_str(text).unwrap();
    if let Some(name) = definition {
        let reference = format!("#/$defs/{name}");
        schema = json!({"$ref": reference, "$defs": schema["$defs"]});
    }
    jsonschema::validator_for(&schema).unwrap()
}

fn schema_errors(validator: &Validator, text: &[u8]) -> Vec<String> {
    let value: Value = serde_json::from_slice(text).unwrap();
    let errors = validator.iter_errors(&value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn the_export_matches_its_schema_and_contains_every_expanded_case() {
    let files = Files::embedded();
    let corpus = Corpus::load(&files).unwrap();
    let text = corpus.export(&files).unwrap();
    assert_eq!(
        schema_errors(&validator(None), text.as_bytes()),
        Vec::<String>::new()
    );
    let export: Value = serde_json::from_str(&text).unwrap();
    let ids = export["cases"].as_array().unwrap().iter();
    let ids: Vec<&str> = ids.map(|case| case["id"].as_str().unwrap()).collect();
    let cases = corpus.cases();
    assert_eq!(
        ids,
        cases
            .iter()
            .map(|case| case.id.as_str())
            .collect::<Vec<_>>()
    );
    assert!(ids.contains(&"invoke.redirects.elsewhere@api=2016-08-15-fc@status=307"));
    assert!(!text.contains("{{"));
    assert_eq!(export["corpus_sha256"], corpus.sha256);
    assert_eq!(text, corpus.export(&files).unwrap());
}

#[test]
fn every_fixture_file_matches_the_schema_of_its_kind() {
    let files = Files::embedded();
    let kinds = [
        ("requirements.json", "registry"),
        ("cases/", "caseFile"),
        ("sets/", "frozenSet"),
        ("retired.json", "retired"),
    ];
    for (folder, definition) in kinds {
        let validator = validator(Some(definition));
        let mut count = 0;
        for (path, text) in files.below(folder) {
            assert_eq!(
                schema_errors(&validator, text),
                Vec::<String>::new(),
                "{path}"
            );
            count += 1;
        }
        assert!(count > 0, "{folder}");
    }
}

#[test]
fn the_schema_rejects_files_that_the_loader_rejects() {
    let files = Files::embedded();
    let validator = validator(Some("caseFile"));
    for (file, from, to) in [
        ("framing", "\"title\"", "\"tilte\""),
        ("framing", "\"op\": \"invoke\"", "\"op\": \"exec\""),
        (
            "framing",
            "\"id\": \"invoke.framing",
            "\"id\": \"invoke.Framing",
        ),
        ("framing", "\"script\": [", "\"status\": 200, \"script\": ["),
        ("time-limits", "\"pause_ms\": 120", "\"pause_ms\": 12000"),
        ("time-limits", "\"stall\"", "\"hang\""),
        ("counter-examples", "\"idempotent\"", "\"idempotend\""),
        ("redirects", "\"vary\": {", "\"vary\": {\"a\": [], "),
    ] {
        let text = files.get(&format!("cases/invoke/{file}.json")).unwrap();
        let text = String::from_utf8(text.to_vec()).unwrap();
        assert!(text.contains(from), "{from}");
        // The schema does not check `given` of a case with `vary`; the last cases have none.
        let (before, after) = text.rsplit_once(from).unwrap();
        let broken = format!("{before}{to}{after}");
        assert!(
            !schema_errors(&validator, broken.as_bytes()).is_empty(),
            "{to}"
        );
        assert!(
            Corpus::load(
                &files
                    .clone()
                    .with(format!("cases/invoke/{file}.json"), broken)
            )
            .is_err()
        );
    }
}
