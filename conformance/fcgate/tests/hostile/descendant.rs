//! What a hostile adapter starts beside itself.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::setsid;

use crate::actor::Actor;
use crate::pace;

/// How long a family that renews itself goes on when nobody ends it.
const GENERATIONS: u32 = 400;

/// Words that a shell would read in its own way.
pub(crate) const SHELL_WORDS: [&str; 7] =
    ["$(exit 7)", "; exit 7", "", "*", "~", "a\nb", "--timeout=9"];

/// The act of a descendant, or of an adapter that is started by a command line of its own.
pub(crate) fn act(kind: &str) -> Option<fn(&mut Actor)> {
    Some(match kind {
        "stays" => |_| pace::hang(),
        "leaves-the-session" => |actor| {
            setsid().unwrap();
            start(&mut actor.again("stays"));
        },
        "serves" => Actor::serve,
        "leaves-the-session-and-serves" => |actor| {
            setsid().unwrap();
            start(&mut actor.again("serves-later"));
        },
        // Late enough that the end of its parent is seen first.
        "serves-later" => |actor| {
            pace::rest(Duration::from_secs(3));
            actor.serve();
        },
        "renewed" => renew,
        "late-line" => |actor| {
            pace::rest(Duration::from_millis(1500));
            let line = std::fs::read(actor.folder.join("late-line")).unwrap();
            actor.say(line);
            pace::hang();
        },
        "loud" => |actor| loop {
            actor.say(r#"{"seq":"nobody","ok":{}}"#);
        },
        "minds-its-words" => |actor| {
            let words: Vec<String> = std::env::args().skip(5).collect();
            assert_eq!(words, SHELL_WORDS);
            actor.serve();
        },
        "spinning" => |_| loop {
            std::hint::spin_loop();
        },
        _ => return None,
    })
}

/// A process that is gone as soon as its successor, in a session of its own, is there.
fn renew(actor: &mut Actor) {
    let _ = setsid();
    let counter = actor.folder.join("generation");
    let generation = std::fs::read_to_string(&counter)
        .ok()
        .and_then(|text| text.parse::<u32>().ok())
        .unwrap_or(0);
    if generation < GENERATIONS {
        std::fs::write(&counter, (generation + 1).to_string()).unwrap();
        pace::rest(Duration::from_millis(5));
        start(quiet(&mut actor.again("renewed")));
    }
}

/// Starts a process that nobody waits for.
#[expect(
    clippy::zombie_processes,
    reason = "to end it is the task of whoever contains the adapter"
)]
pub(crate) fn start(command: &mut Command) {
    command.spawn().unwrap();
}

/// Without the pipes of the adapter.
pub(crate) fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

impl Actor {
    /// A child that stays, in this process group, with all pipes.
    pub(crate) fn leave_a_child(&self) {
        start(&mut self.again("stays"));
    }

    /// A grandchild in a session of its own, whose parent is gone, with all pipes.
    pub(crate) fn leave_an_orphan(&self) {
        self.again("leaves-the-session").status().unwrap();
    }

    /// The same without any pipe: nothing but the process table tells of it.
    pub(crate) fn leave_a_quiet_orphan(&self) {
        quiet(&mut self.again("leaves-the-session"))
            .status()
            .unwrap();
    }

    /// The same without any variable of the adapter either.
    pub(crate) fn leave_a_nameless_orphan(&self) {
        quiet(&mut self.again("leaves-the-session"))
            .env_clear()
            .status()
            .unwrap();
    }

    /// Many at once, in the group and out of it.
    pub(crate) fn leave_a_swarm(&self) {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..8 {
                        self.leave_a_child();
                        self.leave_a_quiet_orphan();
                    }
                });
            }
        });
    }
}
