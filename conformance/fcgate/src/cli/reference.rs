//! `fcgate reference`: the built-in reference as an adapter.

use clap::Args;

use fc_conformance::verdict::Verdict;
use fcgate_mutants::{self as mutant, Area, Mutant, Mutated};
use fcgate_protocol::{Implementation, serve_adapter};
use fcgate_text::suggestion::most_similar;
use fcgate_text::visible;

use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct ReferenceOptions {
    /// Run with the mistake of this mutant
    #[arg(long, value_name = "NAME")]
    mutant: Option<String>,
}

/// Answers requests in JSON lines until standard input ends.
pub(super) fn reference(
    right: &dyn Implementation,
    options: &ReferenceOptions,
) -> Result<Verdict, Failure> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout());
    let name = options.mutant.as_deref();
    let mutated = name
        .map(mutant_of_implementation)
        .transpose()?
        .map(|mutant| Mutated::new(right, mutant));
    let implementation: &dyn Implementation = match &mutated {
        Some(mutated) => mutated,
        None => right,
    };
    serve_adapter(implementation, input, output).map_err(|error| Failure::harness(&error))?;
    Ok(Verdict::Conforming)
}

/// Returns the mutant with this name or code. Mutants of the judge are rejected.
fn mutant_of_implementation(name: &str) -> Result<&'static Mutant, Failure> {
    let shown = visible::line(name, 120);
    let Some(mutant) = mutant::named(name) else {
        let help = match most_similar(name, mutant::all().map(|mutant| mutant.name)) {
            Some(near) => format!("; did you mean '{near}'?"),
            None => "; `fcgate mutants` lists them".to_owned(),
        };
        return Err(Failure::usage(format!("unknown mutant '{shown}'{help}")));
    };
    if mutant.area() == Area::Judge {
        let message = format!("'{shown}' is a mistake of the judge, not of an implementation");
        return Err(Failure::usage(message));
    }
    Ok(mutant)
}
