//! The Markdown report, parsed by an independent parser.

use fc_conformance::verdict::{Cause, Rules};
use fcgate::writers::markdown;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::{CaseResult, Status};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::sample::{HOSTILE, every_status, hostile, report};
use crate::small_corpus::small_corpus;

/// The kinds of the elements in order. Panics at a link, an image or HTML, which no report may contain.
fn shape(text: &str) -> Vec<String> {
    let events = Parser::new_ext(text, Options::all() - Options::ENABLE_SMART_PUNCTUATION);
    let mut shape = Vec::new();
    for event in events {
        match event {
            Event::Start(tag) => {
                assert!(
                    !matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock),
                    "{tag:?} in {text}"
                );
                let word = format!("{tag:?}");
                shape.push(word.split([' ', '(']).next().unwrap().to_owned());
            }
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {
                panic!("{event:?} in {text}")
            }
            _ => {}
        }
    }
    shape
}

#[test]
fn a_run_is_a_table_and_a_block_for_each_cause() {
    let (report, corpus) = every_status();
    insta::assert_snapshot!(markdown(&report, &corpus), @r#"
## ❌ `double`: the gate failed

`double` `1.0.0` (`rust`): 1 of 9 required cases (must) passed.

- 3 required failures, 3 causes
- the gate could not judge sign.basic.harness: a note on harness
- 1 case could not be judged, because the gate itself failed
- 1 case is declared, but no check could run
- 1 case needs an undeclared capability or revision
- 1 case was left out by a filter; --partial-ok accepts that
- 1 case is newer than the pinned suite and did not run
- 1 case fails as listed in the known failures

| operation | passed | skipped | known | untestable | failed | harness |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| sign | 1 | 2 | 1 | 1 | 3 | 1 |
| **all** | 1 | 2 | 1 | 1 | 3 | 1 |

### 1. sign crashes (1 case)

`sign#crash`: `sign.basic.crash` (must), The smallest request

> **T-SIGN-001** (must): The string to sign is six pieces in order.

`crashed: a note on crash`

**Why it matters:** Every request would be refused with 403.

- evidence: manual: manual page 'Signature authentication'
- run only this case: `fcgate run --partial-ok --only sign.basic.crash`

### 2. sign: string to sign differs (1 case)

`sign#string_to_sign`: `sign.basic.fail` (must), The smallest request

> **T-SIGN-001** (must): The string to sign is six pieces in order.

``string_to_sign differs at byte 0 (line 1, column 1): expected `l` (6c), got `r` (72)``

```diff
--- string_to_sign: expected
+++ string_to_sign: actual
- left⌁
+ right⌁
```

**Why it matters:** Every request would be refused with 403.

- evidence: manual: manual page 'Signature authentication'
- run only this case: `fcgate run --partial-ok --only sign.basic.fail`

### 3. sign does not reply within the time limit (1 case)

`sign#timeout`: `sign.basic.timeout` (must), The smallest request

> **T-SIGN-001** (must): The string to sign is six pieces in order.

`no reply within the time limit: a note on timeout`

**Why it matters:** Every request would be refused with 403.

- evidence: manual: manual page 'Signature authentication'
- run only this case: `fcgate run --partial-ok --only sign.basic.timeout`

`sign.basic.harness` harness: `a note on harness`

`sign.basic.untestable` untestable: `a note on untestable`

fcgate 0.1.0, suite `2026.1`, corpus `501cced8b00dfb92fc741664e8a73873b02ac9b454dd49086f0ed4a8721646bc`, seed 0, exit 4
"#);
}

#[test]
fn hostile_text_is_escaped() {
    let of = |text: &str| {
        let (report, corpus) = hostile(text);
        markdown(&report, &corpus)
    };
    let harmless = shape(&of("harmless"));
    for text in HOSTILE {
        let written = of(text);
        // A code span cannot start an emphasis, so the elements are the same.
        assert_eq!(shape(&written), harmless, "{written}");
        for address in ["(http://", " www.", "<http"] {
            assert!(!outside_code(&written).contains(address), "{written}");
        }
    }
}

/// The text outside of code, where a renderer may turn bare addresses into links.
fn outside_code(text: &str) -> String {
    let mut fenced = false;
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let pieces = line.split('`').step_by(2);
            out.extend(pieces);
        }
    }
    out
}

#[test]
fn a_summary_is_at_most_one_mebibyte_and_counts_the_omitted_findings() {
    let corpus: Corpus = small_corpus();
    let case = corpus.case("sign.basic.minimal").unwrap();
    let result = CaseResult::unjudged(case, Status::Crash);
    let mut report = report(&corpus, vec![result], Rules::new());
    let one: Cause = report.causes[0].clone();
    report.causes = vec![one; 5_000];
    let text = markdown(&report, &corpus);
    assert!(
        text.len() <= 1024 * 1024 && text.len() > 900_000,
        "{}",
        text.len()
    );
    assert!(text.contains("findings left out:** this summary is limited to 1 MiB"));
}
