//! Scenarios as tests, each in a process of its own.

use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};

use crate::memory;
use crate::scenarios::{SCENARIOS, Scenario};

/// The argument that makes a process play a scenario.
const PLAY: &str = "play";

#[expect(clippy::print_stdout, reason = "the parent reads the output")]
pub(crate) fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, name] = words.as_slice()
        && word == PLAY
    {
        let scenario = SCENARIOS.iter().find(|scenario| scenario.name == *name);
        let markers = (scenario.unwrap().play)();
        for found in memory::search(&markers) {
            println!("{found}");
        }
        return ExitCode::SUCCESS;
    }
    let trials = SCENARIOS.iter().map(|scenario| {
        let check = move || check(scenario);
        Trial::test(scenario.name, check)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn check(scenario: &Scenario) -> Result<(), Failed> {
    let program = std::env::current_exe()?;
    let output = Command::new(program).args([PLAY, scenario.name]).output()?;
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    if !output.status.success() {
        return Err(format!("{}\n{stderr}", output.status).into());
    }
    match (stdout.is_empty(), scenario.is_wiped) {
        (true, true) | (false, false) => Ok(()),
        (false, true) => Err(format!("expected no marker in memory, found\n{stdout}").into()),
        (true, false) => Err("the search did not find a marker that was not wiped".into()),
    }
}
