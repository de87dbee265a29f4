//! One process of an adapter: what it is asked, and how it is ended.

use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, PipeWriter};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::Pid;
use serde::Serialize;

use fcgate_http::clock;
use fcgate_protocol::VERSION;

use super::containment;
use super::ear::Ear;
use super::environment;
use super::fault::{Fault, QUOTED};
use super::feed::Feed;
use super::last_words::LastWords;
use super::launch::Launch;
use super::leash::Leash;
use super::reply::Complaint;
use super::secrets::{Secret, Secrets};
use super::table::{self, Down, Lost, Table, Told};

/// How long the end of a process that was killed is waited for; the kernel needs a moment.
const PATIENCE: Duration = Duration::from_secs(3);

/// A running adapter.
pub(super) struct Process {
    command: String,
    leash: Leash,
    /// Makes the numbers of questions, which nobody can guess.
    keys: RandomState,
    count: AtomicU64,
    parallel: AtomicUsize,
    table: Mutex<Table>,
    /// A question was answered, or nothing more will be heard.
    changed: Condvar,
    pub(super) feed: Feed,
    bell: PipeWriter,
    /// The memory of a line that was read, for another one.
    spare: Mutex<Vec<u8>>,
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
        let mark = table::text(keys.hash_one(environment::MARK));
        let wrapped = containment::wrap(launch, program, mark);
        let mut command = Command::new(wrapped.program);
        command
            .args(wrapped.arguments)
            .env_clear()
            .envs(environment::passed(&launch.pass))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        command.env(environment::MARK, wrapped.mark);
        let (heard, bell) = io::pipe()?;
        let mut child = command.spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::other("no pipes"));
        };
        let process = Arc::new(Self {
            command: launch.command(),
            leash: Leash::new(Pid::from_child(&child), wrapped.hold),
            keys,
            count: AtomicU64::new(0),
            parallel: AtomicUsize::new(1),
            table: Mutex::default(),
            changed: Condvar::new(),
            feed: Feed::new(stdin.into()),
            bell,
            spare: Mutex::default(),
            secrets,
        });
        let ear = Ear::new(Arc::clone(&process), heard, stdout.into(), stderr.into());
        process
            .attend(ear, child)
            .inspect_err(|_| process.leash.pull())?;
        Ok(process)
    }

    /// Starts the two threads that see to it.
    fn attend(self: &Arc<Self>, ear: Ear, child: process::Child) -> io::Result<()> {
        self.feed.unblock()?;
        rustix::io::ioctl_fionbio(&self.bell, true)?;
        ear.unblock()?;
        let waiter = Arc::clone(self);
        thread::Builder::new()
            .name("adapter-ear".to_owned())
            .spawn(move || ear.listen())?;
        thread::Builder::new()
            .name("adapter-wait".to_owned())
            .spawn(move || waiter.wait(child))?;
        Ok(())
    }

    fn wait(&self, child: process::Child) {
        let ending = self.leash.wait(child);
        self.table().ended = Some((ending, clock::now()));
        self.ring();
    }

    pub(super) fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the memory of a line for another one: long lines are not to fill memory with their remains.
    pub(super) fn give_back(&self, mut line: Vec<u8>) {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if line.capacity() > spare.capacity() {
            line.clear();
            *spare = line;
        }
    }

    /// The memory that was kept.
    pub(super) fn spare(&self) -> Vec<u8> {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut spare)
    }

    /// Wakes the ear.
    fn ring(&self) {
        // Where the bell is full it rings already.
        let _ = rustix::io::write(&self.bell, &[0]);
    }

    /// Tells those who wait that something changed; mostly nobody does, and waking nobody costs too.
    pub(super) fn tell(&self) {
        if self.table().waiting > 0 {
            self.changed.notify_all();
        }
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
        self.turn()?.open(seq, asker, secret);
        let until = clock::now() + limit;
        if self.feed.put(&line) {
            self.ring();
        }
        drop(line);
        let unheard = || Lost::Unasked("the thread that hears the adapter is gone".to_owned());
        let left = until.saturating_duration_since(clock::now());
        match answer.recv_timeout(left) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Disconnected) => return Err(unheard()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let expired = self.heard().expire(seq);
        match expired {
            Some(lost) => {
                self.leash.pull();
                self.tell();
                Err(lost)
            }
            None => answer
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| Err(unheard())),
        }
    }

    /// Waits until every complete line is read: a reply that has come is not late.
    fn heard(&self) -> MutexGuard<'_, Table> {
        let mut table = self.table();
        while table.hearing {
            table = self.change(table);
        }
        table
    }

    fn change<'a>(&self, mut table: MutexGuard<'a, Table>) -> MutexGuard<'a, Table> {
        table.waiting += 1;
        table = self
            .changed
            .wait(table)
            .unwrap_or_else(PoisonError::into_inner);
        table.waiting -= 1;
        table
    }

    /// Waits until one more question may be open.
    fn turn(&self) -> Result<MutexGuard<'_, Table>, Lost> {
        let mut table = self.table();
        loop {
            table.usable()?;
            // What has ended is not asked any more, even when something else still answers for it.
            let ending = table.ended.is_some() && !table.silent;
            if !ending && table.len() < self.parallel.load(Ordering::Relaxed) {
                return Ok(table);
            }
            table = self.change(table);
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
        self.leash.pull();
    }

    /// The protocol is broken.
    pub(super) fn fail(&self, fault: Fault) {
        let fault = self.sign(fault);
        let lost = Lost::Broken(fault.clone());
        self.put_down(Down::Broken(fault), &lost);
    }

    /// What is wrong with a line, with the line.
    pub(super) fn quoting(&self, complaint: Complaint, line: &[u8]) -> Fault {
        let fault = Fault::new(complaint.kind, complaint.what);
        match line {
            [] => fault,
            line => fault.quote(&self.secrets.masked_head(line, QUOTED), line.len()),
        }
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

    /// Ends it if it still lives, and waits until nothing of it is alive and nothing more will be heard.
    pub(super) fn bury(&self) {
        self.leash.pull();
        self.feed.close();
        self.silence(PATIENCE);
    }

    fn silence(&self, limit: Duration) {
        let mut table = self.table();
        table.waiting += 1;
        let (mut table, _) = self
            .changed
            .wait_timeout_while(table, limit, |table| !table.silent)
            .unwrap_or_else(PoisonError::into_inner);
        table.waiting -= 1;
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
