//! The fixture files, embedded in the crate or read from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::strict_json::MAX_BYTES;
use super::{CorpusError, CorpusErrorKind, embedded};

/// Files by their path relative to the fixtures folder, with `/` as the separator.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<String, Cow<'static, [u8]>>);

impl Files {
    /// Creates an empty set of files.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Returns the files that are embedded in this crate.
    pub fn embedded() -> Self {
        let file =
            |(path, content): (&str, &'static [u8])| (path.to_owned(), Cow::Borrowed(content));
        Self(embedded::files().map(file).collect())
    }

    /// Reads the files of a folder and its subfolders.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be read, or a file is not a regular file or is larger than 16 MiB.
    pub fn in_folder(folder: &Path) -> Result<Self, CorpusError> {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files)?;
        Ok(Self(files))
    }

    /// Adds or replaces one file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.into(), Cow::Owned(text.into()));
        self
    }

    /// Returns the content of one file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// Returns the JSON files in a folder and its subfolders, sorted by path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.0
            .iter()
            .filter(move |(path, _)| path.starts_with(folder) && is_json(path))
            .map(|(path, text)| (path.as_str(), text.as_ref()))
    }
}

fn collect(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Cow<'static, [u8]>>,
) -> Result<(), CorpusError> {
    let unreadable = |error: io::Error| {
        let place = folder.display().to_string();
        CorpusError::new(CorpusErrorKind::File, &place, error.to_string())
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else if kind.is_file() {
            let length = entry.metadata().map_err(unreadable)?.len();
            if length > MAX_BYTES as u64 {
                let message = format!("{length} bytes, the limit is {MAX_BYTES}");
                return Err(CorpusError::new(CorpusErrorKind::TooLarge, &name, message));
            }
            let bytes = std::fs::read(entry.path()).map_err(unreadable)?;
            files.insert(name, Cow::Owned(bytes));
        } else {
            // Reading a pipe could block forever, and a link could point outside of the folder.
            let message = "not a regular file";
            return Err(CorpusError::new(
                CorpusErrorKind::NotRegularFile,
                &name,
                message,
            ));
        }
    }
    Ok(())
}

fn is_json(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_are_those_of_the_fixtures_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");
        let read = Files::in_folder(Path::new(folder)).unwrap();
        assert!(read.0.len() > 50);
        assert!(Files::embedded().0 == read.0, "the contents differ");
    }
}
