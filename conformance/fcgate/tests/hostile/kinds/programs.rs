//! Programs that cannot be started, and command lines that look like shell.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::descendant::SHELL_WORDS;
use crate::kind::{Behavior, Kind, kind};

pub(crate) fn kinds() -> Vec<Kind> {
    let spawn = &["spawn:"][..];
    vec![
        kind(
            "no-such-name",
            "a program that is not in PATH cannot be started",
            Behavior::Program(|_| vec!["no-such-adapter-7391".into()]),
        )
        .entry("px-001")
        .no_start(spawn)
        .mentions(&["no-such-adapter-7391"]),
        kind(
            "no-such-path",
            "a path that does not exist cannot be started",
            Behavior::Program(|_| vec!["./no-such-adapter".into()]),
        )
        .no_start(spawn),
        kind(
            "a-folder",
            "a folder cannot be started",
            Behavior::Program(|folder| vec![folder.into()]),
        )
        .entry("px-002")
        .no_start(spawn),
        kind(
            "not-executable",
            "a file without execute permission cannot be started",
            Behavior::Program(|folder| program(folder, "#!/bin/sh\nexit 0\n", 0o644)),
        )
        .entry("px-003")
        .no_start(spawn),
        kind(
            "no-interpreter",
            "a script with a missing interpreter cannot be started",
            Behavior::Program(|folder| program(folder, "#!/no/such/interpreter\n", 0o755)),
        )
        .in_both_containments()
        .no_start(spawn),
        kind(
            "no-program",
            "an invalid executable cannot be started",
            Behavior::Program(|folder| program(folder, "\u{7f}ELF", 0o755)),
        )
        .no_start(&["spawn:", "exited:"]),
        kind(
            "shell-words",
            "the command line is not interpreted by a shell",
            Behavior::Program(|folder| {
                let mut line = vec![std::env::current_exe().unwrap().into_os_string()];
                line.extend(["adapter", "checks-its-arguments", "marker"].map(OsString::from));
                line.push(folder.into());
                line.extend(SHELL_WORDS.map(OsString::from));
                line
            }),
        )
        .in_both_containments(),
    ]
}

/// A file with this text and these permissions.
fn program(folder: &Path, text: &str, mode: u32) -> Vec<OsString> {
    let path = folder.join("an adapter; with 'marks'");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    vec![path.into()]
}
