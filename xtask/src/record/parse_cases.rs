//! The `parse` cases made of the answers that were played to official SDKs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::case::{
    Case, CaseFile, Evidence, Expect, Given, Level, Outcome, ParseExpect, ParseGiven,
};
use super::failure::{Failure, Result};
use super::http_response::Response;
use super::outcome::{self, Ground, Reading, RequestId};
use super::parse_table::{self, Judged, THEMES};
use super::scripts::{self, Answer};
use super::source::ResponseStudy;

const BODY_TYPES: [(&str, &str); 4] = [
    ("json", "a JSON body"),
    ("html", "an HTML page"),
    ("empty", "no body"),
    ("text", "a text body"),
];

pub(super) fn files(study: &ResponseStudy) -> Result<Vec<CaseFile>> {
    let answers = scripts::answers(study)?;
    let left_out = left_out(&answers);
    let mut files: Vec<CaseFile> = THEMES
        .iter()
        .map(|(theme, summary)| {
            let summary = if *theme == "framing" {
                format!("{summary} {left_out}")
            } else {
                (*summary).to_owned()
            };
            CaseFile::new(&group(theme), &summary, Vec::new())
        })
        .collect();
    let mut seen: Vec<ParseGiven> = Vec::new();
    for answer in &answers {
        let Some(response) = &answer.response else {
            continue;
        };
        let given = given(answer, response);
        if seen.contains(&given) {
            continue;
        }
        seen.push(given.clone());
        let (theme, cases) = cases_of(study, answer, response, &given)?;
        let group = group(theme);
        let file = files.iter_mut().find(|file| file.group == group);
        let file = file.ok_or_else(|| Failure::new(format!("no file for the theme {theme}")))?;
        file.cases.extend(cases);
    }
    Ok(files)
}

fn group(theme: &str) -> String {
    format!("parse.recorded-scripts-{theme}")
}

/// Names the answers that are no whole response; they are for a suite of transports.
fn left_out(answers: &[Answer<'_>]) -> String {
    let names: Vec<&str> = answers
        .iter()
        .filter(|answer| answer.response.is_none())
        .map(|answer| answer.script_name)
        .collect();
    format!(
        "Left out, because a transport has to judge them: {}, and all that send no response head or a slow one.",
        names.join(", ")
    )
}

fn given(answer: &Answer<'_>, response: &Response) -> ParseGiven {
    let invocation_type = answer.script.call.invocation_type.as_deref();
    ParseGiven {
        status: response.status,
        headers: response.headers.clone(),
        body_b64: STANDARD.encode(&response.body),
        invocation_type: invocation_type.unwrap_or("Sync").to_owned(),
    }
}

fn cases_of(
    study: &ResponseStudy,
    answer: &Answer<'_>,
    response: &Response,
    given: &ParseGiven,
) -> Result<(&'static str, Vec<Case>)> {
    let reading = outcome::read(response);
    let name = answer.name.as_str();
    let words = words(name, response.status)?;
    let mut case = Case {
        id: format!("{}.{}", group(words.theme), name.replace('_', "-")),
        title: words.title,
        level: words.level.unwrap_or(level(&reading)),
        requirements: words.requirements,
        needs: vec!["parse"],
        revision: None,
        because: words.because,
        evidence: evidence(study, answer, &reading),
        op: "parse",
        given: Given::Parse(given.clone()),
        expect: Expect::Parse(expect(name, &reading)),
    };
    if reading.outcome.kind == "function_error" {
        case.needs.push("function-error");
    }
    let mut cases = vec![case];
    if reading.request_id == RequestId::Disputed {
        cases.extend(
            cases
                .first()
                .map(|case| disputed(study, answer, case, &reading)),
        );
    }
    Ok((words.theme, cases))
}

struct Words {
    theme: &'static str,
    title: String,
    requirements: Vec<&'static str>,
    because: String,
    level: Option<Level>,
}

/// From the table, or made for the answers that are one status with one body type.
fn words(name: &str, status: u16) -> Result<Words> {
    if let Some(row) = parse_table::find(name) {
        return Ok(Words {
            theme: row.theme,
            title: row.title.to_owned(),
            requirements: row.requirements.to_vec(),
            because: row.because.to_owned(),
            level: match row.judged {
                Judged::AsRead => None,
                Judged::At(level) => Some(level),
            },
        });
    }
    let body = name.strip_prefix(&format!("{status}_"));
    let body = body.and_then(|body| BODY_TYPES.iter().find(|(suffix, _)| *suffix == body));
    let (suffix, body) = body.ok_or_else(|| Failure::new(format!("{name}: no words for it")))?;
    let (requirement, because) = if *suffix == "json" {
        (
            "FC-PARSE-006",
            "Who loses the code leaves the caller with a status alone.",
        )
    } else {
        (
            "FC-PARSE-009",
            "Who raises a parse error hides the status and the request id from the caller.",
        )
    };
    Ok(Words {
        theme: "service-error",
        title: format!("a {status} with {body} is a service error"),
        requirements: vec!["FC-PARSE-005", requirement, "FC-PARSE-010"],
        because: because.to_owned(),
        level: None,
    })
}

fn level(reading: &Reading) -> Level {
    match reading.ground {
        Ground::Success | Ground::Accepted | Ground::FunctionError | Ground::ServiceError => {
            Level::Must
        }
        Ground::EmptyErrorType | Ground::FunctionErrorElsewhere | Ground::Redirect => Level::Should,
        Ground::OtherSuccess | Ground::UnknownErrorType => Level::Observe,
    }
}

fn expect(name: &str, reading: &Reading) -> ParseExpect {
    let mut outcome = reading.outcome.clone();
    let mut absent = reading.absent.clone();
    if reading.request_id == RequestId::Disputed {
        outcome.request_id = None;
    }
    if name == "200_log_base64_no_padding" {
        outcome.log_tail_b64 = Some("bG9nIQ==".to_owned());
        absent.retain(|field| *field != "log_tail_b64");
    }
    ParseExpect { outcome, absent }
}

/// Header and body name different ids: a case of its own, because SDKs disagree.
fn disputed(study: &ResponseStudy, answer: &Answer<'_>, case: &Case, reading: &Reading) -> Case {
    let mut case = case.clone();
    case.id.push_str("-request-id");
    "the header's request id goes before the body's".clone_into(&mut case.title);
    case.level = Level::Should;
    case.requirements = vec!["FC-PARSE-010"];
    "The header's id is the one in the service's own log.".clone_into(&mut case.because);
    let id = reading.outcome.request_id.clone();
    let (agree, of) = id.as_ref().map_or((0, 0), |id| {
        count(study, answer, |seen| seen.to_string().contains(id))
    });
    let source = format!(
        "SDKs whose error shows the header's request id for the answer {}",
        answer.name
    );
    case.evidence = vec![
        Evidence::agreement(source, agree, of),
        Evidence::inference("only the header is there in every answer of the front end"),
    ];
    let outcome = Outcome {
        kind: reading.outcome.kind,
        status: reading.outcome.status,
        request_id: id,
        ..Outcome::default()
    };
    case.expect = Expect::Parse(ParseExpect {
        outcome,
        absent: Vec::new(),
    });
    case
}

fn evidence(study: &ResponseStudy, answer: &Answer<'_>, reading: &Reading) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let mut counted = |what: &str, fits: &dyn Fn(&Value) -> bool| {
        let (agree, of) = count(study, answer, fits);
        if of > 0 {
            let source = format!(
                "recorded on loopback, {what} for the answer {}",
                answer.name
            );
            evidence.push(Evidence::agreement(source, agree, of));
        }
    };
    let payload = reading.outcome.payload_b64.as_deref().unwrap_or_default();
    match reading.ground {
        Ground::Success | Ground::EmptyErrorType | Ground::OtherSuccess => {
            counted("SDKs that return these payload bytes", &|seen| {
                has_payload(seen, payload)
            });
        }
        Ground::Accepted => counted("SDKs that return", &|seen| is(seen, "return")),
        _ => counted("SDKs that raise", &|seen| is(seen, "raise")),
    }
    if let Some(code) = reading.outcome.code.as_deref() {
        counted("SDKs whose error has this code", &|seen| {
            has_code(seen, code)
        });
    }
    if let (RequestId::Body, Some(id)) = (reading.request_id, reading.outcome.request_id.as_deref())
    {
        counted("SDKs whose error shows the body's request id", &|seen| {
            seen.to_string().contains(id)
        });
    }
    evidence.extend(pages(reading));
    evidence
}

fn pages(reading: &Reading) -> Vec<Evidence> {
    let invoke = "manual page 'InvokeFunction' (2021-04-06), response headers";
    match reading.ground {
        Ground::Success => vec![Evidence::manual(invoke)],
        Ground::Accepted if reading.outcome.stateful_async_invocation_id.is_some() => {
            vec![Evidence::manual(
                "manual page 'InvokeFunction' (2016-08-15), response headers",
            )]
        }
        Ground::Accepted => vec![Evidence::manual(
            "manual page 'Asynchronous invocation, overview'",
        )],
        Ground::FunctionError => {
            vec![
                Evidence::manual("manual page 'Error handling'"),
                Evidence::manual(invoke),
            ]
        }
        Ground::FunctionErrorElsewhere => {
            vec![Evidence::inference(
                "the page 'HTTP function FAQ' gives 502 with UnhandledInvocationError on HTTP triggers; for this operation no page does",
            )]
        }
        Ground::ServiceError => vec![Evidence::manual("manual page 'Error codes'")],
        Ground::Redirect => vec![Evidence::inference(
            "no page and no capture has a 3xx of this operation; adapter protocol 1 counts it as a service error",
        )],
        Ground::EmptyErrorType | Ground::OtherSuccess | Ground::UnknownErrorType => {
            vec![Evidence::inference(
                "no page and no capture has such an answer",
            )]
        }
    }
}

/// How many of the SDKs that got this answer fit, and how many got it.
fn count(
    study: &ResponseStudy,
    answer: &Answer<'_>,
    fits: impl Fn(&Value) -> bool,
) -> (usize, usize) {
    // Only a script of one step says what became of that one answer.
    if answer.script.steps.len() > 1 {
        return (0, 0);
    }
    let records = study
        .records
        .iter()
        .filter(|record| record.case == answer.script_name);
    let reports = records.map(|record| &record.observed);
    let reports: Vec<&Value> = reports
        .filter(|report| !is(report, "unsupported"))
        .collect();
    (
        reports.iter().filter(|report| fits(report)).count(),
        reports.len(),
    )
}

fn is(report: &Value, kind: &str) -> bool {
    report.get("kind").and_then(Value::as_str) == Some(kind)
}

fn has_payload(report: &Value, payload: &str) -> bool {
    is(report, "return") && text_at(report, "/fields/body_base64") == Some(payload)
}

fn has_code(report: &Value, code: &str) -> bool {
    let places = ["/exception/fields/code", "/exception/fields/err_code"];
    places
        .iter()
        .any(|place| text_at(report, place) == Some(code))
}

fn text_at<'a>(report: &'a Value, place: &str) -> Option<&'a str> {
    report.pointer(place).and_then(Value::as_str)
}
