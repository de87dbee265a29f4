//! Finds and kills processes that left their process group. It reads `/proc`, so it works on Linux only.

#[cfg(target_os = "linux")]
pub(super) use self::linux::{
    adopt_orphans, kill_by_variable, kill_children_except, kill_descendants,
};

#[cfg(not(target_os = "linux"))]
pub(super) use self::elsewhere::{
    adopt_orphans, kill_by_variable, kill_children_except, kill_descendants,
};

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

    /// The time limit for killing. After it, only processes that the kernel cannot kill are still running.
    const LIMIT: Duration = Duration::from_secs(2);

    /// The number of consecutive scans that must find nothing.
    const EMPTY_SCANS: u32 = 3;

    /// The maximum number of uncertain scans that are repeated. On a busy machine, processes exit during every scan.
    const UNCERTAIN_SCANS: u32 = 10;

    /// The result of one scan of the process table.
    #[derive(Default)]
    struct Scan {
        found: Vec<Pid>,
        /// A process exited during the scan. The scan may have missed a child that it started.
        is_uncertain: bool,
    }

    /// Makes this process the parent of all orphans among its descendants.
    pub(in crate::child::system::unix) fn adopt_orphans() {
        // Without support in the kernel, process 1 adopts orphans, and only the process group is killed.
        let _ = set_child_subreaper(Some(getpid()));
    }

    /// Kills all descendants of a process that adopts orphans.
    pub(in crate::child::system::unix) fn kill_descendants(root: Pid) {
        kill_all(|| Scan {
            found: descendants(root),
            is_uncertain: false,
        });
    }

    /// Kills the children of this process that `is_kept` does not accept, and their descendants.
    pub(in crate::child::system::unix) fn kill_children_except(is_kept: impl Fn(Pid) -> bool) {
        kill_all(|| {
            let all = processes();
            let orphans = all.iter().filter(|one| one.parent == getpid());
            let orphans = orphans.map(|one| one.pid).filter(|pid| !is_kept(*pid));
            let found = orphans.flat_map(|orphan| family(orphan, &all)).collect();
            Scan {
                found,
                is_uncertain: false,
            }
        });
    }

    /// Kills all processes whose environment contains this variable, `NAME=VALUE`.
    pub(in crate::child::system::unix) fn kill_by_variable(variable: &str) {
        kill_all(|| scan_for_variable(variable));
    }

    /// Kills the processes that the scans find, until the scans find nothing.
    fn kill_all(scan: impl Fn() -> Scan) {
        let until = clock::now() + LIMIT;
        let (mut empty, mut uncertain) = (0, 0);
        while empty < EMPTY_SCANS && clock::now() < until {
            let Scan {
                found,
                is_uncertain,
            } = scan();
            if found.is_empty() && is_uncertain && uncertain < UNCERTAIN_SCANS {
                uncertain += 1;
                continue;
            }
            if found.is_empty() {
                // A new process may have a PID that the scan had already passed.
                empty += 1;
                continue;
            }
            (empty, uncertain) = (0, 0);
            // A stopped process cannot fork while the others are killed.
            for signal in [Signal::STOP, Signal::KILL] {
                for pid in &found {
                    // The process may have exited in the meantime.
                    let _ = kill_process(*pid, signal);
                }
            }
            for pid in found {
                wait_for(pid, until);
            }
        }
    }

    /// Waits until a process has exited. It does not have to be a child of this process.
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
        let mut found = family(root, &processes());
        found.retain(|pid| *pid != root);
        found
    }

    /// A process and its descendants among these processes.
    fn family(root: Pid, processes: &[Process]) -> Vec<Pid> {
        let mut family = BTreeSet::from([root.as_raw_nonzero()]);
        // Children may be listed before their parents.
        loop {
            let before = family.len();
            for process in processes {
                if family.contains(&process.parent.as_raw_nonzero()) {
                    family.insert(process.pid.as_raw_nonzero());
                }
            }
            if family.len() == before {
                break;
            }
        }
        let found = processes.iter().map(|process| process.pid);
        found
            .filter(|pid| family.contains(&pid.as_raw_nonzero()))
            .collect()
    }

    /// Returns all running processes.
    fn processes() -> Vec<Process> {
        names().filter_map(|name| process(&name)).collect()
    }

    /// Returns the names in `/proc` that are PIDs.
    fn names() -> impl Iterator<Item = String> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Scans for processes whose environment contains this variable.
    ///
    /// It checks each process immediately, because the state of a process may change at any time.
    fn scan_for_variable(variable: &str) -> Scan {
        let mut scan = Scan::default();
        for name in names() {
            let Some(process) = process(&name) else {
                scan.is_uncertain |= !Path::new("/proc").join(&name).exists();
                continue;
            };
            if has_variable(process.pid, variable) {
                scan.found.push(process.pid);
            } else {
                scan.is_uncertain |= self::process(&name).is_none();
            }
        }
        scan
    }

    fn process(name: &str) -> Option<Process> {
        let pid = Pid::from_raw(name.parse().ok()?)?;
        // The name of the program may not be UTF-8; it is not used.
        let stat = fs::read(format!("/proc/{name}/stat")).ok()?;
        let parent = Pid::from_raw(parent_if_running(&String::from_utf8_lossy(&stat))?)?;
        Some(Process { pid, parent })
    }

    /// Returns the parent of a running process, parsed from `PID (NAME) STATE PARENT ...`.
    ///
    /// A name may contain spaces and brackets. A process whose first thread has exited is running as long as another
    /// thread is running.
    fn parent_if_running(stat: &str) -> Option<i32> {
        let (_, rest) = stat.rsplit_once(") ")?;
        let mut fields = rest.split(' ');
        let exited = matches!(fields.next()?, "Z" | "X");
        let parent = fields.next()?.parse().ok()?;
        let threads: u64 = fields.nth(15)?.parse().ok()?;
        (!exited || threads > 1).then_some(parent)
    }

    fn has_variable(pid: Pid, variable: &str) -> bool {
        let path = format!("/proc/{}/environ", pid.as_raw_nonzero());
        fs::read(path).is_ok_and(|environment| {
            environment
                .split(|byte| *byte == 0)
                .any(|entry| entry == variable.as_bytes())
        })
    }

    #[cfg(test)]
    mod tests {
        use super::parent_if_running;

        fn stat(name: &str, state: char, threads: u8) -> String {
            format!("12 ({name}) {state} 34 5 6 0 -1 7 8 9 10 11 12 13 14 15 20 0 {threads} 0 99")
        }

        #[test]
        fn a_program_name_with_brackets_is_parsed() {
            assert_eq!(parent_if_running(&stat("a) R 1) (b", 'S', 1)), Some(34));
            assert_eq!(parent_if_running("12"), None);
        }

        #[test]
        fn a_zombie_with_another_thread_is_running() {
            assert_eq!(parent_if_running(&stat("a", 'Z', 1)), None);
            assert_eq!(parent_if_running(&stat("a", 'Z', 2)), Some(34));
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use rustix::process::Pid;

    pub(in crate::child::system::unix) fn adopt_orphans() {}

    pub(in crate::child::system::unix) fn kill_descendants(_root: Pid) {}

    pub(in crate::child::system::unix) fn kill_children_except(_is_kept: impl Fn(Pid) -> bool) {}

    pub(in crate::child::system::unix) fn kill_by_variable(_variable: &str) {}
}
