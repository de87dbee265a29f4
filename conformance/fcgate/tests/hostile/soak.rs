//! Many runs in one process with an adapter that dies now and then: descriptors, threads and memory must not grow.

use std::fs;
use std::io::Write as _;
use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Level};
use fcgate_cases::judge::Status;
use fcgate_runner::{Contain, Copies, Launch, Plan, run};

use crate::descendant::DEADLY;
use crate::leftovers;
use crate::timing;

/// The number of runs if the command line names none.
const ROUNDS: usize = 200;

/// After so many runs the adapter is shut down, and another one is started.
const ROUNDS_OF_ADAPTER: usize = 10;

/// The cases of one run: without HTTP, at the common server, and at listeners of their own.
const CASES: [&str; 3] = ["parse.status.4", "invoke.arrived.", "invoke.framing."];

/// The growth of the memory after the first tenth that is not yet a leak, in KiB.
const GROWTH_KIB: usize = 16 * 1024;

/// The descriptors and threads that may differ between two samples: those of a listener that is just being closed.
const SLACK: usize = 8;

/// How often a sample is taken again.
const SETTLING: usize = 100;

/// What this process holds.
#[derive(Clone, Copy)]
struct Sample {
    descriptors: usize,
    threads: usize,
    kib: usize,
}

impl Sample {
    fn take() -> Self {
        let count = |folder: &str| fs::read_dir(folder).unwrap().count();
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let (_, rest) = status.split_once("VmRSS:").unwrap();
        Self {
            descriptors: count("/proc/self/fd"),
            threads: count("/proc/self/task"),
            kib: rest.split_whitespace().next().unwrap().parse().unwrap(),
        }
    }

    /// A sample after the listeners of the last run are closed: some of their threads end after it.
    fn settled(earlier: Option<Self>) -> Self {
        for _ in 0..SETTLING {
            let sample = Self::take();
            if earlier.is_none_or(|earlier| !sample.has_grown_since(earlier)) {
                return sample;
            }
            timing::wait(Duration::from_millis(20));
        }
        Self::take()
    }

    /// Whether it holds noticeably more than an earlier one.
    fn has_grown_since(self, earlier: Self) -> bool {
        self.descriptors > earlier.descriptors + SLACK
            || self.threads > earlier.threads + SLACK
            || self.kib > earlier.kib + GROWTH_KIB
    }
}

/// Runs the cases as often as the first argument says, and prints what this process holds after each tenth.
pub(crate) fn soak(arguments: &[String]) -> ExitCode {
    let rounds = arguments
        .first()
        .map_or(ROUNDS, |word| word.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let marker = format!("soak-{}", std::process::id());
    let corpus = Corpus::embedded().unwrap();
    let mut output = std::io::stdout().lock();
    let mut line = |text: String| writeln!(output, "{text}").unwrap();
    line("| runs | cases | crashes | descriptors | threads | KiB |".to_owned());
    line("| --- | --- | --- | --- | --- | --- |".to_owned());
    let mut show = |runs: usize, cases: usize, crashes: usize, sample: Sample| {
        let Sample {
            descriptors,
            threads,
            kib,
        } = sample;
        line(format!(
            "| {runs} | {cases} | {crashes} | {descriptors} | {threads} | {kib} |"
        ));
    };
    show(0, 0, 0, Sample::take());
    let (mut cases, mut crashes, mut is_right) = (0, 0, true);
    let mut first = None;
    let tenth = (rounds / 10).max(1);
    let mut adapter = None;
    for round in 1..=rounds {
        let (copies, claims) =
            adapter.get_or_insert_with(|| start(&marker, folder.path(), round / ROUNDS_OF_ADAPTER));
        let selected = |case: &Case| {
            case.level == Level::Must && CASES.iter().any(|start| case.id.starts_with(start))
        };
        let results = run(&corpus, copies, claims, &Plan::new(), &selected).results;
        for result in results {
            match result.status {
                Status::Pass => cases += 1,
                Status::Crash => (cases, crashes) = (cases + 1, crashes + 1),
                Status::Filtered => {}
                other => {
                    is_right = false;
                    eprintln(&format!("{}: {other:?}, {:?}", result.id, result.note));
                }
            }
        }
        if round % ROUNDS_OF_ADAPTER == 0
            && let Some((copies, _)) = adapter.take()
            && let Err(fault) = copies.shut_down()
        {
            is_right = false;
            eprintln(&fault.to_string());
        }
        if round % tenth == 0 {
            let sample = Sample::settled(first);
            show(round, cases, crashes, sample);
            is_right &= !sample.has_grown_since(*first.get_or_insert(sample));
        }
    }
    drop(adapter);
    show(rounds, cases, crashes, Sample::take());
    let left = leftovers::find(&marker);
    if !left.is_empty() {
        is_right = false;
        eprintln(&format!("{} processes are left", left.len()));
        leftovers::end(&left);
    }
    // Every process dies at its seventh case; only the last one of an adapter may not reach it.
    is_right &= crashes > cases / (DEADLY * 2);
    ExitCode::from(u8::from(!is_right))
}

fn eprintln(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Starts an adapter, in each of the two containments in turn.
fn start(marker: &str, folder: &Path, number: usize) -> (Copies, Claims) {
    let program = std::env::current_exe().unwrap();
    let arguments = ["adapter", "dies-now-and-then", marker];
    let mut arguments: Vec<_> = arguments.map(Into::into).to_vec();
    arguments.push(folder.into());
    let contain = if number.is_multiple_of(2) {
        Contain::Auto
    } else {
        Contain::Group
    };
    let launch = Launch::new(program.into(), arguments)
        .restarts(usize::MAX)
        .contain(contain)
        .supervisor(env!("CARGO_BIN_EXE_fcgate").into());
    let copies = Copies::new(&launch, NonZero::new(2).unwrap()).unwrap();
    let hello = copies.handshake().unwrap();
    (copies, Claims::of(&hello))
}
