//! `fcgate explain`: prints a case, a requirement or a mistake.

use std::fmt::Write as _;

use clap::Args;
use fc_conformance::diagnosis;
use fc_conformance::property;
use fc_conformance::report::OPERATIONS;
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::{Case, Corpus, Evidence, Files, Requirement, case_json};
use fcgate_mutants as mutant;
use fcgate_text::suggestion::most_similar;
use fcgate_text::visible;

use super::console::print;
use super::explain_request::demanded_request;
use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct ExplainOptions {
    /// The id of a case or requirement, or the code of a mistake
    id: String,
}

pub(super) fn explain(files: &Files, options: &ExplainOptions) -> Result<Verdict, Failure> {
    // `case#check` shows the case.
    let id = options.id.split('#').next().unwrap_or(&options.id);
    // The page of a mistake needs no corpus, which takes most of the time to read.
    if let Some(page) = diagnosis::page(id) {
        print(&page)?;
        return Ok(Verdict::Conforming);
    }
    let corpus = Corpus::load(files).map_err(|error| Failure::harness(&error))?;
    let corpus = property::with_families(corpus);
    if let Some(case) = corpus.case(id) {
        print(&case_text(&corpus, case)?)?;
    } else if let Some(requirement) = corpus.requirement(&id.to_ascii_uppercase()) {
        print(&requirement_text(&corpus, requirement))?;
    } else if let Some(text) = unnamed_cause(&options.id) {
        print(&text)?;
    } else {
        return Err(unknown(&corpus, id));
    }
    Ok(Verdict::Conforming)
}

/// Explains a cause that is not a known mistake, such as `sign#authorization`.
fn unnamed_cause(code: &str) -> Option<String> {
    let (operation, check) = code.split_once('#')?;
    let operation = OPERATIONS.into_iter().find(|one| one.name() == operation)?;
    let check = visible::line(check, 60);
    let what = match check.as_str() {
        "" => return None,
        "crash" => "the adapter exited in these cases".to_owned(),
        "timeout" => "the adapter did not reply in time in these cases".to_owned(),
        check => format!("the first failed check of these cases is `{check}`"),
    };
    Some(format!(
        "{operation}#{check} (no known mistake)\n{what}; no known mistake gives the same replies.\n\n\
         next: fcgate explain CASE, with a case that the report lists for this cause\n"
    ))
}

fn case_text(corpus: &Corpus, case: &Case) -> Result<String, Failure> {
    let mut out = format!(
        "{} ({}, {})\n",
        case.id,
        case.level,
        case.stimulus.operation()
    );
    let _ = writeln!(out, "{}\n", case.title);
    for id in &case.requirements {
        if let Some(requirement) = corpus.requirement(id) {
            let _ = writeln!(
                out,
                "rule      {id} ({}): {}",
                requirement.level, requirement.text
            );
        }
    }
    let _ = writeln!(out, "why       {}", case.because);
    let _ = writeln!(out, "needs     {}", case.needs.join(", "));
    if let Some(revision) = &case.revision {
        let _ = writeln!(out, "revision  {revision}");
    }
    if let (Some(twin), Some(fault)) = (&case.valid_case, &case.fault) {
        let _ = writeln!(out, "twin      {twin}; the only difference is {fault}");
    }
    evidence(&case.evidence, &mut out);
    for part in ["given", "expect"] {
        let json = case_json(case, part).map_err(|error| Failure::harness(&error))?;
        let _ = writeln!(out, "\n{part}\n{json}");
    }
    if let Some(request) = demanded_request(case) {
        let _ = writeln!(out, "\n{request}");
    }
    let properties = property::flag(&case.id);
    let _ = writeln!(
        out,
        "\nnext: fcgate run --partial-ok{properties} --only {}",
        case.id
    );
    Ok(out)
}

fn requirement_text(corpus: &Corpus, requirement: &Requirement) -> String {
    let mut out = format!(
        "{} ({})\n{}\n\n",
        requirement.id, requirement.level, requirement.text
    );
    let _ = writeln!(out, "revisions {}", requirement.revisions.join(", "));
    evidence(&requirement.evidence, &mut out);
    if let Some(notes) = &requirement.notes {
        let _ = writeln!(out, "notes     {notes}");
    }
    let cases: Vec<&Case> = corpus
        .cases()
        .into_iter()
        .filter(|case| case.requirements.contains(&requirement.id))
        .collect();
    let _ = writeln!(out, "\n{} cases", cases.len());
    for case in cases {
        let _ = writeln!(out, "  {} ({}): {}", case.id, case.level, case.title);
    }
    out
}

fn evidence(evidence: &[Evidence], out: &mut String) {
    for one in evidence {
        let _ = writeln!(out, "evidence  {one}");
    }
}

fn unknown(corpus: &Corpus, id: &str) -> Failure {
    let cases = corpus.cases().into_iter().map(|case| case.id.as_str());
    let requirements = corpus
        .requirements
        .iter()
        .map(|requirement| requirement.id.as_str());
    let shown = visible::line(id, 120);
    let mistakes = mutant::all().flat_map(|mutant| [mutant.code, mutant.name]);
    let help = match most_similar(id, cases.chain(requirements).chain(mistakes)) {
        Some(near) => format!("; did you mean '{near}'?"),
        None => "; `fcgate list` prints all ids".to_owned(),
    };
    Failure::usage(format!("unknown case or requirement '{shown}'{help}"))
}
