//! One process of an adapter, from its start to its end.

use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, PipeReader, PipeWriter};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use serde::Serialize;

use crate::clock;
use crate::protocol::VERSION;

use super::containment::{self, Wrapped};
use super::ear::Ear;
use super::ending::Ending;
use super::environment;
use super::fault::Fault;
use super::feed::Feed;
use super::last_words::LastWords;
use super::launch::Launch;
use super::secrets::{Secret, Secrets};
use super::sweep;
use super::table::{self, Down, Lost, Table, Told};

/// How long the end of a process that was killed is waited for; the kernel needs a moment.
const PATIENCE: Duration = Duration::from_secs(3);

/// The variable by which what left its group is found again where there is no namespace.
const MARK: &str = "ADAPTER_OF_FCGATE";

/// A running adapter.
pub(super) struct Process {
    pid: Pid,
    command: String,
    /// `NAME=VALUE` in the environment of everything that it starts.
    mark: String,
    supervised: bool,
    namespace: bool,
    /// Makes the numbers of questions, which nobody can guess.
    keys: RandomState,
    count: AtomicU64,
    parallel: AtomicUsize,
    table: Mutex<Table>,
    /// A question was answered, or nothing more will be heard.
    changed: Condvar,
    pub(super) feed: Feed,
    bell: PipeWriter,
    /// Whether the process can be killed: it was not yet waited for, so its number is its own.
    leash: Mutex<bool>,
    pub(super) secrets: Arc<Secrets>,
}

impl Process {
    /// Starts a program.
    pub(super) fn start(
        launch: &Launch,
        program: &Path,
        secrets: Arc<Secrets>,
    ) -> io::Result<Arc<Self>> {
        let keys = RandomState::new();
        let mark = table::text(keys.hash_one(MARK));
        let Wrapped {
            program,
            arguments,
            namespace,
        } = containment::wrap(launch, program);
        let (heard, bell) = io::pipe()?;
        rustix::io::ioctl_fionbio(&heard, true)?;
        rustix::io::ioctl_fionbio(&bell, true)?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(environment::passed(&launch.pass))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        if !namespace {
            command.env(MARK, &mark);
        }
        let mut child = command.spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::other("no pipes"));
        };
        let (stdin, stdout, stderr) = (stdin.into(), stdout.into(), stderr.into());
        for pipe in [&stdin, &stdout, &stderr] {
            rustix::io::ioctl_fionbio::<&OwnedFd>(pipe, true)?;
        }
        let process = Arc::new(Self {
            pid: Pid::from_child(&child),
            command: launch.command(),
            mark: format!("{MARK}={mark}"),
            supervised: launch.supervisor.is_some(),
            namespace,
            keys,
            count: AtomicU64::new(0),
            parallel: AtomicUsize::new(1),
            table: Mutex::default(),
            changed: Condvar::new(),
            feed: Feed::new(stdin),
            bell,
            leash: Mutex::new(true),
            secrets,
        });
        process.listen(heard, stdout, stderr);
        let waiter = Arc::clone(&process);
        thread::spawn(move || waiter.wait(child));
        Ok(process)
    }

    fn listen(self: &Arc<Self>, heard: PipeReader, stdout: OwnedFd, stderr: OwnedFd) {
        let ear = Ear::new(Arc::clone(self), heard, stdout, stderr);
        thread::spawn(move || ear.listen());
    }

    /// Waits for the process; what it leaves is ended before its end is told.
    fn wait(&self, mut child: std::process::Child) {
        let ending = loop {
            // It stays a zombie, so that its number is not another's while it may be killed.
            match waitid(
                WaitId::Pid(self.pid),
                WaitIdOptions::EXITED | WaitIdOptions::NOWAIT,
            ) {
                Ok(Some(status)) => break Some(Ending::of(&status)),
                Ok(None) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => break None,
            }
        };
        {
            let mut leash = self.leash.lock().unwrap_or_else(PoisonError::into_inner);
            self.kill_group();
            *leash = false;
            let _ = child.wait();
        }
        if !self.namespace {
            sweep::end_marked(&self.mark);
        }
        let mut table = self.table();
        table.ended = Some((ending.unwrap_or(Ending::UNKNOWN), clock::now()));
        drop(table);
        self.ring();
    }

    pub(super) fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the ear.
    pub(super) fn ring(&self) {
        // Where the bell is full it rings already.
        let _ = rustix::io::write(&self.bell, &[0]);
    }

    /// Tells those who wait that something changed.
    pub(super) fn tell(&self) {
        self.changed.notify_all();
    }

    /// How many questions it takes at once.
    pub(super) fn takes(&self, parallel: usize) {
        self.parallel.store(parallel, Ordering::Relaxed);
    }

    fn seq(&self) -> u64 {
        self.keys
            .hash_one(self.count.fetch_add(1, Ordering::Relaxed))
    }

    /// Puts a question and waits for its reply, `limit` at most from its first byte.
    pub(super) fn ask(
        &self,
        command: &str,
        input: &impl Serialize,
        limit: Duration,
        secret: Option<Arc<Secret>>,
    ) -> Result<Told, Lost> {
        let seq = self.seq();
        let line = question(seq, command, input)?;
        let (asker, answer) = sync_channel(1);
        {
            let mut table = self.table();
            loop {
                match &mut table.down {
                    None => {}
                    Some(Down::Ended { ending, paid }) if !*paid => {
                        *paid = true;
                        return Err(Lost::Ended(*ending));
                    }
                    Some(Down::Ended { .. } | Down::Late) => return Err(Lost::Down),
                    Some(Down::Broken(fault)) => return Err(Lost::Broken(fault.clone())),
                    Some(Down::Stopped) => return Err(Lost::Stopped),
                }
                if table.len() < self.parallel.load(Ordering::Relaxed) {
                    break;
                }
                table = self
                    .changed
                    .wait(table)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            table.open(seq, asker, secret);
        }
        let until = clock::now() + limit;
        if self.feed.put(&line) {
            self.ring();
        }
        drop(line);
        let left = until.saturating_duration_since(clock::now());
        match answer.recv_timeout(left) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Disconnected) => Err(Lost::Unasked("no answer".to_owned())),
            Err(RecvTimeoutError::Timeout) => {
                let expired = self.table().expire(seq);
                match expired {
                    Some(lost) => {
                        self.kill();
                        self.tell();
                        Err(lost)
                    }
                    None => answer
                        .recv_timeout(PATIENCE)
                        .unwrap_or_else(|_| Err(Lost::Unasked("no answer".to_owned()))),
                }
            }
        }
    }

    /// Says `bye` and ends the input; returns whether the process ended within `limit`.
    pub(super) fn bye(&self, limit: Duration) -> bool {
        let seq = self.seq();
        self.table().farewell(seq);
        if let Ok(line) = question(seq, "bye", &serde_json::Map::new()) {
            self.feed.put(&line);
        }
        self.feed.close();
        self.silence(limit);
        self.table().ended.is_some()
    }

    /// Why it is not asked any more, if so.
    pub(super) fn down(&self) -> Option<Down> {
        self.table().down.clone()
    }

    /// Ends everything now; who waits for a reply gets this reason.
    pub(super) fn put_down(&self, down: Down, lost: &Lost) {
        {
            let mut table = self.table();
            table.down.get_or_insert(down);
            table.give_up(lost);
        }
        self.tell();
        self.kill();
    }

    /// The protocol is broken.
    pub(super) fn fail(&self, fault: Fault) {
        let fault = self.sign(fault);
        let lost = Lost::Broken(fault.clone());
        self.put_down(Down::Broken(fault), &lost);
    }

    /// Adds the command and the last words to a fault.
    pub(super) fn sign(&self, fault: Fault) -> Fault {
        fault
            .command(&self.command)
            .last_words(self.last_words().lines())
    }

    /// What it last wrote to standard error.
    pub(super) fn last_words(&self) -> LastWords {
        let (text, dropped) = {
            let stderr = &self.table().stderr;
            (stderr.bytes(), stderr.dropped())
        };
        LastWords::of(&self.secrets.mask(&text), dropped)
    }

    /// Waits until nothing of it is alive and nothing more will be heard.
    pub(super) fn bury(&self) {
        self.kill();
        self.feed.close();
        self.ring();
        self.silence(PATIENCE);
    }

    fn silence(&self, limit: Duration) {
        let table = self.table();
        let _table = self
            .changed
            .wait_timeout_while(table, limit, |table| !table.silent)
            .unwrap_or_else(PoisonError::into_inner);
    }

    /// Kills everything that belongs to it.
    fn kill(&self) {
        let leash = self.leash.lock().unwrap_or_else(PoisonError::into_inner);
        if *leash {
            if self.supervised && !self.namespace {
                sweep::end_descendants(self.pid);
            }
            self.kill_group();
        }
    }

    fn kill_group(&self) {
        // The group may be empty.
        let _ = kill_process_group(self.pid, Signal::KILL);
    }
}

/// One line to the adapter.
fn question(seq: u64, command: &str, input: &impl Serialize) -> Result<Vec<u8>, Lost> {
    let seq = table::text(seq);
    let mut line = format!(r#"{{"p":{VERSION},"seq":"{seq}","cmd":"{command}","in":"#).into_bytes();
    serde_json::to_writer(&mut line, input)
        .map_err(|error| Lost::Unasked(format!("a question cannot be written: {error}")))?;
    line.extend_from_slice(b"}\n");
    Ok(line)
}
