//! The file of known failures: every error has its line.

use fc_conformance::known::Known;
use proptest::prelude::*;

use crate::small_corpus::small_corpus;

const DATES: &str = "added = 2026-11-22\nexpires = 2026-12-20\n";

/// The error of a valid file whose one entry has these lines instead.
fn entry(line: &str) -> String {
    let key = line.split('=').next().unwrap().trim();
    let right = "match = 'parse.*'\nsees = 'crash'\nbecause = 'b'\nissue = 'i'\nadded = 2026-11-22\nexpires = 2026-12-20\n";
    let kept: Vec<&str> = right
        .lines()
        .filter(|other| !other.starts_with(key))
        .collect();
    error(&format!(
        "version = 1\n\n[[known]]\n{}\n{line}\n",
        kept.join("\n")
    ))
}

fn error(text: &str) -> String {
    Known::read(text, "known.toml").unwrap_err().to_string()
}

#[test]
fn an_invalid_entry_is_reported_with_its_line_and_reason() {
    let wrong = [
        "match = '*'",
        "match = '**'",
        "match = []",
        "match = ['a.b', ' ']",
        "match = ['a.b', 'a.b']",
        "match = 'a.['",
        "match = 7",
        "sees = ''",
        "sees = [1]",
        "because = ' '",
        "because = 1",
        "issue = ''",
        "added = '2026-11-22'",
        "added = 2026-13-22",
        "added = 2026-02-30",
        "added = 2026-11-22T10:00:00Z",
        "added = 10:00:00",
        "expires = 2026-11-21",
        "mode = 'flaky'",
        "isue = 'x'",
        "known = 1",
    ]
    .map(|line| format!("{line}\n    {}", entry(line)));
    insta::assert_snapshot!(wrong.join("\n"), @r"
match = '*'
    known.toml:3: entry 1: the pattern '*' matches every case
match = '**'
    known.toml:3: entry 1: the pattern '**' matches every case
match = []
    known.toml:3: entry 1: `match` is empty
match = ['a.b', ' ']
    known.toml:3: entry 1: `match` is empty
match = ['a.b', 'a.b']
    known.toml:3: entry 1: the pattern 'a.b' is listed twice
match = 'a.['
    known.toml:3: entry 1: the pattern 'a.[' is not a valid glob: unclosed character class; missing ']'
match = 7
    known.toml:9: invalid type: integer `7`, expected a text or a list of texts
sees = ''
    known.toml:3: entry 1: `sees` is empty
sees = [1]
    known.toml:9: invalid type: integer `1`, expected a string
because = ' '
    known.toml:3: entry 1: `because` is empty
because = 1
    known.toml:9: invalid type: integer `1`, expected a string
issue = ''
    known.toml:3: entry 1: `issue` is empty
added = '2026-11-22'
    known.toml:9: expected a date without quotes, like 2026-11-22
added = 2026-13-22
    known.toml:9: invalid date, expected month between 01 and 12
added = 2026-02-30
    known.toml:9: invalid date, expected day between 01 and 28
added = 2026-11-22T10:00:00Z
    known.toml:9: expected a date without quotes, like 2026-11-22
added = 10:00:00
    known.toml:9: expected a date without quotes, like 2026-11-22
expires = 2026-11-21
    known.toml:3: entry 1: it expires before it was added
mode = 'flaky'
    known.toml:10: unknown key 'mode'; expected one of: version, known, match, sees, because, issue, added, expires
isue = 'x'
    known.toml:10: unknown key 'isue'; did you mean 'issue'?
known = 1
    known.toml:10: the key 'known' does not belong here
");
}

#[test]
fn a_missing_field_is_reported() {
    let text = |missing: &str| {
        let lines = [
            "match = 'a'",
            "sees = 'crash'",
            "because = 'b'",
            "issue = 'i'",
            "added = 2026-11-22",
            "expires = 2026-12-20",
        ];
        let kept: Vec<&str> = lines
            .into_iter()
            .filter(|line| !line.starts_with(missing))
            .collect();
        format!("version = 1\n[[known]]\n{}\n", kept.join("\n"))
    };
    for field in ["match", "sees", "because", "issue", "added", "expires"] {
        let message = error(&text(field));
        let expected = format!("known.toml:2: missing field `{field}`");
        assert_eq!(message, expected);
    }
    assert!(Known::read(&text("nothing"), "known.toml").is_ok());
}

#[test]
fn an_invalid_file_is_reported_with_its_line_and_reason() {
    let twice =
        format!("[[known]]\nmatch = 'a'\nsees = 'crash'\nbecause = 'b'\nissue = 'i'\n{DATES}");
    let wrong = [
        String::new(),
        "version = 2".to_owned(),
        "version = '1'".to_owned(),
        "version = 1\nversion = 1".to_owned(),
        "version = 1\nknow = []".to_owned(),
        "version = 1\nknown = 'x'".to_owned(),
        "version = 1\n[known]\n".to_owned(),
        "version = 1\n\n]\n".to_owned(),
        format!("version = 1\n{twice}{twice}"),
    ]
    .map(|text| error(&text));
    insta::assert_snapshot!(wrong.join("\n"), @r#"
known.toml:1: missing field `version`
known.toml:1: version 2 is unknown; this gate reads 1
known.toml:1: invalid type: string "1", expected i64
known.toml:2: duplicate key
known.toml:2: unknown key 'know'; did you mean 'known'?
known.toml:2: invalid type: string "x", expected a sequence
known.toml:2: invalid type: map, expected a sequence
known.toml:3: missing table open, expected `[`
known.toml:9: entry 2: the pattern 'a' is listed twice
"#);
    let message = error("version = 1\n\u{1b}[2J = 1");
    assert!(!message.contains('\u{1b}'));
}

#[test]
fn deeply_nested_garbage_does_not_overflow_the_stack() {
    for garbage in ["a=[", "a={b=", "[", "a.", "\"", "[[a."] {
        let text = format!("version = 1\n{}", garbage.repeat(100_000));
        assert!(error(&text).starts_with("known.toml"));
    }
    assert!(error(&format!("version = 1\na={}", "[".repeat(900_000))).contains(":2: "));
}

#[test]
fn a_file_without_entries_is_valid() {
    let known = Known::read("version = 1\n", "known.toml").unwrap();
    assert!(known.is_empty());
    known.check(&small_corpus()).unwrap();
}

#[test]
fn each_pattern_must_match_some_cases_but_not_all_and_no_case_of_another_entry() {
    let checked = |patterns: &[&str]| {
        let entries: Vec<String> = patterns
            .iter()
            .map(|pattern| {
                format!("[[known]]\nmatch = {pattern}\nsees = 'crash'\nbecause = 'b'\nissue = 'i'\n{DATES}")
            })
            .collect();
        let text = format!("version = 1\n{}", entries.concat());
        let known = Known::read(&text, "known.toml");
        match known.and_then(|known| known.check(&small_corpus())) {
            Ok(()) => format!("{patterns:?} are right"),
            Err(error) => error.to_string(),
        }
    };
    let messages = [
        &["'parse.*'", "'sign.basic.minimal'"][..],
        &["['sign.basic.minimal', 'sign.basic.padded']"],
        &["'no.such.case'"],
        &["'parse.basic.complete'"],
        &["''"],
        &["'?*'"],
        &["'*.basic.*'"],
        &["'sign.*'", "'parse.*'", "'sign.basic.minimal'"],
        &["['sign.*', 'sign.basic.minimal']"],
    ]
    .map(checked);
    insta::assert_snapshot!(messages.join("\n"), @r#"
["'parse.*'", "'sign.basic.minimal'"] are right
["['sign.basic.minimal', 'sign.basic.padded']"] are right
known.toml:2: entry 1: no case matches 'no.such.case'
known.toml:2: entry 1: no case matches 'parse.basic.complete'; did you mean 'parse.basic.completed'?
known.toml:2: entry 1: `match` is empty
known.toml:2: entry 1: the pattern '?*' matches every case
known.toml:2: entry 1: the pattern '*.basic.*' matches every case
known.toml:16: entry 3: 'sign.basic.minimal' and a pattern of entry 1 both match sign.basic.minimal
known.toml:2: entry 1: 'sign.basic.minimal' and a pattern of entry 1 both match sign.basic.minimal
"#);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "(version = 1\n)?(\\[\\[known\\]\\]|match|sees|=|'|\\[|\\]|\\{|\\}|2026-11-22|,|\n|.){0,40}") {
        let _ = Known::read(&text, "known.toml");
    }
}
