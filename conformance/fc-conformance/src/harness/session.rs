//! What the tests of one target share.

use std::fs;
use std::path::Path;

use crate::known::Known;
use crate::verdict::Rules;
use fcgate_cases::Claims;
use fcgate_cases::corpus::Corpus;
use fcgate_protocol::{Hello, Implementation};

use super::HarnessError;
use super::settings::Settings;

/// The implementation and everything that its results are compared with.
pub(super) struct Session {
    pub(super) implementation: &'static dyn Implementation,
    pub(super) hello: Hello,
    pub(super) claims: Claims,
    pub(super) rules: Rules,
    pub(super) known: Known,
    pub(super) corpus: Corpus,
}

impl Session {
    pub(super) fn new(
        implementation: &'static dyn Implementation,
        hello: Hello,
        settings: &Settings,
        known: Known,
        corpus: Corpus,
    ) -> Result<Self, HarnessError> {
        let mut rules = Rules::new();
        rules.level = settings.level;
        rules.profile = settings.profile;
        Ok(Self {
            implementation,
            claims: claims(&hello, settings)?,
            hello,
            rules,
            known,
            corpus,
        })
    }
}

/// Reads the file of known failures; without one there are none.
pub(super) fn known_failures(path: Option<&Path>) -> Result<Known, HarnessError> {
    let Some(path) = path else {
        return Ok(Known::default());
    };
    let text = fs::read_to_string(path).map_err(|error| HarnessError::KnownFile {
        path: path.to_owned(),
        error,
    })?;
    Ok(Known::read(&text, &path.display().to_string())?)
}

fn claims(hello: &Hello, settings: &Settings) -> Result<Claims, HarnessError> {
    let claims = Claims::of(hello);
    let Some(requested) = &settings.revision else {
        return Ok(claims);
    };
    if !claims.revisions.contains(requested) {
        return Err(HarnessError::Revision {
            requested: requested.clone(),
            supported: claims.revisions,
        });
    }
    Ok(claims.limit_to_revision(requested))
}
