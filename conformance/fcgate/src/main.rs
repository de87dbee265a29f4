//! The gate's command line.

fn main() -> std::process::ExitCode {
    fcgate::cli::main()
}
