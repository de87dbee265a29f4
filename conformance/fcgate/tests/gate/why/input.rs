//! Input of `fcgate why`, and `fcgate explain` for the mistakes that only `why` finds.

use fcgate_mutants as mutant;
use fcgate_why as why;
use proptest::prelude::*;

use crate::binary;

#[test]
fn a_mistake_that_only_why_finds_can_be_explained() {
    for mutant in mutant::captured_only() {
        let output = binary::fcgate(&["explain", mutant.code]).output().unwrap();
        let page = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", mutant.code);
        assert!(
            page.contains(mutant.name) && page.contains("fix  "),
            "{page}"
        );
        assert!(!page.contains("--mutant"), "{page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    })]

    #[test]
    fn arbitrary_input_never_panics(
        start in "(POST|>|<|\\{|HTTP/1.1 403|GET) ?[ -~]{0,12}",
        lines in proptest::collection::vec("(> |< |\\* |)?[ -~]{0,6}(: ?|)[\u{0}-\u{ff}]{0,8}(\r|)", 0..8),
    ) {
        let text = format!("{start} HTTP/1.1\n{}", lines.join("\n"));
        let _ = why::read_response(text.as_bytes());
        if let Ok(exchange) = why::read_exchange(text.as_bytes()) {
            let _ = why::explain(&exchange, None);
        }
    }
}
