//! The text files of the repository, as git lists them.

use std::fs;
use std::path::Path;

use crate::programs;

/// Every text file that is tracked, or untracked and not ignored.
pub(crate) struct Tree(Vec<File>);

pub(crate) struct File {
    /// The path from the root, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// Whether the name of the file ends in a dot and `extension`.
    pub(crate) fn is_a(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|other| other == extension)
    }
}

impl Tree {
    pub(crate) fn read() -> Result<Self, String> {
        let listed = programs::output(&[
            "git",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
        ])?;
        let mut files = Vec::new();
        for path in listed.lines() {
            // A listed file may be deleted in the work tree, or may not be text.
            if let Ok(text) = fs::read_to_string(programs::root().join(path)) {
                files.push(File {
                    path: path.to_owned(),
                    text,
                });
            }
        }
        Ok(Self(files))
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).into(),
            text: (*text).into(),
        };
        Self(files.iter().map(file).collect())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    /// The files below a folder that have an extension.
    pub(crate) fn below<'a>(
        &'a self,
        folder: &'a str,
        extension: &'a str,
    ) -> impl Iterator<Item = &'a File> {
        self.files()
            .filter(move |file| file.path.starts_with(folder) && file.is_a(extension))
    }
}
