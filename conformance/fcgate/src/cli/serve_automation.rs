//! The options of `fcgate serve` for programs that start it: the control interface, the ready document, and its end.

use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread;

use clap::Args;
use fc_local::ReadyFile;

use super::failure::Failure;
use super::loopback_address::loopback;
use super::report_paths::UsedFile;

#[derive(Debug, Args)]
pub(super) struct AutomationOptions {
    /// Answer control requests on a second loopback address: received calls, next answers, reset; without ADDRESS on a free port
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "127.0.0.1:0", value_parser = loopback)]
    pub(super) control: Option<SocketAddr>,
    /// Write a line of JSON with addresses and dummy keys into this file when the server listens; the file is removed at the end
    #[arg(long, value_name = "FILE")]
    ready_file: Option<PathBuf>,
    /// Print that line of JSON on standard output instead of the introduction
    #[arg(long)]
    pub(super) ready_json: bool,
    /// Stop when standard input ends, which it does when the program that started the server ends
    #[arg(long)]
    pub(super) until_stdin_closes: bool,
}

impl AutomationOptions {
    /// The ready file, if one was asked for.
    pub(super) fn used_file(&self) -> Option<UsedFile> {
        self.ready_file.clone().map(|path| UsedFile {
            what: "the ready file",
            path,
        })
    }

    /// Writes the ready file, if one was asked for.
    pub(super) fn write_ready_file(&self, ready: &str) -> Result<Option<ReadyFile>, Failure> {
        let written = self.ready_file.as_deref().map(|path| {
            ReadyFile::write(path, ready).map_err(|error| {
                let path = path.display();
                Failure::harness(&format!("cannot write the ready file {path}: {error}"))
            })
        });
        written.transpose()
    }
}

/// Reads standard input to its end in a thread, and then calls `stop`. What is read is ignored.
pub(super) fn stop_at_end_of_stdin(stop: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let thread = thread::Builder::new().name("standard input".to_owned());
    let watched = thread.spawn(|| {
        let mut ignored = [0; 1024];
        let mut input = io::stdin();
        loop {
            match input.read(&mut ignored) {
                Ok(0) => break,
                Err(error) if error.kind() != io::ErrorKind::Interrupted => break,
                _ => {}
            }
        }
        stop();
    });
    watched.map(drop)
}
