//! The gate's command line.

fn main() -> std::process::ExitCode {
    fc_conformance::cli::main()
}
