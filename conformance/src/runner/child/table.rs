//! What is open between the gate and one process, and how it stands with that process.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::time::Instant;

use super::ending::Ending;
use super::fault::{Fault, Kind};
use super::reply::{Complaint, Line};
use super::ring::Ring;
use super::secrets::Secret;

/// A reply, and whether the question's secret stood on standard error before it.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) line: Line,
    pub(super) leaked: bool,
}

/// Why there is no reply.
#[derive(Debug, Clone)]
pub(super) enum Lost {
    /// It did not come in time, and no other question was open.
    Late,
    /// The process ended by itself, and no other question was open.
    Ended(Ending),
    /// Something went wrong while other questions were open too.
    Together,
    /// The process was down before the question was put: another one has to be asked.
    Down,
    /// The protocol is broken.
    Broken(Fault),
    /// The run is being ended.
    Stopped,
    /// The gate could not put the question.
    Unasked(String),
}

/// Where an answer goes.
pub(super) type Asker = SyncSender<Result<Told, Lost>>;

/// A question without a reply.
struct Open {
    seq: u64,
    asker: Asker,
    secret: Option<Arc<Secret>>,
    leaked: bool,
    /// A secret that was seen may be its own or that of another question.
    suspect: bool,
}

/// Why a process is not asked any more.
#[derive(Debug, Clone)]
pub(super) enum Down {
    /// It ended by itself.
    Ended {
        ending: Ending,
        /// Whether a question paid for it.
        paid: bool,
    },
    /// It was ended because a reply did not come in time.
    Late,
    /// It broke the protocol.
    Broken(Fault),
    /// Someone stopped the run, or it was told to go.
    Stopped,
}

/// The questions to one process.
#[derive(Default)]
pub(super) struct Table {
    open: Vec<Open>,
    answered: BTreeSet<u64>,
    /// The `seq` of the `bye`, to which an answer is not needed and does no harm.
    farewell: Option<u64>,
    /// Secrets that were seen when no question was open that could pay for it.
    spilled: Vec<Arc<Secret>>,
    pub(super) down: Option<Down>,
    /// How the process ended, and when that was seen.
    pub(super) ended: Option<(Ending, Instant)>,
    /// Standard output was closed.
    pub(super) closed: bool,
    /// Nothing more will be heard.
    pub(super) silent: bool,
    pub(super) stderr: Ring,
}

impl Table {
    /// Whether the process can be asked. The first question after it ended between two pays for that.
    pub(super) fn usable(&mut self) -> Result<(), Lost> {
        match &mut self.down {
            None => Ok(()),
            Some(Down::Ended { ending, paid }) if !*paid => {
                *paid = true;
                Err(Lost::Ended(*ending))
            }
            Some(Down::Ended { .. } | Down::Late) => Err(Lost::Down),
            Some(Down::Broken(fault)) => Err(Lost::Broken(fault.clone())),
            Some(Down::Stopped) => Err(Lost::Stopped),
        }
    }

    /// How many questions are open.
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// Opens a question.
    pub(super) fn open(&mut self, seq: u64, asker: Asker, secret: Option<Arc<Secret>>) {
        let before = self.spilled.len();
        if let Some(secret) = &secret {
            self.spilled.retain(|spilled| spilled != secret);
        }
        self.open.push(Open {
            seq,
            asker,
            secret,
            leaked: self.spilled.len() < before,
            suspect: false,
        });
    }

    /// Lets an answer to `bye` pass.
    pub(super) fn farewell(&mut self, seq: u64) {
        self.farewell = Some(seq);
    }

    /// Gives a reply to the question that it answers. It is given back where there is none.
    pub(super) fn answer(&mut self, seq: &str, line: Line) -> Result<(), (Line, Complaint)> {
        if self.down.is_some() {
            // It came too late to matter.
            return Ok(());
        }
        let number = number(seq);
        let place = self.open.iter().position(|open| Some(open.seq) == number);
        let Some(place) = place else {
            if number.is_some() && number == self.farewell {
                self.farewell = None;
                return Ok(());
            }
            let complaint = self.stray(number);
            return Err((line, complaint));
        };
        let open = self.open.swap_remove(place);
        self.answered.insert(open.seq);
        let answer = if open.suspect {
            Err(Lost::Together)
        } else {
            let leaked = open.leaked;
            Ok(Told { line, leaked })
        };
        // An asker that does not listen any more has its verdict.
        let _ = open.asker.try_send(answer);
        Ok(())
    }

    fn stray(&self, number: Option<u64>) -> Complaint {
        if number.is_some_and(|number| self.answered.contains(&number)) {
            Complaint::new(Kind::RepeatedSeq, "a question was answered a second time")
        } else if self.open.is_empty() {
            Complaint::new(
                Kind::UnaskedReply,
                "a reply came while no question was open",
            )
        } else {
            Complaint::new(Kind::UnknownSeq, "a reply is to no question that was put")
        }
    }

    /// A secret stood on standard error.
    pub(super) fn spill(&mut self, secret: &Arc<Secret>) {
        let holds = |open: &&mut Open| open.secret.as_ref() == Some(secret);
        match self.open.iter_mut().filter(holds).count() {
            0 => {
                if !self.spilled.contains(secret) {
                    self.spilled.push(Arc::clone(secret));
                }
            }
            1 => self
                .open
                .iter_mut()
                .filter(holds)
                .for_each(|open| open.leaked = true),
            _ => self
                .open
                .iter_mut()
                .filter(holds)
                .for_each(|open| open.suspect = true),
        }
    }

    /// Takes an open question back because its time is up; the others that are open go down with it.
    /// Nothing for one that was answered in the last moment, or when no answer can come any more.
    pub(super) fn expire(&mut self, seq: u64) -> Option<Lost> {
        self.open.iter().position(|open| open.seq == seq)?;
        if self.closed || self.ended.is_some() {
            // The ear will tell within a second what that was.
            return None;
        }
        let lost = match self.open.len() {
            1 => Lost::Late,
            _ => Lost::Together,
        };
        self.give_up(&lost);
        self.down.get_or_insert(Down::Late);
        Some(lost)
    }

    /// The process has ended and nothing more will be heard: who still waits for a reply gets none.
    pub(super) fn fall_silent(&mut self) {
        if let (None, Some((ending, _))) = (&self.down, self.ended) {
            let lost = match self.open.len() {
                0 | 1 => Lost::Ended(ending),
                _ => Lost::Together,
            };
            let paid = !self.open.is_empty();
            self.down = Some(Down::Ended { ending, paid });
            self.give_up(&lost);
        }
        self.silent = true;
    }

    /// Tells every asker that there will be no reply.
    pub(super) fn give_up(&mut self, lost: &Lost) {
        for open in self.open.drain(..) {
            let _ = open.asker.try_send(Err(lost.clone()));
        }
    }
}

/// A `seq` as text.
pub(super) fn text(seq: u64) -> String {
    format!("{seq:016x}")
}

/// The number of a `seq` that this gate has made.
fn number(seq: &str) -> Option<u64> {
    let number = u64::from_str_radix(seq, 16).ok()?;
    (text(number) == seq).then_some(number)
}
