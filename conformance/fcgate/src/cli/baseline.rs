//! `fcgate baseline`: the known failures that a run would need to be green.

use fc_conformance::known::Known;
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_http::clock;
use fcgate_protocol::Implementation;

use super::arguments::BaselineOptions;
use super::judged::judge;
use super::{Failure, output, print};

pub(super) fn baseline(
    implementation: &dyn Implementation,
    files: &Files,
    options: &BaselineOptions,
) -> Result<Verdict, Failure> {
    output::color(options.run.color);
    let judged = judge(implementation, files, &options.run)?;
    // A run that did not go to its end says nothing about what is known.
    if !matches!(
        judged.report.verdict,
        Verdict::Conforming | Verdict::Nonconforming
    ) {
        let verdict = judged.report.verdict;
        let message = match &judged.fault {
            Some(fault) => fault.to_string(),
            None => format!("the run is {verdict}: nothing is proposed"),
        };
        return Err(Failure { verdict, message });
    }
    let file = &judged.settings.known;
    let proposal = Known::proposal(
        file.text.as_deref(),
        &judged.found,
        &judged.corpus,
        judged.rules,
        clock::today(),
        options.issue.as_deref(),
    )
    .map_err(|error| Failure::usage(error.to_string()))?;
    if options.write {
        crate::writers::write_text(&file.path, &proposal)
            .map_err(|error| output::failure(&error))?;
        print(&format!("{} is written\n", file.path.display()));
    } else {
        print(&proposal);
    }
    Ok(Verdict::Conforming)
}
