//! `fcgate demo`: shows a report with a mistake, its explanation, and the report after the fix.

use clap::Args;

use fc_conformance::Reference;
use fc_conformance::diagnosis;
use fc_conformance::report::{Report, Verbosity, styled_heading, text};
use fc_conformance::verdict::{Rules, Verdict};
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Files, Level, Operation};
use fcgate_cases::judge::Status;
use fcgate_mutants::{self as mutant, Mutant, Mutated};
use fcgate_protocol::Hello;
use fcgate_protocol::Implementation;
use fcgate_runner::{self as runner, InProcess, Plan};

use super::color_option::ColorOption;
use super::console::print;
use super::failure::Failure;

/// The mistake of the demo. It breaks only some requests, like mistakes that are hard to find.
const MISTAKE: &str = "FCG0107";

#[derive(Debug, Args)]
pub(super) struct DemoOptions {
    #[command(flatten)]
    color: ColorOption,
}

/// Runs the signing cases with the mistake and without it.
///
/// Succeeds if the first run fails and the second passes.
pub(super) fn demo(
    right: &dyn Implementation,
    files: &Files,
    options: &DemoOptions,
) -> Result<Verdict, Failure> {
    options.color.apply();
    let missing = || Failure::harness(&format!("unknown mistake {MISTAKE}"));
    let mistake = mutant::named(MISTAKE).ok_or_else(missing)?;
    let page = diagnosis::page(MISTAKE).ok_or_else(missing)?;
    let corpus = Corpus::load(files).map_err(|error| Failure::harness(&error))?;
    let broken = report(&corpus, &Mutated::new(right, mistake), Some(mistake));
    let fixed = report(&corpus, right, None);

    let heading = |number: u8, words: &str| print(&styled_heading(&format!("{number}. {words}")));
    heading(1, "An SDK signs its requests, and makes a mistake:")?;
    print(&text(&broken, &corpus, Verbosity::Normal))?;
    heading(
        2,
        "The report names the mistake. `fcgate explain` describes it:",
    )?;
    print(&page)?;
    heading(3, "The mistake is fixed, and the SDK is tested again:")?;
    print(&text(&fixed, &corpus, Verbosity::Quiet))?;
    heading(4, "Test your SDK:")?;
    print(
        "fcgate init python    (or node, go, java, rust, php, ruby, csharp) writes an adapter template\n",
    )?;

    match (broken.verdict, fixed.verdict) {
        (Verdict::Nonconforming, Verdict::Conforming) => Ok(Verdict::Conforming),
        _ => Err(Failure::harness(
            &"the demo failed: expected exit code 1 with the mistake and 0 without it",
        )),
    }
}

/// Creates the report of the signing cases.
fn report(
    corpus: &Corpus,
    implementation: &dyn Implementation,
    mistake: Option<&Mutant>,
) -> Report {
    let mut hello = implementation.hello();
    let version = if mistake.is_some() { "0.1.0" } else { "0.1.1" };
    hello.sdk = Hello::new("demo-sdk", version, "rust").sdk;
    let claims = Claims::of(&hello);
    let signing =
        |case: &Case| case.stimulus.operation() == Operation::Sign && case.level == Level::Must;
    let subject = InProcess::new(implementation);
    let mut results = runner::run(corpus, &subject, &claims, &Plan::new(), &signing).results;
    results.retain(|result| result.status != Status::Filtered);
    let mut rules = Rules::new();
    rules.partial_ok = true;
    let attribution = diagnosis::explain(&results, corpus, &Reference);
    let mut report = Report::new(corpus, &hello, &claims, 0, results, &attribution, rules);
    report.adapter = mistake.map(|mistake| format!("fcgate reference --mutant {}", mistake.name));
    report
}
