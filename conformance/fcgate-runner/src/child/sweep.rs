//! Ending processes that left their group: found in `/proc`, so on Linux only.

#[cfg(target_os = "linux")]
pub(super) use self::linux::{adopt_orphans, end_descendants, end_marked};

#[cfg(not(target_os = "linux"))]
pub(super) use self::nowhere::{adopt_orphans, end_descendants, end_marked};

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, Instant};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{
        Pid, PidfdFlags, Signal, getpid, kill_process, pidfd_open, set_child_subreaper,
    };

    use fcgate_http::clock;

    /// How long ending is tried; only what the kernel does not let go lives longer.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// How often in a row nothing has to be found.
    const SURE: u32 = 3;

    /// How many looks may be in doubt; on a busy machine somebody always ends.
    const DOUBTS: u32 = 10;

    /// One look at the process table.
    #[derive(Default)]
    struct Look {
        found: Vec<Pid>,
        /// Somebody ended while he was looked at: a successor of his may not have been seen.
        is_in_doubt: bool,
    }

    /// Makes this process the parent of every orphan below it.
    pub(in super::super) fn adopt_orphans() {
        // A kernel without it leaves the orphans to process 1; then the group is all that is ended.
        let _ = set_child_subreaper(Some(getpid()));
    }

    /// Ends every descendant of a process that adopts orphans.
    pub(in super::super) fn end_descendants(root: Pid) {
        end(|| Look {
            found: descendants(root),
            is_in_doubt: false,
        });
    }

    /// Ends every process whose environment holds this variable, `NAME=VALUE`.
    pub(in super::super) fn end_marked(variable: &str) {
        end(|| marked(variable));
    }

    /// Ends what is found until nothing is found any more.
    fn end(look: impl Fn() -> Look) {
        let until = clock::now() + PATIENCE;
        let (mut empty, mut doubts) = (0, 0);
        while empty < SURE && clock::now() < until {
            let Look { found, is_in_doubt } = look();
            if found.is_empty() && is_in_doubt && doubts < DOUBTS {
                doubts += 1;
                continue;
            }
            if found.is_empty() {
                // Even so, a successor may stand where the look has passed.
                empty += 1;
                continue;
            }
            (empty, doubts) = (0, 0);
            // What is stopped forks no more while its neighbours are ended.
            for signal in [Signal::STOP, Signal::KILL] {
                for pid in &found {
                    // It may have ended meanwhile.
                    let _ = kill_process(*pid, signal);
                }
            }
            for pid in found {
                wait_for(pid, until);
            }
        }
    }

    /// Waits until a process has ended, whoever its parent is.
    fn wait_for(pid: Pid, until: Instant) {
        let Ok(process) = pidfd_open(pid, PidfdFlags::empty()) else {
            return;
        };
        let left = until.saturating_duration_since(clock::now());
        let left = Timespec::try_from(left).ok();
        let _ = poll(&mut [PollFd::new(&process, PollFlags::IN)], left.as_ref());
    }

    struct Process {
        pid: Pid,
        parent: Pid,
    }

    fn descendants(root: Pid) -> Vec<Pid> {
        let processes = processes();
        let mut family = BTreeSet::from([root.as_raw_nonzero()]);
        // Children may be listed before their parents.
        loop {
            let before = family.len();
            for process in &processes {
                if family.contains(&process.parent.as_raw_nonzero()) {
                    family.insert(process.pid.as_raw_nonzero());
                }
            }
            if family.len() == before {
                break;
            }
        }
        let found = processes.into_iter().map(|process| process.pid);
        found
            .filter(|pid| *pid != root && family.contains(&pid.as_raw_nonzero()))
            .collect()
    }

    /// All processes that live.
    fn processes() -> Vec<Process> {
        names().filter_map(|name| process(&name)).collect()
    }

    /// The names in `/proc` that are numbers of processes.
    fn names() -> impl Iterator<Item = String> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Each is judged as soon as it is seen, for what is remembered of it is soon not true any more.
    fn marked(variable: &str) -> Look {
        let mut look = Look::default();
        for name in names() {
            let Some(process) = process(&name) else {
                look.is_in_doubt |= !Path::new("/proc").join(&name).exists();
                continue;
            };
            if is_marked(process.pid, variable) {
                look.found.push(process.pid);
            } else {
                look.is_in_doubt |= self::process(&name).is_none();
            }
        }
        look
    }

    fn process(name: &str) -> Option<Process> {
        let pid = Pid::from_raw(name.parse().ok()?)?;
        // Latin-1 or not, the name of the program is not wanted.
        let stat = fs::read(format!("/proc/{name}/stat")).ok()?;
        let parent = Pid::from_raw(living(&String::from_utf8_lossy(&stat))?)?;
        Some(Process { pid, parent })
    }

    /// The parent of a process that lives, of `PID (NAME) STATE PARENT ...`. A name may hold blanks and
    /// brackets; a process lives whose first thread has ended but not the others.
    fn living(stat: &str) -> Option<i32> {
        let (_, rest) = stat.rsplit_once(") ")?;
        let mut fields = rest.split(' ');
        let ended = matches!(fields.next()?, "Z" | "X");
        let parent = fields.next()?.parse().ok()?;
        let threads: u64 = fields.nth(15)?.parse().ok()?;
        (!ended || threads > 1).then_some(parent)
    }

    fn is_marked(pid: Pid, variable: &str) -> bool {
        let path = format!("/proc/{}/environ", pid.as_raw_nonzero());
        fs::read(path).is_ok_and(|environment| {
            environment
                .split(|byte| *byte == 0)
                .any(|entry| entry == variable.as_bytes())
        })
    }

    #[cfg(test)]
    mod tests {
        use super::living;

        fn stat(name: &str, state: char, threads: u8) -> String {
            format!("12 ({name}) {state} 34 5 6 0 -1 7 8 9 10 11 12 13 14 15 20 0 {threads} 0 99")
        }

        #[test]
        fn the_name_of_a_program_does_not_confuse() {
            assert_eq!(living(&stat("a) R 1) (b", 'S', 1)), Some(34));
            assert_eq!(living("12"), None);
        }

        #[test]
        fn a_zombie_lives_as_long_as_one_of_its_threads() {
            assert_eq!(living(&stat("a", 'Z', 1)), None);
            assert_eq!(living(&stat("a", 'Z', 2)), Some(34));
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod nowhere {
    use rustix::process::Pid;

    pub(in super::super) fn adopt_orphans() {}

    pub(in super::super) fn end_descendants(_root: Pid) {}

    pub(in super::super) fn end_marked(_variable: &str) {}
}
