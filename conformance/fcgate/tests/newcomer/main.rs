//! The first steps of a new user: `init`, `demo`, the CI action, completions, man pages, and the commands of the documents.
//!
//! A test that needs a missing program is skipped, with a line on stderr. With `CI=true`, bash, Python and Node are
//! required.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod action;
mod causes;
#[path = "../skipped/ci.rs"]
mod ci;
mod compiled_templates;
mod completions_and_man_pages;
mod demo;
mod documents;
mod init;
mod install_script;
mod no_adapter;
mod project;
mod required_program;
mod rust_page;
mod script_templates;
#[path = "../skipped/mod.rs"]
mod skipped;
mod start_pages;
mod undeclared_capabilities;
mod workflow;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// The template of `fcgate init rust`.
mod template {
    include!("../../../templates/rust/conformance.rs");

    pub(crate) fn of_rust() -> std::process::ExitCode {
        main()
    }
}

fn main() -> ExitCode {
    // The test of the template for Rust starts this program as the adapter.
    if std::env::args_os().skip(1).eq(["--adapter"]) {
        return template::of_rust();
    }
    if std::env::args_os().skip(1).eq([rust_page::ADAPTER]) {
        return rust_page::serve();
    }
    let trials: [fn() -> Vec<Trial>; 14] = [
        init::trials,
        workflow::trials,
        action::trials,
        install_script::trials,
        no_adapter::trials,
        demo::trials,
        completions_and_man_pages::trials,
        documents::trials,
        start_pages::trials,
        rust_page::trials,
        causes::trials,
        script_templates::trials,
        compiled_templates::trials,
        undeclared_capabilities::trials,
    ];
    let trials = trials.into_iter().flat_map(|trials| trials()).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A test that passes unless it panics.
fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(name, move || {
        test();
        Ok(())
    })
}
