//! Entries that are one exchange: the bytes of the server, and the result of the call.

mod body_lengths;
mod chunks;
mod heads;
mod losses;

use fc_bad_inputs::{ACCEPT, Entry};
use fc_response::Outcome;
use fcgate_http::origin::Step;

use crate::backends::{Engine, Subject};
use crate::exchange::{exchange, generous_limits};
use crate::for_each_transport;
use crate::play_rows::{Row, play};

/// Entries whose text allows a response and an error, or two errors.
const TWO_RESULTS: [&str; 9] = [
    // A transport may notice the end before it has sent a byte.
    "hf-001", "hf-002",
    // The limit of the body refuses the length before the time runs out.
    "hf-022", // ureq cannot tell a reset from the end of a body without a length.
    "hf-023", "hf-024", "hf-034", "hf-060", "hf-069", "rh-080",
];

/// Makes the rows of an entry, if it knows the entry.
type Source = fn(&Entry, Engine) -> Option<Vec<Row>>;

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    for engine in [Engine::Hyper, Engine::Ureq] {
        let rows = rows(entry, engine);
        if rows.is_empty() {
            return Err("the test does not know this input".to_owned());
        }
        for row in &rows {
            row_is_that_of(entry, row)?;
        }
    }
    for_each_transport!(play_all(entry));
    if ["hf-036", "hf-053", "hf-064"].contains(&entry.id()) {
        for_each_transport!(headers(entry));
    }
    if entry.result() == "ResponseError:unexpected-status" {
        for_each_transport!(unexpected_status(entry));
    }
    Ok(())
}

fn play_all<S: Subject>(entry: &Entry) {
    play::<S>(rows(entry, S::ENGINE));
}

fn rows(entry: &Entry, engine: Engine) -> Vec<Row> {
    let sources: [Source; 4] = [body_lengths::rows, chunks::rows, heads::rows, losses::rows];
    let found = sources.iter().find_map(|rows| rows(entry, engine));
    found.unwrap_or_default()
}

/// The expectation of the row must be the one of the catalogue.
fn row_is_that_of(entry: &Entry, row: &Row) -> Result<(), String> {
    let result = entry.result();
    let expected = row.expected.to_string();
    let words: Vec<&str> = expected.split('|').collect();
    let wanted = match result.as_str() {
        ACCEPT | "ResponseError:unexpected-status" => {
            words.iter().any(|word| word.parse::<u16>().is_ok())
        }
        _ => {
            let kind = result.split(':').nth(1).unwrap_or_default();
            words.contains(&&*kind.to_ascii_lowercase())
        }
    };
    let is_exact = words.len() == 1 || TWO_RESULTS.contains(&entry.id());
    if wanted && is_exact {
        return Ok(());
    }
    Err(format!(
        "the catalogue expects {}, the row {expected}",
        entry.expected()
    ))
}

/// The headers of the response, where an entry names one.
fn headers<S: Subject>(entry: &Entry) {
    let text = match entry.id() {
        "hf-036" => chunks::TRAILER.to_owned(),
        "hf-053" => heads::hints(),
        _ => String::new(),
    };
    let bytes = match entry.id() {
        "hf-064" => body_lengths::encoded("gzip", body_lengths::GZIP),
        _ => text.into_bytes(),
    };
    let subject = S::new(generous_limits());
    let steps = [Step::ReadRequest, Step::send(bytes), Step::Stall];
    let response = exchange(&subject, steps, "").result.unwrap();
    assert_eq!(response.headers().get("x-fc-error-type"), None);
    if entry.id() == "hf-064" {
        assert_eq!(response.headers()["content-encoding"], "gzip");
        assert_eq!(response.headers()["content-length"], "23");
    }
}

/// The response of the row is not an outcome.
fn unexpected_status<S: Subject>(entry: &Entry) {
    let answer = heads::without_outcome(entry.id());
    let subject = S::new(generous_limits());
    let steps = [Step::ReadRequest, Step::send(answer), Step::Close];
    let response = exchange(&subject, steps, "").result.unwrap();
    let error = Outcome::from_unidentified_response(response).unwrap_err();
    assert_eq!(error.kind().slug(), "unexpected-status");
}
