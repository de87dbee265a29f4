//! A test and how it ends.

use std::fmt;

/// One test.
pub(in crate::harness) struct Test {
    pub(super) name: String,
    /// Shown in brackets before the name; filters see it too.
    pub(super) kind: Option<String>,
    /// Whether it runs only with `--ignored` or `--include-ignored`.
    pub(super) is_ignored: bool,
    pub(super) run: Box<dyn Fn() -> Outcome + Send + Sync>,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::harness) enum Outcome {
    Passed,
    /// It was not run, or its result does not count; with the reason if there is one.
    Ignored(Option<String>),
    /// It failed; the text is printed after all tests have run.
    Failed(String),
}

impl Test {
    pub(in crate::harness) fn new(
        name: impl Into<String>,
        run: impl Fn() -> Outcome + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            kind: None,
            is_ignored: false,
            run: Box::new(run),
        }
    }

    pub(in crate::harness) fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    pub(in crate::harness) fn ignored(mut self, is_ignored: bool) -> Self {
        self.is_ignored = is_ignored;
        self
    }

    /// The name as it is listed: `[kind] name`.
    pub(super) fn full_name(&self) -> String {
        match &self.kind {
            Some(kind) => format!("[{kind}] {}", self.name),
            None => self.name.clone(),
        }
    }
}

impl Outcome {
    /// Ignored for this reason.
    pub(in crate::harness) fn ignored(reason: impl fmt::Display) -> Self {
        Self::Ignored(Some(reason.to_string()))
    }

    pub(in crate::harness) fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }
}
