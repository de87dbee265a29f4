//! The options that state which sources a run judges, and where it can be seen.

use clap::Args;

use fc_conformance::report::{Provenance, RunUrl, SourceRevision};

use super::ci_system::CiSystem;
use super::environment;
use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct ProvenanceOptions {
    /// The revision of the judged sources, such as a commit, for the reports
    #[arg(long, value_name = "REVISION")]
    source_revision: Option<SourceRevision>,
    /// The address of the page of this run, for the reports
    #[arg(long, value_name = "URL")]
    run_url: Option<RunUrl>,
    /// Take both from the variables of GitHub Actions, GitLab CI or Jenkins, if they are not given
    #[arg(long)]
    provenance_from_ci: bool,
}

impl ProvenanceOptions {
    /// What the options state. The options win over the variables of the CI system.
    ///
    /// The variables are read only if the caller wants them: otherwise a report is the same wherever it was made.
    ///
    /// # Errors
    ///
    /// If no CI system is found, or one of its variables has an invalid value.
    pub(super) fn provenance(&self) -> Result<Provenance, Failure> {
        let mut provenance = Provenance::default();
        if self.provenance_from_ci {
            provenance = CiSystem::detect(&environment::ci_variable)
                .ok_or_else(no_ci_system)?
                .provenance(&environment::ci_variable)
                .map_err(|error| Failure::usage(format!("--provenance-from-ci: {error}")))?;
        }
        if self.source_revision.is_some() {
            provenance.source_revision.clone_from(&self.source_revision);
        }
        if self.run_url.is_some() {
            provenance.run_url.clone_from(&self.run_url);
        }
        Ok(provenance)
    }
}

fn no_ci_system() -> Failure {
    Failure::usage(
        "--provenance-from-ci: found no CI system; expected GITHUB_ACTIONS=true, GITLAB_CI=true or JENKINS_URL; \
         elsewhere pass --source-revision and --run-url"
            .to_owned(),
    )
}
