//! The fixture files: embedded in the binary, or read from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use rust_embed::RustEmbed;

use super::CorpusError;

#[derive(RustEmbed)]
#[folder = "../fixtures"]
struct Fixtures;

/// Texts by their path below the fixtures folder, with `/` between the parts.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Files(BTreeMap<String, Cow<'static, [u8]>>);

impl Files {
    /// No file.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The files that are embedded in this crate.
    pub fn embedded() -> Self {
        let file = |path: Cow<'static, str>| {
            Fixtures::get(&path).map(|file| (path.into_owned(), file.data))
        };
        Self(Fixtures::iter().filter_map(file).collect())
    }

    /// The JSON files of a folder and the folders in it.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be read.
    pub fn in_folder(folder: &Path) -> Result<Self, CorpusError> {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files)
            .map_err(|error| CorpusError::new(&folder.display().to_string(), error.to_string()))?;
        Ok(Self(files))
    }

    /// Adds or replaces one file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.into(), Cow::Owned(text.into()));
        self
    }

    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// The JSON files below a folder, sorted by path.
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
) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, Cow::Owned(std::fs::read(entry.path())?));
        }
    }
    Ok(())
}

fn is_json(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "json")
}
