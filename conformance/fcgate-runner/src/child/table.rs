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
    /// Complete lines have come that are not read yet.
    pub(super) hearing: bool,
    /// Nothing more will be heard.
    pub(super) silent: bool,
    pub(super) stderr: Ring,
    /// How many threads wait for a change of this table.
    pub(super) waiting: usize,
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, sync_channel};

    use super::{Asker, Down, Ending, Kind, Lost, Table, Told, number, text};
    use crate::child::reply;
    use crate::child::secrets::Secrets;
    use fcgate_http::clock;
    use fcgate_protocol::Credentials;

    type Answer = Receiver<Result<Told, Lost>>;

    fn asker() -> (Asker, Answer) {
        sync_channel(1)
    }

    fn open(table: &mut Table, seq: u64) -> Answer {
        let (asker, answer) = asker();
        table.open(seq, asker, None);
        answer
    }

    fn answer(table: &mut Table, seq: &str) -> Option<Kind> {
        let line = format!(r#"{{"seq":"{seq}","ok":{{}}}}"#);
        let (seq, line) = reply::read(line.into_bytes()).unwrap();
        let answered = table.answer(&seq, line);
        answered.err().map(|(_, complaint)| complaint.kind)
    }

    #[test]
    fn a_seq_is_read_only_as_it_was_written() {
        assert_eq!(number(&text(0x1f)), Some(0x1f));
        for other in ["1f", "000000000000001F", "+00000000000001f", "", "zz"] {
            assert_eq!(number(other), None, "{other}");
        }
    }

    #[test]
    fn replies_find_their_questions_in_any_order() {
        let mut table = Table::default();
        let (first, second) = (open(&mut table, 1), open(&mut table, 2));
        assert_eq!(answer(&mut table, &text(2)), None);
        assert!(second.try_recv().unwrap().is_ok() && first.try_recv().is_err());
        assert_eq!(answer(&mut table, &text(1)), None);
        assert!(first.try_recv().unwrap().is_ok());
    }

    #[test]
    fn a_reply_to_no_open_question_is_told_by_what_it_answers() {
        let mut table = Table::default();
        assert_eq!(answer(&mut table, &text(1)), Some(Kind::UnaskedReply));
        let _first = open(&mut table, 1);
        assert_eq!(answer(&mut table, "zz"), Some(Kind::UnknownSeq));
        assert_eq!(answer(&mut table, &text(1)), None);
        assert_eq!(answer(&mut table, &text(1)), Some(Kind::RepeatedSeq));
        assert_eq!(answer(&mut table, "zz"), Some(Kind::UnaskedReply));
    }

    #[test]
    fn bye_may_be_answered_once() {
        let mut table = Table::default();
        table.farewell(7);
        assert_eq!(answer(&mut table, &text(7)), None);
        assert_eq!(answer(&mut table, &text(7)), Some(Kind::UnaskedReply));
    }

    #[test]
    fn who_is_late_alone_is_late_and_others_are_suspects_too() {
        let mut table = Table::default();
        let _one = open(&mut table, 1);
        assert!(matches!(table.expire(1), Some(Lost::Late)));
        assert!(table.expire(1).is_none());

        let mut table = Table::default();
        let (_one, two) = (open(&mut table, 1), open(&mut table, 2));
        assert!(matches!(table.expire(1), Some(Lost::Together)));
        assert!(matches!(two.try_recv().unwrap(), Err(Lost::Together)));
        assert!(matches!(table.usable(), Err(Lost::Down)));
        assert_eq!(answer(&mut table, &text(2)), None, "too late to matter");
    }

    #[test]
    fn an_end_between_two_questions_is_paid_by_the_next_one() {
        let mut table = Table {
            ended: Some((Ending::UNKNOWN, clock::now())),
            ..Table::default()
        };
        table.fall_silent();
        assert!(matches!(table.usable(), Err(Lost::Ended(_))));
        assert!(matches!(table.usable(), Err(Lost::Down)));
    }

    #[test]
    fn an_end_under_one_question_is_its_own_and_under_two_that_of_neither() {
        for (count, alone) in [(1, true), (2, false)] {
            let mut table = Table::default();
            let answers: Vec<Answer> = (0..count).map(|seq| open(&mut table, seq)).collect();
            table.ended = Some((Ending::UNKNOWN, clock::now()));
            table.fall_silent();
            for answer in answers {
                let lost = answer.try_recv().unwrap().unwrap_err();
                assert_eq!(matches!(lost, Lost::Ended(_)), alone);
                assert_eq!(matches!(lost, Lost::Together), !alone);
            }
            assert!(matches!(table.down, Some(Down::Ended { paid: true, .. })));
        }
    }

    #[test]
    fn a_secret_on_standard_error_is_that_of_the_only_question_that_holds_it() {
        let secrets = Secrets::default();
        let mine = secrets.of(&Credentials::new("id", "fcTestSecretOfOne"));
        let other = secrets.of(&Credentials::new("id", "fcTestSecretOfTwo"));
        let put = |table: &mut Table, seq, secret| {
            let (asker, answer) = asker();
            table.open(seq, asker, Some(std::sync::Arc::clone(secret)));
            answer
        };
        let mut table = Table::default();
        let (one, two) = (put(&mut table, 1, &mine), put(&mut table, 2, &other));
        table.spill(&mine);
        answer(&mut table, &text(1));
        answer(&mut table, &text(2));
        assert!(one.try_recv().unwrap().unwrap().leaked);
        assert!(!two.try_recv().unwrap().unwrap().leaked);

        // Two hold it: both are put again.
        let (one, two) = (put(&mut table, 3, &mine), put(&mut table, 4, &mine));
        table.spill(&mine);
        answer(&mut table, &text(3));
        answer(&mut table, &text(4));
        for answer in [one, two] {
            assert!(matches!(answer.try_recv().unwrap(), Err(Lost::Together)));
        }

        // None is open: the next one that holds it pays.
        table.spill(&mine);
        let one = put(&mut table, 5, &mine);
        answer(&mut table, &text(5));
        assert!(one.try_recv().unwrap().unwrap().leaked);
    }
}
