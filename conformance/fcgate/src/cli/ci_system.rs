//! The CI systems whose variables name the sources and the page of a run.

use std::fmt;

use fc_conformance::report::{Provenance, RunUrl, SourceRevision};

/// A CI system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CiSystem {
    GitHubActions,
    GitLab,
    Jenkins,
}

/// Returns the value of an environment variable; `None` if it is not set or empty.
type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A variable of a CI system whose value is invalid. The message does not contain the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InvalidVariable {
    name: &'static str,
    reason: String,
}

impl fmt::Display for InvalidVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)
    }
}

impl std::error::Error for InvalidVariable {}

impl CiSystem {
    /// The CI system that set these variables.
    pub(super) fn detect(variable: Variable<'_>) -> Option<Self> {
        let is_true = |name: &str| variable(name).is_some_and(|value| value == "true");
        if is_true("GITHUB_ACTIONS") {
            Some(Self::GitHubActions)
        } else if is_true("GITLAB_CI") {
            Some(Self::GitLab)
        } else {
            variable("JENKINS_URL").map(|_| Self::Jenkins)
        }
    }

    /// The revision and the page of the run, as far as the system names them.
    ///
    /// The page is that of the whole run, not of one job, so that shards which run as jobs of their own agree.
    pub(super) fn provenance(self, variable: Variable<'_>) -> Result<Provenance, InvalidVariable> {
        let (revision, page) = match self {
            Self::GitHubActions => ("GITHUB_SHA", "GITHUB_RUN_ID"),
            Self::GitLab => ("CI_COMMIT_SHA", "CI_PIPELINE_URL"),
            Self::Jenkins => ("GIT_COMMIT", "BUILD_URL"),
        };
        let url = match self {
            Self::GitHubActions => github_run(variable),
            Self::GitLab | Self::Jenkins => variable(page),
        };
        let mut provenance = Provenance::default();
        provenance.source_revision = variable(revision)
            .map(|text| text.parse::<SourceRevision>())
            .transpose()
            .map_err(|error| InvalidVariable::new(revision, &error))?;
        provenance.run_url = url
            .map(|text| text.parse::<RunUrl>())
            .transpose()
            .map_err(|error| InvalidVariable::new(page, &error))?;
        Ok(provenance)
    }
}

impl InvalidVariable {
    fn new(name: &'static str, error: &dyn std::error::Error) -> Self {
        Self {
            name,
            reason: error.to_string(),
        }
    }
}

/// GitHub sets no variable with the whole address.
fn github_run(variable: Variable<'_>) -> Option<String> {
    let (server, repository) = (
        variable("GITHUB_SERVER_URL")?,
        variable("GITHUB_REPOSITORY")?,
    );
    let run = variable("GITHUB_RUN_ID")?;
    Some(format!("{server}/{repository}/actions/runs/{run}"))
}

#[cfg(test)]
mod tests {
    use super::{CiSystem, Variable};

    fn lookup(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        |name| {
            let found = pairs.iter().find(|(one, _)| *one == name);
            found.map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn each_system_names_the_revision_and_the_page_of_the_run() {
        let github = lookup(&[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SERVER_URL", "https://github.example"),
            ("GITHUB_REPOSITORY", "owner/sdk"),
            ("GITHUB_RUN_ID", "17"),
            ("GITHUB_SHA", "d94b1a2f"),
        ]);
        let gitlab = lookup(&[
            ("GITLAB_CI", "true"),
            ("CI_COMMIT_SHA", "d94b1a2f"),
            (
                "CI_PIPELINE_URL",
                "https://gitlab.example/sdk/-/pipelines/17",
            ),
        ]);
        let jenkins = lookup(&[
            ("JENKINS_URL", "https://ci.example/"),
            ("GIT_COMMIT", "d94b1a2f"),
            ("BUILD_URL", "https://ci.example/job/sdk/17/"),
        ]);
        let systems: [(Variable<'_>, CiSystem, &str); 3] = [
            (
                &github,
                CiSystem::GitHubActions,
                "https://github.example/owner/sdk/actions/runs/17",
            ),
            (
                &gitlab,
                CiSystem::GitLab,
                "https://gitlab.example/sdk/-/pipelines/17",
            ),
            (
                &jenkins,
                CiSystem::Jenkins,
                "https://ci.example/job/sdk/17/",
            ),
        ];
        for (variable, system, page) in systems {
            assert_eq!(CiSystem::detect(variable), Some(system));
            let provenance = system.provenance(variable).unwrap();
            let revision = provenance.source_revision.unwrap();
            assert_eq!(revision.as_str(), "d94b1a2f");
            assert_eq!(provenance.run_url.unwrap().as_str(), page);
        }
    }

    #[test]
    fn a_missing_variable_is_left_out_and_an_invalid_one_is_named_without_its_value() {
        let bare = lookup(&[("JENKINS_URL", "https://ci.example/")]);
        let provenance = CiSystem::Jenkins.provenance(&bare).unwrap();
        assert!(provenance.is_empty());
        let secret = lookup(&[("BUILD_URL", "https://user:hunter22@ci.example/")]);
        let error = CiSystem::Jenkins
            .provenance(&secret)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("BUILD_URL: the address contains a credential"),
            "{error}"
        );
        assert!(!error.contains("hunter22"), "{error}");
    }

    #[test]
    fn no_system_is_found_without_its_variable() {
        let none = lookup(&[("CI", "true"), ("GITHUB_ACTIONS", "false")]);
        assert_eq!(CiSystem::detect(&none), None);
    }
}
