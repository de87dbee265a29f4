//! A run from its settings to its report; `run` and `baseline` share it.

use std::sync::Arc;
use std::time::Duration;

use crate::Implementation;
use crate::clock;
use crate::corpus::{Case, Corpus, Files};
use crate::judge::{CaseResult, Status};
use crate::known::Known;
use crate::protocol::Hello;
use crate::report::Report;
use crate::runner::{self, Claims, Fault, unclaimed};
use crate::self_check;
use crate::verdict::{Rules, Verdict};

use super::Failure;
use super::attach::{Attached, NoSubject};
use super::output;
use super::run_options::RunOptions;
use super::select::Selection;
use super::settings::Settings;
use super::signals::Signals;

/// What a run found, and what it was about.
pub(super) struct Judged {
    pub(super) corpus: Corpus,
    pub(super) settings: Settings,
    pub(super) rules: Rules,
    /// The results as they were before the known failures were looked at.
    pub(super) found: Vec<CaseResult>,
    pub(super) timings: Vec<(String, Duration)>,
    pub(super) report: Report,
    /// What the adapter did, with the line that it is about.
    pub(super) fault: Option<Fault>,
}

/// Checks everything that can be wrong before anybody is asked anything; then judges.
pub(super) fn judge(
    implementation: &dyn Implementation,
    files: &Files,
    options: &RunOptions,
) -> Result<Judged, Failure> {
    let settings = Settings::of(options)?;
    let corpus = self_check::sound_corpus(files).map_err(|error| Failure::harness(&error))?;
    let selection = Selection::new(&corpus, &options.only, &options.skip)?;
    let known = settings.known.read(&corpus)?;
    let rules = settings.rules(options);
    let (attached, hello) = match Attached::new(&settings, options, implementation) {
        Ok(attached) => attached,
        Err(NoSubject::Failure(failure)) => return Err(failure),
        Err(NoSubject::Fault(fault)) => {
            let hello = Hello::new("unnamed", "unknown", "unknown");
            let found: Vec<_> = corpus
                .cases()
                .into_iter()
                .map(|case| unasked(case, &selection))
                .collect();
            let mut report = Report::new(
                &corpus,
                &hello,
                &Claims::of(&hello),
                options.seed,
                found.clone(),
                rules,
            );
            if let Some(shard) = options.shard {
                report = report.of_shard(shard);
            }
            report.broken(&fault.summary());
            return Ok(Judged {
                corpus,
                settings,
                rules,
                found,
                timings: Vec::new(),
                report,
                fault: Some(fault),
            });
        }
    };
    let claims = settings.claims(&hello)?;
    let mut plan = settings.plan(options);
    plan.progress = Arc::new(output::progress(options));
    let signals = Signals::watch(&plan.stop, &attached);
    let mut run = runner::run(&corpus, attached.subject(), &claims, &plan, &|case| {
        selection.contains(case) && in_shard(options, case)
    });
    let mut warnings = unclaimed::warnings(&corpus, attached.subject(), &claims, &plan);
    drop(signals);
    let ended = attached.end(&mut warnings);

    let found = run.results.clone();
    let stale = apply(known.as_ref(), &mut run.results, &mut warnings);
    let mut report = Report::new(&corpus, &hello, &claims, plan.seed, run.results, rules);
    if let Some(shard) = options.shard {
        report = report.of_shard(shard);
    }
    report.warn(warnings);
    report.adapter = options.adapter_line();
    if stale {
        report.worsen(Verdict::Nonconforming);
    }
    if plan.stop.is_set() {
        report.worsen(Verdict::Incomplete);
    }
    let fault = ended.err();
    if let Some(fault) = &fault {
        report.broken(&fault.summary());
    }
    Ok(Judged {
        corpus,
        settings,
        rules,
        found,
        timings: run.timings,
        report,
        fault,
    })
}

fn in_shard(options: &RunOptions, case: &Case) -> bool {
    options.shard.is_none_or(|shard| shard.contains(&case.id))
}

/// A case that nobody could be asked about.
fn unasked(case: &Case, selection: &Selection) -> CaseResult {
    let status = if selection.contains(case) {
        Status::Untestable
    } else {
        Status::Filtered
    };
    CaseResult::unjudged(case, status)
}

/// Whether an entry of the known failures does not hold any more; each is told.
fn apply(known: Option<&Known>, results: &mut [CaseResult], warnings: &mut Vec<String>) -> bool {
    let Some(known) = known else { return false };
    let stale = known.apply(results, clock::today());
    warnings.extend(known.warnings());
    warnings.extend(stale.iter().map(ToString::to_string));
    !stale.is_empty()
}
