//! `cargo xtask evidence`: every `must` is one that the maintainers of an SDK would accept.
//!
//! It reads the corpus, the recordings and the committed results of the official SDKs, so it needs no SDK. It fails for
//! evidence that does not show what it is cited for, and for a `must` that rests on the agreement of SDKs that do not agree.
//! It also compares the catalogue of malformed inputs, the threat model and the invariants with the tests that run.

mod agreement;
mod bad_inputs;
mod capture;
pub(crate) mod corpus;
mod error_body;
mod promises;
mod recording;
mod requirement;
mod sdk_results;
mod test_list;
mod title;

use corpus::Corpus;
use sdk_results::SdkResults;

pub(crate) use sdk_results::write as write_sdk_results;

/// Prints how many official SDKs meet the cases of each requirement, and fails for each finding.
#[expect(clippy::print_stdout, reason = "the table is for the reader")]
pub(crate) fn run() -> Result<(), String> {
    let corpus = Corpus::read()?;
    let results = SdkResults::read()?;
    let findings = findings(&corpus, &results)?;
    print!("{}", requirement::table(&corpus, &results));
    if findings.is_empty() {
        println!("\nunproven musts: 0");
        let tests = test_list::read()?;
        let entries = bad_inputs::check(&tests)?;
        println!("malformed inputs: {entries}, each the name of one test");
        let promises = promises::check(&tests)?;
        println!("promises of the documents: {promises}, each with tests that run");
        return Ok(());
    }
    Err(format!(
        "{} findings\n{}",
        findings.len(),
        findings.join("\n")
    ))
}

fn findings(corpus: &Corpus, results: &SdkResults) -> Result<Vec<String>, String> {
    let recordings = recording::Recordings::read()?;
    let captures = capture::read()?;
    let mut findings = Vec::new();
    for case in &corpus.cases {
        findings.extend(recording::of_evidence(
            &case.id,
            &case.evidence,
            &recordings,
        ));
        findings.extend(capture::of_case(case, &captures));
        findings.extend(agreement::of_case(case, results));
        findings.extend(error_body::of_case(case));
        findings.extend(title::of_case(case));
    }
    for requirement in &corpus.requirements {
        findings.extend(recording::of_evidence(
            &requirement.id,
            &requirement.evidence,
            &recordings,
        ));
        findings.extend(requirement::of_requirement(requirement, corpus));
        findings.extend(agreement::of_requirement(requirement, corpus, results));
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corpus_has_no_unproven_must() {
        let corpus = Corpus::read().unwrap();
        let results = SdkResults::read().unwrap();
        assert_eq!(findings(&corpus, &results).unwrap(), Vec::<String>::new());
    }
}
