//! A refusal of the input: expected, not expected, or of another class.

use fcgate_cases::corpus::SignExpectation;
use fcgate_cases::judge;
use fcgate_protocol::{RefusalClass, Reply, SignOutput, Stages};

use super::checks::ids;
use super::sign::{given, verifies};

#[test]
fn a_refusal_is_compared_by_its_class() {
    let refused = SignExpectation {
        refused: Some(RefusalClass::Input),
        ..SignExpectation::default()
    };
    let internal = SignExpectation {
        refused: Some(RefusalClass::Internal),
        ..SignExpectation::default()
    };
    let output = SignOutput::new([("X-B", "2"), ("Authorization", "FC a:b")].into())
        .url("https://h/")
        .stages(Stages {
            string_to_sign: Some("text\n".to_owned()),
            ..Stages::default()
        });
    let of = |expect, answer: Reply<SignOutput>| {
        let checks = judge::sign(&given("fc"), expect, &answer);
        assert_eq!(ids(&checks), ["reply"]);
        let expected = checks[0].expected_text().unwrap();
        (
            expected,
            checks[0].failed(),
            checks[0].actual_text().unwrap(),
        )
    };
    let is =
        |expected: &str, failed, actual: &str| (expected.to_owned(), failed, actual.to_owned());
    let input = "err input";
    assert_eq!(of(&refused, Reply::refused("x")), is(input, false, input));
    assert_eq!(
        of(&refused, Reply::internal("broken\n")),
        is(input, true, "err internal: broken␊")
    );
    assert_eq!(
        of(&internal, Reply::internal("broken")),
        is("err internal", false, "err internal")
    );
    assert_eq!(
        of(&refused, Reply::unsupported("sign.fc")),
        is(input, true, "unsupported: sign.fc")
    );
    assert_eq!(
        of(&refused, Reply::Ok(output.clone())),
        is(
            input,
            true,
            "ok: authorization: FC a:b␊x-b: 2␊https://h/␊text␊"
        )
    );
    // The canonical request says more than the text with its digest.
    let mut of_acs3 = output;
    of_acs3.stages.as_mut().unwrap().canonical_request = Some("request".to_owned());
    assert_eq!(
        of(&refused, Reply::Ok(of_acs3)),
        is(
            input,
            true,
            "ok: authorization: FC a:b␊x-b: 2␊https://h/␊request"
        )
    );
    assert_eq!(
        of(&verifies(true), Reply::refused("why")),
        is("ok", true, "err input: why")
    );
}
