//! `fcgate run`.

use crate::Implementation;
use crate::corpus::Files;
use crate::report::{Report, Verbosity, text, write_json};
use crate::runner::{self, Claims, InProcess, Plan};
use crate::self_check;
use crate::verdict::{Rules, Verdict};

use super::arguments::{Color, ReportKind, RunOptions};
use super::select::Selection;
use super::{Failure, print};

pub(super) fn run(
    implementation: &dyn Implementation,
    files: &Files,
    options: &RunOptions,
) -> Result<Verdict, Failure> {
    color(options.color);
    let corpus = self_check::sound_corpus(files).map_err(|error| Failure::harness(&error))?;
    let selection = Selection::new(&corpus, &options.only, &options.skip)?;

    let subject = InProcess::new(implementation);
    let hello = subject.hello().map_err(|_| Failure {
        verdict: Verdict::Adapter,
        message: "the implementation panics in hello".to_owned(),
    })?;
    let mut claims = Claims::of(&hello);
    if let Some(revision) = &options.revision {
        if !claims.revisions.contains(revision) {
            let spoken = claims.revisions.join(", ");
            let message = format!("the subject does not speak {revision}, but: {spoken}");
            return Err(Failure::usage(message));
        }
        claims = claims.only_revision(revision);
    }

    let plan = Plan::new();
    let selected = |case: &_| selection.contains(case);
    let run = runner::run(&corpus, &subject, &claims, &plan, &selected);
    let mut rules = Rules::new();
    rules.level = options.level.into();
    rules.partial_ok = options.partial_ok;
    let mut report = Report::new(&corpus, &hello, &claims, plan.seed, run.results, rules);
    let written = write(&report, options);
    if let Err(failure) = &written {
        report.worsen(failure.verdict);
    }
    print(&text(&report, &corpus, verbosity(options)));
    written.map(|()| report.verdict)
}

fn write(report: &Report, options: &RunOptions) -> Result<(), Failure> {
    for target in &options.report {
        let written = match target.kind {
            ReportKind::Json => write_json(report, &target.path),
        };
        written.map_err(|error| {
            Failure::harness(&format!(
                "report {} is not written: {error}",
                target.path.display()
            ))
        })?;
    }
    Ok(())
}

fn color(color: Color) {
    match color {
        Color::Auto => anstream::ColorChoice::Auto.write_global(),
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
}

fn verbosity(options: &RunOptions) -> Verbosity {
    if options.quiet {
        Verbosity::Quiet
    } else if options.verbose {
        Verbosity::Verbose
    } else {
        Verbosity::Normal
    }
}
