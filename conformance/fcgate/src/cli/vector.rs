//! `fcgate vector`: tools for authors of cases.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use fc_conformance::property::{self, Seed};
use fc_conformance::report::totals::counted;
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::{self, Corpus, Files, Finding};
use fcgate_mutants::broken_requirements;

use super::console::print;
use super::failure::Failure;
use super::files::read_fixtures;
use super::help_examples as examples;

#[derive(Debug, Args)]
pub(super) struct VectorOptions {
    #[command(subcommand)]
    pub(super) command: VectorCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum VectorCommand {
    /// Add cases to the file of their group and assign their ids
    #[command(after_help = examples::VECTOR_ADD)]
    Add(AddOptions),
    /// Turn the input of a failed property into a case
    #[command(after_help = examples::VECTOR_PROMOTE)]
    Promote(PromoteOptions),
    /// Check the corpus against every rule for a release
    #[command(after_help = examples::VECTOR_LINT)]
    Lint(FixturesOption),
    /// Write every file in canonical form
    #[command(after_help = examples::VECTOR_FMT)]
    Fmt(FmtOptions),
}

#[derive(Debug, Args)]
pub(super) struct AddOptions {
    /// A JSON file with the group and the cases, without ids
    pub(super) envelope: PathBuf,
    #[command(flatten)]
    pub(super) fixtures: FixturesOption,
}

#[derive(Debug, Args)]
pub(super) struct PromoteOptions {
    /// The seed from the report: FAMILY/SEED/NUMBER/STEPS
    pub(super) seed: Seed,
    #[command(flatten)]
    pub(super) fixtures: FixturesOption,
}

#[derive(Debug, Args)]
pub(super) struct FmtOptions {
    /// Write nothing; fail if a file is not canonical
    #[arg(long)]
    pub(super) check: bool,
    #[command(flatten)]
    pub(super) fixtures: FixturesOption,
}

#[derive(Debug, Args)]
pub(super) struct FixturesOption {
    /// The folder with requirements.json, cases and sets
    #[arg(long, value_name = "DIR", default_value = "fixtures")]
    pub(super) fixtures: PathBuf,
}

impl FixturesOption {
    fn read(&self) -> Result<Files, Failure> {
        read_fixtures(&self.fixtures)
    }
}

pub(super) fn vector(options: &VectorOptions) -> Result<Verdict, Failure> {
    match &options.command {
        VectorCommand::Add(options) => add(options),
        VectorCommand::Promote(options) => promote(options),
        VectorCommand::Lint(fixtures) => lint(fixtures),
        VectorCommand::Fmt(options) => fmt(options),
    }
}

fn add(options: &AddOptions) -> Result<Verdict, Failure> {
    let name = options.envelope.display().to_string();
    let envelope = fs::read(&options.envelope)
        .map_err(|error| Failure::usage(format!("{name} cannot be read: {error}")))?;
    added(&name, &envelope, &options.fixtures)
}

fn promote(options: &PromoteOptions) -> Result<Verdict, Failure> {
    let envelope = property::envelope(&options.seed).ok_or_else(|| {
        Failure::usage("the seed does not fit its property; copy the whole seed from the report")
    })?;
    added(
        "the input of the seed",
        envelope.as_bytes(),
        &options.fixtures,
    )
}

fn added(name: &str, envelope: &[u8], fixtures: &FixturesOption) -> Result<Verdict, Failure> {
    let files = fixtures.read()?;
    let addition = corpus::add(&files, name, envelope, &broken_requirements())
        .map_err(|error| Failure::usage(error.to_string()))?;
    if !addition.findings.is_empty() {
        print(&listed(&addition.findings))?;
        return Err(Failure::usage(
            "the new cases break a rule of the corpus; nothing was written",
        ));
    }
    let path = fixtures.fixtures.join(&addition.file);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::harness(&error))?;
    }
    crate::writers::write_text(&path, &addition.text)?;
    let mut out = String::new();
    for id in &addition.ids {
        let _ = writeln!(out, "{id}");
    }
    let _ = writeln!(
        out,
        "added {} to {}",
        counted(addition.ids.len(), "case"),
        addition.file
    );
    print(&out)?;
    Ok(Verdict::Conforming)
}

fn lint(fixtures: &FixturesOption) -> Result<Verdict, Failure> {
    let files = fixtures.read()?;
    let corpus = Corpus::load(&files).map_err(|error| Failure::harness(&error))?;
    let findings = corpus::lint_release(&corpus, &files, &broken_requirements());
    print(&listed(&findings))?;
    let (cases, requirements) = (corpus.cases().len(), corpus.requirements.len());
    let findings_count = counted(findings.len(), "finding");
    print(&format!(
        "{requirements} requirements, {cases} cases, {findings_count}\n"
    ))?;
    if findings.is_empty() {
        Ok(Verdict::Conforming)
    } else {
        Ok(Verdict::Harness)
    }
}

fn fmt(options: &FmtOptions) -> Result<Verdict, Failure> {
    let files = options.fixtures.read()?;
    let unformatted = corpus::unformatted(&files).map_err(|error| Failure::harness(&error))?;
    for (file, text) in &unformatted {
        if !options.check {
            crate::writers::write_text(&options.fixtures.fixtures.join(file), text)?;
        }
        let what = if options.check {
            "not canonical; `fcgate vector fmt` rewrites it"
        } else {
            "written"
        };
        print(&format!("{file}: {what}\n"))?;
    }
    if options.check && !unformatted.is_empty() {
        return Ok(Verdict::Harness);
    }
    Ok(Verdict::Conforming)
}

fn listed(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut out, finding| {
        let _ = writeln!(out, "{finding}");
        out
    })
}
