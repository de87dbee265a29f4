//! Texts for people: they contain no character that a reader does not see or that changes the direction of the text.
//!
//! Reports, terminals and pages show them. Every writer escapes such characters; a corpus that contains one is refused
//! anyway, because a reviewer of the file does not see it.

use fcgate_text::visible;

use super::strict_json::StrictError;
use super::{CorpusErrorKind, Evidence, Requirement};

/// Checks the texts of a requirement; the pointer is that of the requirement.
pub(super) fn check_requirement(requirement: &Requirement) -> Result<(), StrictError> {
    check("/id", &requirement.id)?;
    check("/text", &requirement.text)?;
    check_all("/revisions", &requirement.revisions)?;
    check_evidence(&requirement.evidence)?;
    check("/notes", requirement.notes.as_deref().unwrap_or_default())
}

/// Checks one text.
pub(super) fn check(pointer: &str, text: &str) -> Result<(), StrictError> {
    let Some(character) = visible::invisible(text) else {
        return Ok(());
    };
    let shown = visible::line(&character.to_string(), 20);
    Err(StrictError {
        kind: CorpusErrorKind::Schema,
        pointer: pointer.to_owned(),
        message: format!(
            "the text contains the invisible character {shown} (U+{:04X}); remove it",
            u32::from(character)
        ),
    })
}

/// Checks the texts of a list.
pub(super) fn check_all(pointer: &str, texts: &[String]) -> Result<(), StrictError> {
    let mut numbered = texts.iter().enumerate();
    numbered.try_for_each(|(index, text)| check(&format!("{pointer}/{index}"), text))
}

/// Checks the sources of evidence.
pub(super) fn check_evidence(evidence: &[Evidence]) -> Result<(), StrictError> {
    let mut numbered = evidence.iter().enumerate();
    numbered.try_for_each(|(index, one)| check(&format!("/evidence/{index}/source"), &one.source))
}
