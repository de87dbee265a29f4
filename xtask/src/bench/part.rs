//! The parts of the table: each has programs of its own.

use super::languages;
use super::line::Line;
use super::program::Program;
use super::section::{Measured, Section};
use super::{counts, place};

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Part {
    /// The protocol crates, and the floor of each operation
    Crates,
    /// Other libraries that sign requests: in Rust, and the official SDKs
    Peers,
    /// One invocation over each transport, and its HTTP library alone
    Clients,
    /// Cases, report writers, `why` and `serve`, and the program
    Gate,
}

/// The rounds of parts whose rows take micro- and milliseconds.
const ROUNDS: u32 = 31;
const ROUNDS_OF_SLOW_ROWS: u32 = 5;

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Crates, Self::Peers, Self::Clients, Self::Gate];

    /// Adds the rows of the part; what cannot be measured on this machine is a note.
    pub(super) fn measure(self, rounds: Option<u32>, selftest: bool, measured: &mut Measured) {
        let (many, few) = (
            rounds.unwrap_or(ROUNDS),
            rounds.unwrap_or(ROUNDS_OF_SLOW_ROWS),
        );
        match self {
            Self::Crates => {
                let program = Program::build("fc-benchmarks");
                measured.add("Protocol crates", program, |program, measured| {
                    of_rows("Protocol crates", &program, many, measured)
                });
            }
            Self::Peers => {
                measured.add("Peers", Program::build_peers(), |program, measured| {
                    of_rows("Peers in Rust", &program, many, measured)?;
                    languages::measure(&program, measured)
                });
            }
            Self::Clients => {
                let program = Program::build("fc-client-benchmarks");
                measured.add("Clients", program, |program, measured| {
                    let lines = program.times(few)?.iter().map(Line::of_time).collect();
                    measured.sections.push(Section::new(
                        "One invocation, compared with the HTTP client alone",
                        lines,
                    ));
                    Ok(())
                });
            }
            Self::Gate => {
                let program = Program::build("fcgate-benchmarks");
                measured.add("Gate", program, |program, measured| {
                    of_rows("The gate", &program, few, measured)?;
                    let times = program.processes(few, selftest)?;
                    let lines = times.iter().map(Line::of_time).collect();
                    let section = Section::new("The gate as a program, all processes", lines);
                    measured.sections.push(section);
                    Ok(())
                });
            }
        }
    }
}

/// The rows of a program with everything that can be counted here.
fn of_rows(
    title: &str,
    program: &Program,
    rounds: u32,
    measured: &mut Measured,
) -> Result<(), String> {
    let rows = program.rows()?;
    let times = program.times(rounds)?;
    let is_counted = rows.iter().any(|row| row.is_counted);
    let native = measured.or_note(is_counted.then(|| program.native()));
    let counted = is_counted.then(|| {
        if counts::valgrind_is_installed() {
            counts::of_all(program, &rows)
        } else {
            Err(counts::MISSING.to_owned())
        }
    });
    let counted = measured.or_note(counted);
    let lines = Line::all(&rows, &times, counted.as_ref(), native.as_ref())?;
    measured.points.extend(place::all(&rows, &lines));
    measured.sections.push(Section::new(title, lines));
    Ok(())
}
