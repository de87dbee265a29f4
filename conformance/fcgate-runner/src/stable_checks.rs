//! Checks without what differs from run to run, so that two reports of the same client are the same bytes.

use fcgate_cases::judge::Check;

use crate::endpoint::Address;

/// A report must not contain values that differ from run to run.
pub(crate) fn without_address(mut checks: Vec<Check>, address: &Address) -> Vec<Check> {
    for check in &mut checks {
        check.replace(&address.uri, "(endpoint)");
        check.replace(&address.function, "(function)");
    }
    checks
}

#[cfg(test)]
mod tests {
    use fcgate_cases::judge::Check;

    use super::{Address, without_address};

    #[test]
    fn the_address_in_a_message_of_the_subject_is_replaced() {
        let (uri, function) = ("http://127.0.0.1:4711".to_owned(), "fn-0123".to_owned());
        let message = format!("err transport: cannot connect to {uri}/{function}");
        let check = Check::holds("reply", false, "ok", &message);
        let checks = without_address(vec![check], &Address { uri, function });
        let shown = checks[0].actual_text().unwrap();
        assert_eq!(
            shown,
            "err transport: cannot connect to (endpoint)/(function)"
        );
    }
}
