//! The limits of coverage, and the lines that no test can run.

use std::collections::BTreeSet;

use serde::Deserialize;

/// The file with the limits.
const FILE: &str = "xtask/coverage.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    part: Vec<Part>,
    #[serde(default)]
    unreachable: Vec<Unreachable>,
}

/// A package, or a folder of it, with its limit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) package: String,
    /// The path of the sources, from the root.
    pub(super) sources: String,
    /// The least percentage of lines that run.
    pub(super) percent: f64,
    /// The features of the package that its tests need.
    #[serde(default)]
    features: Option<String>,
}

/// A line that no test can run.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unreachable {
    pub(super) file: String,
    /// The text of the line, without the spaces around it.
    pub(super) line: String,
    /// Why no test can run it.
    because: String,
}

impl Limits {
    pub(super) fn read() -> Result<Self, String> {
        Self::parse(&super::source::read(FILE)?).map_err(|error| format!("{FILE}: {error}"))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let limits: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let nameless = limits
            .unreachable
            .iter()
            .find(|line| line.because.trim().is_empty());
        match nameless {
            None => Ok(limits),
            Some(line) => Err(format!("the line `{}` has no reason", line.line)),
        }
    }

    /// The parts with these names, or of these packages; all without names.
    pub(super) fn select(&self, names: &[String]) -> Result<Vec<&Part>, String> {
        let has = |part: &&Part, name: &String| part.name == *name || part.package == *name;
        if let Some(unknown) = names
            .iter()
            .find(|name| !self.part.iter().any(|part| has(&part, name)))
        {
            let known: Vec<&str> = self.part.iter().map(|part| part.name.as_str()).collect();
            let known = known.join(", ");
            return Err(format!(
                "{FILE} has no limit for {unknown}; expected one of: {known}"
            ));
        }
        let is_selected =
            |part: &&Part| names.is_empty() || names.iter().any(|name| has(part, name));
        Ok(self.part.iter().filter(is_selected).collect())
    }

    pub(super) fn unreachable(&self) -> &[Unreachable] {
        &self.unreachable
    }

    /// The features with which a package is tested.
    pub(super) fn features(&self, package: &str) -> Option<&str> {
        let mut parts = self.part.iter().filter(|part| part.package == package);
        parts.find_map(|part| part.features.as_deref())
    }

    /// Entries about lines that are not in their files any more.
    pub(super) fn unused(&self, names: &[String]) -> Result<Vec<String>, String> {
        let mut found = Vec::new();
        for Unreachable { file, line, .. } in self.unreachable.iter().filter(|_| names.is_empty()) {
            let text = super::source::read(file)?;
            if !text.lines().any(|other| other.trim() == line) {
                found.push(format!(
                    "{FILE}: {file} has no line `{line}`; remove the entry"
                ));
            }
        }
        Ok(found)
    }
}

/// The packages of these parts, each once.
pub(super) fn packages<'a>(parts: &[&'a Part]) -> BTreeSet<&'a str> {
    parts.iter().map(|part| part.package.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::Limits;

    const TEXT: &str = "[[part]]\nname = 'a::b'\npackage = 'a'\nsources = 'a/src/b'\npercent = 98.0\n\
                        [[unreachable]]\nfile = 'a/src/b.rs'\nline = 'x'\nbecause = 'y'\n";

    #[test]
    fn parts_are_selected_by_name_and_by_package() {
        let limits = Limits::parse(TEXT).unwrap();
        let count = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            limits.select(&names).map(|parts| parts.len())
        };
        assert_eq!(
            (count(&[]), count(&["a"]), count(&["a::b"])),
            (Ok(1), Ok(1), Ok(1))
        );
        assert!(count(&["c"]).is_err_and(|error| error.ends_with("expected one of: a::b")));
    }

    #[test]
    fn a_line_without_a_reason_is_refused() {
        let error = Limits::parse(&TEXT.replace("'y'", "' '")).unwrap_err();
        assert_eq!(error, "the line `x` has no reason");
    }
}
