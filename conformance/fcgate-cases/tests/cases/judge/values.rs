//! The values of a check: visible text, first difference, replaced texts, and the form in a report.

use fcgate_cases::judge::{Check, CheckStatus, Difference, Value};

#[test]
fn a_check_of_two_values_passes_only_for_equal_ones() {
    let equal = |actual: Option<&[u8]>| Check::equal("id", b"a\n", actual);
    let right = equal(Some(b"a\n"));
    assert_eq!(
        (right.status, right.first_difference),
        (CheckStatus::Pass, None)
    );
    let wrong = equal(Some(b"a "));
    assert!(wrong.failed());
    assert_eq!(wrong.expected_text().as_deref(), Some("a␊"));
    assert_eq!(wrong.actual_text().as_deref(), Some("a·"));
    let difference = wrong.first_difference.unwrap();
    assert_eq!((difference.offset, difference.column), (1, 2));
    let missing = equal(None);
    assert!(missing.failed() && missing.first_difference.is_none() && missing.actual.is_none());
}

#[test]
fn a_check_of_an_absent_value_passes_only_without_one() {
    let absent = Check::absent("id", None);
    assert_eq!(
        (absent.status, absent.expected, absent.actual),
        (CheckStatus::Pass, None, None)
    );
    let present = Check::absent("id", Some(b""));
    assert!(present.failed());
    assert_eq!(present.actual_text().as_deref(), Some(""));
}

#[test]
fn a_sentence_has_no_bytes_and_an_unsupported_check_no_value() {
    let property = Check::holds("id", false, "one line", "two\nlines");
    assert!(property.failed());
    assert_eq!(property.actual, Some(Value::Text("two␊lines".to_owned())));
    assert_eq!(property.actual.unwrap().bytes(), None);
    assert_eq!(Value::Bytes(b"ab".to_vec()).bytes(), Some(&b"ab"[..]));
    assert!(!Check::holds("id", true, "one line", "one line").failed());
    let unsupported = Check::unsupported("id");
    assert_eq!(unsupported.status, CheckStatus::Unsupported);
    assert_eq!(
        (unsupported.expected_text(), unsupported.actual_text()),
        (None, None)
    );
}

#[test]
fn a_value_in_a_report_is_visible_text_that_is_read_and_written_unchanged() {
    for (value, json) in [
        (Value::Bytes(b"a\r\n\xff".to_vec()), "\"a␍␊\\\\x{ff}\""),
        (Value::Text("a\u{1b} ".to_owned()), "\"a\\u001b \""),
    ] {
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        let read: Value = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
    // A terminal never receives the control characters of a report.
    assert_eq!(Value::Text("a\u{1b} ".to_owned()).to_string(), "a\\u{1b}·");
    assert_eq!(Value::Bytes(b"a\n".to_vec()).to_string(), "a␊");
}

#[test]
fn a_text_that_differs_from_run_to_run_is_replaced_on_both_sides_and_in_the_difference() {
    let mut check = Check::equal_text("id", "http://h:1/a+h:1", Some("http://h:1/a h:1!"));
    let before = check.first_difference.clone().unwrap();
    assert_eq!(
        (before.offset, before.bytes),
        (12, Some([Some(b'+'), Some(b' ')]))
    );
    check.replace("h:1", "(endpoint)");
    assert_eq!(
        check.expected_text().unwrap(),
        "http://(endpoint)/a+(endpoint)"
    );
    assert_eq!(
        check.actual_text().unwrap(),
        "http://(endpoint)/a (endpoint)!"
    );
    let after = check.first_difference.clone().unwrap();
    // The offset remains that of the compared bytes; the excerpt has the replaced texts.
    assert_eq!((after.offset, after.bytes), (12, None));
    assert_eq!(
        after.sides(),
        ["oint)/a+(endpoint)⌁", "oint)/a (endpoint)!⌁"]
    );
}

#[test]
fn a_check_without_the_text_stays_as_it_is() {
    let original = Check::equal_text("id", "a+", Some("a "));
    let mut check = original.clone();
    check.replace("h:1", "(endpoint)");
    assert_eq!(check, original);
    let mut one_side = Check::equal_text("id", "h:1", Some("b"));
    one_side.replace("h:1", "(endpoint)");
    assert_eq!(one_side.first_difference.unwrap().bytes, None);
    let mut passed = Check::equal_text("id", "h:1", Some("h:1"));
    passed.replace("h:1", "(endpoint)");
    assert_eq!(
        (
            passed.actual_text().unwrap().as_str(),
            passed.first_difference
        ),
        ("(endpoint)", None)
    );
}

#[test]
fn sentences_are_replaced_too() {
    let mut check = Check::holds("id", false, "to h:1", "to h:1 and h:1");
    check.replace("h:1", "(endpoint)");
    assert_eq!(check.expected_text().unwrap(), "to (endpoint)");
    assert_eq!(check.actual_text().unwrap(), "to (endpoint) and (endpoint)");
}

#[test]
fn bytes_of_values_that_may_differ_from_run_to_run_are_not_stable() {
    let bytes = |expected: &str, actual: &str| {
        Difference::between(expected.as_bytes(), actual.as_bytes()).bytes
    };
    let stable = |one: u8, other: u8| Some([Some(one), Some(other)]);
    // Letters and digits of a value may be part of a date, a nonce or a digest.
    assert_eq!(bytes("date:a1", "date:b1"), None);
    assert_eq!(bytes("1", "2"), None);
    assert_eq!(bytes("a name:1", "b name:1"), None);
    assert_eq!(bytes("a/b:1", "a/c:1"), None);
    // Names are the same in every run, and so is everything else.
    assert_eq!(bytes("x-fc-2a:1", "x-fc-2b:1"), stable(b'a', b'b'));
    assert_eq!(bytes("a:1\nx-b:2", "a:1\nx-c:2"), stable(b'b', b'c'));
    assert_eq!(bytes("a:1\nx-b:2", "a:1\nx-b:3"), None);
    assert_eq!(bytes("a:1", "a+1"), stable(b':', b'+'));
    assert_eq!(bytes("a 1", "a+1"), stable(b' ', b'+'));
    assert_eq!(bytes("a1", "a+"), stable(b'1', b'+'));
    assert_eq!(bytes("a1", "a"), Some([Some(b'1'), None]));
}

#[test]
fn an_excerpt_has_24_bytes_and_marks_the_end() {
    let sides = |length: usize| {
        let expected = [vec![b'x'], vec![b'a'; length]].concat();
        Difference::between(&expected, b"x").sides()
    };
    let a = |count: usize| "a".repeat(count);
    assert_eq!(sides(23), [a(23) + "⌁", "⌁".to_owned()]);
    assert_eq!(sides(24), [a(24) + "⌁", "⌁".to_owned()]);
    assert_eq!(sides(25), [a(24) + "…", "⌁".to_owned()]);
}

#[test]
fn a_difference_in_a_report_has_its_place_its_sides_and_a_sentence() {
    let difference = Difference::between(b"a\nbc", b"a\nb ");
    let json = serde_json::to_value(&difference).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "offset": 3, "line": 2, "column": 2, "expected": "c⌁", "actual": "·⌁",
            "sentence": "expected `c` (63), got a space · (20)"
        })
    );
    let read: Difference = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(
        (read.offset, read.line, read.column, read.bytes),
        (3, 2, 2, None)
    );
    assert_eq!(serde_json::to_value(&read).unwrap(), json);
}
