//! Shortages of the machine: it has no more file descriptors, processes, threads or memory.
//!
//! A shortage says nothing about the subject, so it is a failure of the gate and never a failed case.

use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

/// What the user can do about a shortage.
const HELP: &str = "raise the limits of file descriptors, processes and memory (ulimit -n, -u and -v), or run fewer cases at once with --jobs";

/// The errors "too many open files" of the process and of the system. The kinds of errors of the standard library do
/// not name them.
const NO_DESCRIPTORS: &[i32] = if cfg!(windows) {
    &[4, 1450, 10024, 10055]
} else {
    &[23, 24]
};

/// Whether an error is a shortage of the machine.
pub(crate) fn is_shortage(error: &io::Error) -> bool {
    let is_without_descriptors = |code| NO_DESCRIPTORS.contains(&code);
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::OutOfMemory
    ) || error.raw_os_error().is_some_and(is_without_descriptors)
}

/// The error as text. The text of a shortage also says what to do.
pub(crate) fn described(error: &io::Error) -> String {
    if is_shortage(error) {
        format!("{error}; {HELP}")
    } else {
        error.to_string()
    }
}

/// As [`described`], for a connection to a server of this process. Such a server refuses connections only after its end, and
/// it ends if no file descriptor is left for the next one.
pub(crate) fn described_of_server(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset => {
            format!("{error}; its server has ended, as it does without a file descriptor; {HELP}")
        }
        _ => described(error),
    }
}

/// Checks that this process can open so many more file descriptors.
///
/// # Errors
///
/// If it cannot.
pub(crate) fn check_descriptors(any: &TcpListener, count: usize) -> io::Result<()> {
    let opened: io::Result<Vec<_>> = (0..count).map(|_| any.try_clone()).collect();
    opened.map(drop)
}

/// Checks that this process can start so many more threads.
///
/// # Errors
///
/// If it cannot.
pub(crate) fn check_threads(count: usize) -> io::Result<()> {
    let (stay, end) = mpsc::channel::<()>();
    let end = Arc::new(Mutex::new(end));
    let wait = || {
        let end = Arc::clone(&end);
        // It ends when the sender is dropped.
        move || drop(end.lock().map(|end| end.recv()))
    };
    let started: io::Result<Vec<_>> = (0..count)
        .map(|_| thread::Builder::new().spawn(wait()))
        .collect();
    drop(stay);
    for thread in started? {
        // The threads cannot panic.
        let _ = thread.join();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{described, described_of_server, is_shortage};

    #[test]
    fn an_error_without_processes_memory_or_descriptors_is_a_shortage() {
        let kinds = [io::ErrorKind::WouldBlock, io::ErrorKind::OutOfMemory];
        assert!(kinds.into_iter().all(|kind| is_shortage(&kind.into())));
        let code = if cfg!(windows) { 10024 } else { 24 };
        let error = io::Error::from_raw_os_error(code);
        assert!(is_shortage(&error));
        let text = described(&error);
        assert!(
            text.contains("ulimit -n") && text.contains("--jobs"),
            "{text}"
        );
    }

    #[test]
    fn a_server_of_this_process_that_has_ended_lacked_a_descriptor() {
        let text = described_of_server(&io::ErrorKind::ConnectionRefused.into());
        assert!(
            text.contains("its server has ended") && text.contains("ulimit -n"),
            "{text}"
        );
        let other = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(described_of_server(&other), other.to_string());
    }

    #[test]
    fn other_errors_are_not_a_shortage() {
        for kind in [
            io::ErrorKind::NotFound,
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::ConnectionRefused,
        ] {
            let error = io::Error::from(kind);
            assert!(!is_shortage(&error), "{kind:?}");
            assert_eq!(described(&error), error.to_string());
        }
    }
}
