//! The page `docs/start/LANGUAGE.md`, followed with an installed program: from an empty folder to judged cases.

use std::fs;

use super::environment::Environment;
use crate::gate;
use crate::programs;
use crate::stopwatch::Stopwatch;

/// The variable with the program that the test uses in place of the one that cargo built.
const PROGRAM: &str = "FCGATE_INSTALLED";

/// The page of a language, and what its commands need.
pub(super) struct StartPage {
    pub(super) language: &'static str,
    pub(super) needs: &'static [&'static str],
}

/// Runs the commands of the page, compares their output with the page, and returns the seconds.
pub(super) fn follow(
    page: &StartPage,
    program: &[String],
    environment: &Environment,
) -> Result<f64, String> {
    let language = page.language;
    let folder = environment.folder(&format!("start/{language}"))?;
    // The pages say `fcgate`, whatever starts it.
    let script = folder.join("fcgate").display().to_string();
    let start = format!("#!/bin/sh\nexec '{}' \"$@\"\n", program.join("' '"));
    fs::write(&script, start).map_err(|error| format!("{script}: {error}"))?;
    programs::output(&["chmod", "+x", &script])?;

    let test = gate::newcomer_test()?;
    let name = format!("commands_of_the_page_for_{language}_print_the_shown_output");
    let words = [test, "--exact", "--include-ignored", &name].map(str::to_owned);
    let watch = Stopwatch::start();
    let output = environment
        .command(&folder, &words)?
        .env(PROGRAM, &script)
        .output()
        .map_err(|error| format!("{test}: {error}"))?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && stdout.contains("1 passed") {
        return Ok(watch.seconds());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "docs/start/{language}.md: {}\n{stdout}{stderr}",
        output.status
    ))
}
