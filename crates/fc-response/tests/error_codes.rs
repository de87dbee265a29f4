//! The known error codes against the table in `fixtures/error-codes-fc3.json`.

use fc_response::{FunctionRan, ServiceErrorCode};
use serde_json::Value;

#[test]
fn every_code_of_the_table_says_whether_the_function_ran() {
    let table: Value = serde_json::from_str(include_str!("error-codes-fc3.json")).unwrap();
    let errors = table.get("errors").and_then(Value::as_array).unwrap();
    assert!(errors.len() >= 35, "{} codes", errors.len());
    for error in errors {
        let text = |key: &str| error.get(key).and_then(Value::as_str).unwrap();
        let code = text("code");
        let expected = match text("function_ran") {
            "no" => FunctionRan::No,
            "yes" => FunctionRan::Yes,
            "maybe" | "partly" | "unknown" => FunctionRan::Maybe,
            other => panic!("{code}: {other}"),
        };
        let found = ServiceErrorCode::new(code).function_ran();
        assert_eq!(found, Some(expected), "{code}");
    }
}

#[test]
fn a_code_that_is_not_in_the_table_says_nothing_about_the_function() {
    for code in ["", "NewCode", "badresponse", "AsyncTaskAlreadyExists"] {
        assert_eq!(ServiceErrorCode::new(code).function_ran(), None, "{code}");
    }
}
