//! The changes of `docs/start/rust.md` to the template compile and pass the case of the page.

use std::process::ExitCode;

use fc_conformance::protocol::serve_adapter;
use libtest_mimic::Trial;

use crate::start_pages::changed_project;
use crate::trial;

/// The argument that makes this program the adapter of the page.
pub(crate) const ADAPTER: &str = "--adapter-of-the-page";

/// The template with the changes of the page.
mod changed_template {
    include!("rust_page/conformance.rs");

    pub(super) const SDK: &dyn Implementation = &MySdk;

    pub(super) fn of_page() -> std::process::ExitCode {
        main()
    }
}

/// Runs this program as the adapter.
pub(crate) fn serve() -> ExitCode {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout());
    serve_adapter(changed_template::SDK, input, output).unwrap();
    ExitCode::SUCCESS
}

pub(crate) fn trials() -> Vec<Trial> {
    // The target of `cargo test` is compiled, but not started here.
    let _: fn() -> ExitCode = changed_template::of_page;
    vec![trial("the_rust_page_passes_its_case", passes)]
}

fn passes() {
    let project = changed_project("rust");
    let changed = project.read("tests/conformance.rs");
    assert_eq!(
        changed,
        include_str!("rust_page/conformance.rs"),
        "copy the changed template to tests/newcomer/rust_page/conformance.rs"
    );
    let page =
        std::fs::read_to_string(crate::documents::root().join("docs/start/rust.md")).unwrap();
    let (_, case) = page
        .split_once("cargo test --test conformance parse.")
        .unwrap();
    let case = format!("parse.{}", case.lines().next().unwrap());
    let itself = std::env::current_exe().unwrap();
    let run = ["run", "--partial-ok", "--only", &case, "--"];
    let output = project.fcgate(&[&run[..], &[itself.to_str().unwrap(), ADAPTER]].concat());
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
}
