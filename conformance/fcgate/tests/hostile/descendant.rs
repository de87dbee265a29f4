//! The processes that a hostile adapter starts.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::setsid;

use crate::adapter::Adapter;
use crate::timing;

/// The number of restarts of a process that restarts itself, if it is not killed.
const GENERATIONS: u32 = 400;

/// The number of processes after which a process that doubles itself stops, for the sake of the machine.
const DOUBLES: u64 = 96;

/// The adapter that dies now and then dies at the case of its process with this number.
pub(crate) const DEADLY: usize = 7;

/// Arguments that a shell would interpret.
pub(crate) const SHELL_WORDS: [&str; 7] =
    ["$(exit 7)", "; exit 7", "", "*", "~", "a\nb", "--timeout=9"];

/// The behavior of a descendant, or of an adapter with its own command line.
pub(crate) fn behavior(kind: &str) -> Option<fn(&mut Adapter)> {
    Some(match kind {
        "stays" => |_| timing::hang(),
        "leaves-the-session" => |adapter| {
            setsid().unwrap();
            start(&mut adapter.command("stays"));
        },
        "serves" => Adapter::serve,
        "leaves-the-session-and-serves" => |adapter| {
            setsid().unwrap();
            start(&mut adapter.command("serves-later"));
        },
        // Waits until the gate has seen the exit of the parent.
        "serves-later" => |adapter| {
            timing::wait(Duration::from_secs(3));
            adapter.serve();
        },
        "renewed" => restart,
        "doubles" => double,
        "late-line" => |adapter| {
            timing::wait(Duration::from_millis(1500));
            let line = std::fs::read(adapter.folder.join("late-line")).unwrap();
            adapter.write_line(line);
            timing::hang();
        },
        "loud" => |adapter| loop {
            adapter.write_line(r#"{"seq":"unknown","ok":{}}"#);
        },
        "checks-its-arguments" => |adapter| {
            let words: Vec<String> = std::env::args().skip(5).collect();
            assert_eq!(words, SHELL_WORDS);
            adapter.serve();
        },
        "dies-now-and-then" => die_now_and_then,
        "spinning" => |_| loop {
            std::hint::spin_loop();
        },
        _ => return None,
    })
}

/// Replies correctly, and dies at every seventh case, each process in its own way.
fn die_now_and_then(adapter: &mut Adapter) {
    while let Some(request) = adapter.next_request() {
        if request.number == DEADLY {
            match std::process::id() % 4 {
                0 => {}
                1 => adapter.leave_an_orphan_without_pipes(),
                2 => adapter.leave_an_orphan(),
                _ => adapter.write_bytes(b"{\"seq\":"),
            }
            std::process::exit(1);
        }
        adapter.write_line(request.correct_reply());
    }
}

/// Starts two processes like itself, as long as there are not too many, and stays.
fn double(adapter: &mut Adapter) {
    let counter = adapter.folder.join("doubles");
    let mut file = std::fs::OpenOptions::new();
    let mut file = file.append(true).create(true).open(counter).unwrap();
    file.write_all(b"x").unwrap();
    for _ in 0..2 {
        if file.metadata().unwrap().len() < DOUBLES {
            start(without_pipes(&mut adapter.command("doubles")));
        }
    }
    timing::hang();
}

/// Starts its successor in a new session and exits.
fn restart(adapter: &mut Adapter) {
    let _ = setsid();
    let counter = adapter.folder.join("generation");
    let generation = std::fs::read_to_string(&counter)
        .ok()
        .and_then(|text| text.parse::<u32>().ok())
        .unwrap_or(0);
    if generation < GENERATIONS {
        std::fs::write(&counter, (generation + 1).to_string()).unwrap();
        timing::wait(Duration::from_millis(5));
        start(without_pipes(&mut adapter.command("renewed")));
    }
}

/// Starts a process without waiting for it.
#[expect(clippy::zombie_processes, reason = "the gate must kill it")]
pub(crate) fn start(command: &mut Command) {
    command.spawn().unwrap();
}

/// A command without the pipes of the adapter.
pub(crate) fn without_pipes(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

impl Adapter {
    /// Starts a child that hangs, in this process group, with all pipes.
    pub(crate) fn leave_a_child(&self) {
        start(&mut self.command("stays"));
    }

    /// Starts a grandchild that hangs, in a new session, with all pipes, whose parent exits.
    pub(crate) fn leave_an_orphan(&self) {
        self.command("leaves-the-session").status().unwrap();
    }

    /// The same without pipes: only the process table shows it.
    pub(crate) fn leave_an_orphan_without_pipes(&self) {
        without_pipes(&mut self.command("leaves-the-session"))
            .status()
            .unwrap();
    }

    /// The same without pipes and without the environment of the adapter.
    pub(crate) fn leave_an_orphan_without_environment(&self) {
        without_pipes(&mut self.command("leaves-the-session"))
            .env_clear()
            .status()
            .unwrap();
    }

    /// Starts many processes in and outside of the process group.
    pub(crate) fn leave_a_swarm(&self) {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..8 {
                        self.leave_a_child();
                        self.leave_an_orphan_without_pipes();
                    }
                });
            }
        });
    }
}
