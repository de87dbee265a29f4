//! A captured request, as the transformations see it, and a request that may have been signed instead.

use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_protocol::{SignInput, SignKind};

use crate::signing::rule::Rule;

use super::clues::Clues;
use super::url_parts::UrlParts;

/// A request as it was sent, or as a first transformation left it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Original<'a> {
    pub(super) rule: Rule,
    pub(super) input: &'a SignInput,
    /// The signed names of ACS3.
    pub(super) names: &'a [String],
    pub(super) clues: &'a Clues,
}

/// A request that may have been signed instead of the captured one.
#[derive(Debug, Clone)]
pub(super) struct Transformed {
    /// The name of the mistake.
    pub(super) mistake: &'static str,
    /// What exactly differs, in words.
    pub(super) detail: String,
    pub(super) input: SignInput,
}

impl Original<'_> {
    /// The request with a change.
    pub(super) fn with(
        &self,
        mistake: &'static str,
        detail: impl Into<String>,
        change: impl FnOnce(&mut SignInput),
    ) -> Transformed {
        let mut input = self.input.clone();
        change(&mut input);
        Transformed {
            mistake,
            detail: detail.into(),
            input,
        }
    }

    pub(super) fn url(&self) -> UrlParts<'_> {
        UrlParts::of(&self.input.url)
    }

    /// The request with another path. An API path and the path of an HTTP trigger are signed differently, so
    /// that one path may give two requests.
    pub(super) fn with_path(
        &self,
        mistake: &'static str,
        detail: &str,
        path: &str,
    ) -> Vec<Transformed> {
        let url = self.url().with_path(path);
        let own = self.input.kind;
        let of_path = match own {
            Some(SignKind::PresignedUrl) => None,
            kind => Some(sign_kind_of_target(path)).filter(|other| Some(*other) != kind),
        };
        let kinds = std::iter::once(own).chain(of_path.map(Some));
        let changed = kinds.map(|kind| {
            self.with(mistake, detail, |input| {
                input.url.clone_from(&url);
                input.kind = kind;
            })
        });
        changed.collect()
    }

    /// The request with another query; `None` is a URL without a question mark.
    pub(super) fn with_query(
        &self,
        mistake: &'static str,
        detail: impl Into<String>,
        query: Option<&str>,
    ) -> Transformed {
        self.with(mistake, detail, |input| {
            input.url = self.url().with_query(query);
        })
    }

    /// Whether the signature covers the query.
    pub(super) fn signs_query(&self) -> bool {
        self.rule != Rule::Fc || self.input.kind != Some(SignKind::Api)
    }

    pub(super) fn covers(&self, name: &str) -> bool {
        self.rule.covers(name, self.names)
    }
}

/// Requests that may have been signed, the likely ones first.
pub(super) type Candidates<'a> = Box<dyn Iterator<Item = Transformed> + 'a>;
