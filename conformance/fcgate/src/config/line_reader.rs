//! Reads values of a file and adds the line of the value to an error.

use toml::Spanned;

use fc_conformance::toml_file;

use super::error::ConfigError;

/// Reads values and adds the line of the value to an error.
pub(super) struct LineReader<'a> {
    pub(super) text: &'a str,
    pub(super) name: &'a str,
}

impl LineReader<'_> {
    /// The line of a value, from 1.
    pub(super) fn line<T>(&self, value: &Spanned<T>) -> usize {
        toml_file::line_of(self.text, value.span().start)
    }

    pub(super) fn each<T, U>(
        &self,
        value: Option<Spanned<T>>,
        read: impl FnOnce(T) -> Result<U, String>,
    ) -> Result<Option<U>, ConfigError> {
        value.map(|value| self.one(value, read)).transpose()
    }

    pub(super) fn all<T, U>(
        &self,
        values: Vec<Spanned<T>>,
        read: impl Fn(T) -> Result<U, String>,
    ) -> Result<Vec<U>, ConfigError> {
        let values = values.into_iter();
        values.map(|value| self.one(value, &read)).collect()
    }

    pub(super) fn one<T, U>(
        &self,
        value: Spanned<T>,
        read: impl FnOnce(T) -> Result<U, String>,
    ) -> Result<U, ConfigError> {
        let line = self.line(&value);
        read(value.into_inner()).map_err(|message| ConfigError::new(self.name, Some(line), message))
    }
}
