//! The files of a corpus whose formatting is not canonical.

use super::{Corpus, CorpusError, CorpusErrorKind, Files, FrozenSet, canonical, load, strict_json};

/// Returns the files whose text is not canonical, each with its canonical text.
///
/// # Errors
///
/// When a file is invalid.
pub fn unformatted(files: &Files) -> Result<Vec<(String, String)>, CorpusError> {
    let corpus = Corpus::load(files)?;
    let written = |file: &str, text: Result<String, serde_json::Error>| match text {
        Ok(text) => Ok((file.to_owned(), text)),
        Err(error) => {
            let message = error.to_string();
            Err(CorpusError::new(CorpusErrorKind::Json, file, message))
        }
    };
    let registry = canonical::registry_text(&corpus.requirements);
    let mut all = vec![written("requirements.json", registry)?];
    for group in &corpus.groups {
        all.push(written(&group.file, canonical::group_text(group))?);
    }
    for (path, text) in files.below("sets/") {
        let set: FrozenSet =
            strict_json::from_slice(text).map_err(|error| load::at(path, error))?;
        all.push(written(path, canonical::set_text(&set))?);
    }
    all.retain(|(file, text)| files.get(file) != Some(text.as_bytes()));
    Ok(all)
}
