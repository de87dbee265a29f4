//! Adding cases: the input has no ids and needs no canonical formatting.

use std::collections::BTreeSet;

use serde::Deserialize;

use fcgate_protocol::Suite;
use fcgate_text::visible;

use super::ordered_json::Ordered;
use super::{
    Case, Corpus, CorpusError, CorpusErrorKind, Files, Finding, Group, canonical, id, lint, load,
    raw_case, strict_json,
};

/// The result of adding cases: the file to write and the new ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// The path of the case file, relative to the fixtures folder.
    pub file: String,
    /// The new text of the file.
    pub text: String,
    /// The ids of the added cases.
    pub ids: Vec<String>,
    /// The findings of the linter in the corpus with the added cases.
    pub findings: Vec<Finding>,
}

/// The input: `{"group": "invoke.retry", "summary"?: "...", "cases": [...]}`.
///
/// A case may have a `name`, the last part of its id, and may omit fields that follow from its stimulus.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    group: String,
    summary: Option<String>,
    cases: Vec<Ordered>,
}

/// Adds the cases of an envelope to their group and generates their ids.
///
/// `name` is the name of the envelope in error messages.
///
/// # Errors
///
/// When the envelope, one of its cases or the corpus is invalid.
pub fn add(
    files: &Files,
    name: &str,
    envelope: &[u8],
    broken_by_mutants: &BTreeSet<&str>,
) -> Result<Addition, CorpusError> {
    let envelope: Envelope =
        strict_json::from_slice(envelope).map_err(|error| load::at(name, error))?;
    let wrong = |kind, message: String| CorpusError::new(kind, name, message);
    let mut corpus = Corpus::load(files)?;
    let Some((area, rest)) = envelope
        .group
        .split_once('.')
        .filter(|_| id::is_base(&envelope.group))
    else {
        let message = "expected a group of an operation and a name, like parse.log-tail".to_owned();
        return Err(wrong(CorpusErrorKind::Id, message));
    };
    let file = format!("cases/{area}/{rest}.json");
    let known = corpus.groups.iter().position(|group| group.file == file);
    let place = match (known, envelope.summary) {
        (Some(place), _) => place,
        (None, Some(summary)) => {
            corpus.groups.push(Group {
                file: file.clone(),
                name: envelope.group,
                summary,
                cases: Vec::new(),
            });
            corpus.groups.len() - 1
        }
        (None, None) => {
            let message = format!("the group {file} is new, so the envelope needs `summary`");
            return Err(wrong(CorpusErrorKind::Schema, message));
        }
    };
    let mut ids = Vec::new();
    for (number, case) in envelope.cases.into_iter().enumerate() {
        let at = |error: CorpusError| {
            let pointer = format!("/cases/{number}{}", error.pointer);
            error.at(pointer)
        };
        let cases = with_id(name, &corpus, place, case).map_err(at)?;
        ids.extend(cases.iter().map(|case| case.id.clone()));
        if let Some(group) = corpus.groups.get_mut(place) {
            group.cases.extend(cases);
        }
    }
    let text = corpus.groups.get(place).map(canonical::group_text);
    let text = text.and_then(Result::ok).unwrap_or_default();
    let files = files.clone().with(&file, text.as_bytes());
    let findings = lint::lint_release(&Corpus::load(&files)?, &files, broken_by_mutants);
    Ok(Addition {
        file,
        text,
        ids,
        findings,
    })
}

/// Parses a case and generates a unique id. A template returns its variations.
fn with_id(
    file: &str,
    corpus: &Corpus,
    place: usize,
    case: Ordered,
) -> Result<Vec<Case>, CorpusError> {
    let wrong = |kind, message: &str| CorpusError::new(kind, file, message);
    let Ordered::Object(mut fields) = case else {
        return Err(wrong(
            CorpusErrorKind::Schema,
            "expected a case that is an object",
        ));
    };
    let mut take = |name: &str| {
        let place = fields.iter().position(|(field, _)| field == name);
        place.map(|place| fields.remove(place).1)
    };
    if take("id").is_some() {
        return Err(wrong(
            CorpusErrorKind::Id,
            "unexpected `id`: the id is generated, and `name` can set its last part",
        ));
    }
    let name = match (
        take("name"),
        fields.iter().find(|(field, _)| field == "title"),
    ) {
        (Some(Ordered::Text(name)), _) => name,
        (None, Some((_, Ordered::Text(title)))) => slug(title),
        _ => {
            return Err(wrong(
                CorpusErrorKind::Schema,
                "expected a case with a string `title`",
            ));
        }
    };
    let group = corpus.groups.get(place);
    let group = group.map_or("", |group| group.name.as_str());
    let base = format!("{group}.{name}");
    let taken = |id: &str| {
        let variation = format!("{id}@");
        let cases = corpus.groups.iter().flat_map(|group| &group.cases);
        let mut ids = cases.flat_map(|case| std::iter::once(&case.id).chain(&case.aliases));
        ids.any(|other| other == id || other.starts_with(&variation))
    };
    let free = (2_u32..).map(|number| format!("{base}-{number}"));
    let free = std::iter::once(base.clone())
        .chain(free)
        .find(|id| !taken(id));
    let id = free.unwrap_or(base);
    fields.insert(0, ("id".to_owned(), Ordered::Text(id.clone())));
    complete(&mut fields);
    let text = serde_json::to_string(&Ordered::Object(fields))
        .map_err(|error| wrong(CorpusErrorKind::Json, &error.to_string()))?;
    let raw = strict_json::from_str(&text).map_err(|error| load::at(file, error).in_case(&id))?;
    let mut cases = Vec::new();
    raw_case::read(file, raw, &mut cases)?;
    for case in &mut cases {
        for need in lint::implied_capabilities(case) {
            if !case.needs.iter().any(|name| name == need) {
                case.needs.push(need.to_owned());
            }
        }
    }
    Ok(cases)
}

/// Adds the fields that follow from other fields.
fn complete(fields: &mut Vec<(String, Ordered)>) {
    let field = |fields: &[(String, Ordered)], name: &str| {
        let found = fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.clone())
    };
    if field(fields, "needs").is_none() {
        fields.push(("needs".to_owned(), Ordered::List(Vec::new())));
    }
    let revision = field(fields, "given").and_then(|given| given.field("revision").cloned());
    if let (None, Some(revision)) = (field(fields, "revision"), revision) {
        fields.push(("revision".to_owned(), revision));
    }
    if field(fields, "since").is_none() && Suite::CURRENT != Suite::FIRST {
        let suite = Ordered::Text(Suite::CURRENT.to_string());
        fields.push(("since".to_owned(), suite));
    }
}

/// Converts the first words of a title into a segment of an id.
fn slug(title: &str) -> String {
    let lower = visible::line(title, 80).to_ascii_lowercase();
    let words = lower.split(|sign: char| !sign.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).take(8).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn the_id_of_a_new_case_has_at_most_eight_words_of_its_title() {
        assert_eq!(
            slug("A 503 is retried, if idempotent"),
            "a-503-is-retried-if-idempotent"
        );
        assert_eq!(
            slug("one two three four five six seven eight nine"),
            "one-two-three-four-five-six-seven-eight"
        );
    }
}
