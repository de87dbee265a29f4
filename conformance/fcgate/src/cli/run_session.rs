//! One run, from its settings to its report; used by `run` and `baseline`.

use std::sync::Arc;
use std::time::Duration;

use crate::writers::{ProgressMode, StderrProgress};
use fc_conformance::Reference;
use fc_conformance::diagnosis;
use fc_conformance::known::Known;
use fc_conformance::property;
use fc_conformance::repetition;
use fc_conformance::report::{BUILT_IN, EarlyEnd, Provenance, Report};
use fc_conformance::undeclared_capabilities;
use fc_conformance::verdict::{Rules, Verdict};
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Files};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_cases::startup_check;
use fcgate_http::clock;
use fcgate_protocol::Hello;
use fcgate_protocol::Implementation;
use fcgate_runner::{self as runner, EndsRun, Fault, Plan, Run, SignalWatch, Subject};

use super::console::note;
use super::earlier_failures::EarlierFailures;
use super::failure::{Failure, unwatched_signals};
use super::prepare::prepare;
use super::run_options::RunOptions;
use super::run_subject::{RunSubject, SubjectFailure};
use super::selection::Selection;
use super::settings::Settings;
use super::time_summary::{Phases, time_summary};

/// The results of a run, with the settings and cases that produced them.
pub(super) struct FinishedRun {
    pub(super) corpus: Corpus,
    pub(super) settings: Settings,
    pub(super) rules: Rules,
    /// The results before the known failures are applied.
    pub(super) found: Vec<CaseResult>,
    pub(super) timings: Vec<(String, Duration)>,
    pub(super) report: Report,
    /// The fault of the adapter, with the line that caused it.
    pub(super) fault: Option<Fault>,
}

/// Validates settings, filters and known failures before the adapter starts; then runs the cases.
pub(super) fn run_session(
    implementation: &dyn Implementation,
    files: &Files,
    options: &RunOptions,
) -> Result<FinishedRun, Failure> {
    let settings = Settings::of(options)?;
    let provenance = options.provenance.provenance()?;
    if settings.adapter.is_empty() {
        note(&no_adapter());
    } else {
        runner::adopt_orphans();
    }
    let mut corpus =
        startup_check::load_checked_corpus(files).map_err(|error| Failure::harness(&error))?;
    if options.properties.is_some() {
        corpus = property::with_families(corpus);
    }
    let failed_before = options.rerun_failed.as_ref();
    let failed_before = failed_before
        .map(|path| EarlierFailures::read(path, &corpus, options.properties.is_some()))
        .transpose()?;
    let selection = Selection::new(&corpus, &options.only, &options.skip)?.limit_to(failed_before);
    let known = settings.known.read(&corpus)?;
    let mut plan = settings.plan(options);
    let rules = settings.rules(options);
    if options.fail_fast {
        plan.fail_fast = Some(ends_run(known.clone(), rules));
    }
    let session = RunSession {
        options,
        settings,
        provenance,
        corpus,
        selection,
        rules,
        plan,
    };
    let mut phases = Phases::start();
    if let Err(fault) = prepare(&session.settings, options.reports.quiet, &session.plan.stop)? {
        return Ok(session.without_subject(fault));
    }
    phases.end("prepare");
    let attached = match RunSubject::new(&session.settings, options, implementation) {
        Ok(attached) => attached,
        Err(fault) => return Ok(session.without_subject(fault)),
    };
    let (stop, stop_adapter) = (session.plan.stop.clone(), attached.stop_function());
    let _signals = SignalWatch::start(move || {
        stop.now();
        stop_adapter();
    })
    .map_err(|error| unwatched_signals(&error))?;
    let hello = attached.hello();
    phases.end("start of the adapter");
    match hello {
        Ok(hello) => session.with_subject(attached, &hello, known.as_ref(), phases),
        Err(SubjectFailure::Fault(fault)) => Ok(session.without_subject(fault)),
        Err(SubjectFailure::Failure(failure)) => Err(failure),
    }
}

/// The state of a run before the subject starts.
struct RunSession<'a> {
    options: &'a RunOptions,
    settings: Settings,
    provenance: Provenance,
    corpus: Corpus,
    selection: Selection,
    rules: Rules,
    plan: Plan,
}

impl RunSession<'_> {
    fn with_subject(
        self,
        attached: RunSubject<'_>,
        hello: &Hello,
        known: Option<&Known>,
        mut phases: Phases,
    ) -> Result<FinishedRun, Failure> {
        let claims = self.settings.claims(hello)?;
        let (corpus, subject) = (&self.corpus, attached.subject());
        let selected = |case: &Case| self.selection.contains(case) && self.in_shard(case);
        let mut run = self.repetitions(subject, &claims, known, &selected);
        phases.end("cases");
        let mut warnings = undeclared_capabilities::warnings(corpus, subject, &claims, &self.plan);
        let selects_a_case = corpus.cases().into_iter().any(selected);
        warnings.extend(self.selection.warning(selects_a_case));
        phases.end("undeclared capabilities");
        let at_once = self.plan.jobs.min(subject.parallel());
        let fault = attached.end(&mut warnings).err();
        phases.end("end of the adapter");
        let found = run.results.clone();
        let stale = apply(known, &mut run.results, &mut warnings);
        let ended_early = EarlyEnd::of(&run);
        let mut report = self.report(hello, &claims, run.results);
        phases.end("search for mistakes");
        if let Some(summary) = time_summary(&phases, &run.timings, at_once)
            && !self.options.reports.quiet
        {
            note(&summary);
        }
        report.ended_early = ended_early;
        report.warn(warnings);
        if stale {
            report.worsen(Verdict::Nonconforming);
        }
        Ok(self.finish(report, found, run.timings, fault))
    }

    /// Runs the selected cases as often as the options say.
    fn repetitions(
        &self,
        subject: &dyn Subject,
        claims: &Claims,
        known: Option<&Known>,
        selected: &dyn Fn(&Case) -> bool,
    ) -> Run {
        let mut runs = Vec::new();
        for _ in 0..self.options.repeat {
            let mut plan = self.plan.clone();
            plan.progress = Arc::new(progress(self.options, self.rules, known));
            let run = self.one_repetition(subject, claims, &plan, selected);
            let ends = run.ended_after.is_some() || plan.stop.is_set();
            runs.push(run);
            if ends {
                break;
            }
        }
        repetition::combine(runs)
    }

    fn one_repetition(
        &self,
        subject: &dyn Subject,
        claims: &Claims,
        plan: &Plan,
        selected: &dyn Fn(&Case) -> bool,
    ) -> Run {
        let corpus = &self.corpus;
        let mut run = runner::run(corpus, subject, claims, plan, &|case| {
            selected(case) && property::named(&case.id).is_none()
        });
        if let Some(inputs) = self.options.properties {
            let ended = run.ended_after.is_some();
            let laws = property::run(corpus, subject, claims, plan, inputs, selected, ended);
            let mut results = laws.iter().map(|(result, _)| result);
            let ending = results.find(|result| plan.ends_after(result));
            let ending = ending.map(|result| result.id.clone());
            run.ended_after = run.ended_after.or(ending);
            run.replace_results(laws);
        }
        run
    }

    /// Returns the result if the adapter did not start: every selected case is untestable.
    fn without_subject(self, fault: Fault) -> FinishedRun {
        let hello = Hello::new("unnamed", "unknown", "unknown");
        let not_run = |case: &Case| {
            let status = if self.selection.contains(case) {
                Status::Untestable
            } else {
                Status::Filtered
            };
            CaseResult::unjudged(case, status)
        };
        let found: Vec<_> = self.corpus.cases().into_iter().map(not_run).collect();
        let report = self.report(&hello, &Claims::of(&hello), found.clone());
        self.finish(report, found, Vec::new(), Some(fault))
    }

    fn report(&self, hello: &Hello, claims: &Claims, results: Vec<CaseResult>) -> Report {
        let seed = self.plan.seed;
        let corpus = &self.corpus;
        let attribution = diagnosis::explain(&results, corpus, &Reference);
        let mut report = Report::new(
            corpus,
            hello,
            claims,
            seed,
            results,
            &attribution,
            self.rules,
        );
        if let Some(shard) = self.options.shard {
            report = report.of_shard(shard);
        }
        report.provenance.clone_from(&self.provenance);
        let repeat = self.options.repeat;
        report.repeat = Some(repeat).filter(|repeat| *repeat > 1);
        report.built_in = self.settings.adapter.is_empty();
        report.adapter_file = self.settings.adapter_file();
        report.adapter = self.options.adapter_line();
        report.options = self.options.options_of_case();
        let inputs = self.options.properties;
        report.property_inputs = inputs.filter(|inputs| *inputs != property::INPUTS);
        report
    }

    /// Finishes the report. After a signal the run is incomplete, and a fault of the stopped adapter is ignored.
    fn finish(
        self,
        mut report: Report,
        found: Vec<CaseResult>,
        timings: Vec<(String, Duration)>,
        fault: Option<Fault>,
    ) -> FinishedRun {
        let interrupted = self.plan.stop.is_set();
        if interrupted {
            report.worsen(Verdict::Incomplete);
        }
        let fault = fault.filter(|_| !interrupted);
        match &fault {
            Some(fault) if fault.is_of_the_machine() => {
                report.gate_failed(Verdict::Harness, &fault.summary());
            }
            Some(fault) => report.broken(&fault.summary()),
            None => {}
        }
        FinishedRun {
            corpus: self.corpus,
            settings: self.settings,
            rules: self.rules,
            found,
            timings,
            report,
            fault,
        }
    }

    fn in_shard(&self, case: &Case) -> bool {
        let shard = self.options.shard;
        shard.is_none_or(|shard| shard.contains(&case.id))
    }
}

/// Shows the progress on standard error. Failures that are known or not required do not count.
fn progress(options: &RunOptions, rules: Rules, known: Option<&Known>) -> StderrProgress {
    let mode = if options.reports.quiet {
        ProgressMode::Quiet
    } else {
        ProgressMode::of_standard_error()
    };
    let listed = known.cloned().unwrap_or_default();
    StderrProgress::new(mode)
        .gating(move |result| rules.gates(result.level) && !listed.lists(&result.id))
}

/// Ends the run after the first failure that changes the verdict. A valid known failure does not.
fn ends_run(known: Option<Known>, rules: Rules) -> EndsRun {
    let known = known.unwrap_or_default();
    Arc::new(move |result| {
        let mut judged = result.clone();
        known.apply(std::slice::from_mut(&mut judged), clock::today());
        let wrongly_listed = judged.checks.len() > result.checks.len();
        judged.status.is_red() && (rules.gates(judged.level) || wrongly_listed)
    })
}

/// Returns the note that no adapter was found, and where the gate searched.
fn no_adapter() -> String {
    format!("{BUILT_IN} (no command after `--`, and no adapter in fcgate.toml in this folder)")
}

/// Applies the known failures and adds warnings. Returns whether an entry is stale.
fn apply(known: Option<&Known>, results: &mut [CaseResult], warnings: &mut Vec<String>) -> bool {
    let Some(known) = known else { return false };
    let stale = known.apply(results, clock::today());
    warnings.extend(known.warnings());
    warnings.extend(stale.iter().map(ToString::to_string));
    !stale.is_empty()
}
