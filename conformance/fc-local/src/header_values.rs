//! The grammars of names, and the values that the headers of an invocation may have.

/// A header that carries one field of an invocation.
pub(super) struct Field {
    /// The header name in lower case.
    pub(super) header: &'static str,
    pub(super) allowed: &'static str,
    pub(super) allows: fn(&str) -> bool,
    /// Whether a revision defines this header.
    pub(super) is_of: fn(&str) -> bool,
    rule: &'static str,
    /// The rule for the revisions that do not define this header.
    rule_elsewhere: &'static str,
}

impl Field {
    pub(super) const TYPE: &str = "x-fc-invocation-type";
    pub(super) const LOG: &str = "x-fc-log-type";
    pub(super) const ID: &str = "x-fc-stateful-async-invocation-id";
    pub(super) const ENABLE: &str = "x-fc-stateful-async-invocation-enable";
    /// The name of the task id in revision 2023-03-30.
    pub(super) const TASK: &str = "x-fc-async-task-id";

    pub(super) fn rule(&self, revision: &str) -> &'static str {
        if (self.is_of)(revision) {
            self.rule
        } else {
            self.rule_elsewhere
        }
    }
}

const ID_GRAMMAR: &str = "a letter or underscore, then letters, digits, underscores, hyphens";

/// All headers whose values are known.
pub(super) const FIELDS: [Field; 5] = [
    Field {
        header: Field::TYPE,
        allowed: "Sync or Async",
        allows: |value| matches!(value, "Sync" | "Async"),
        is_of: |_| true,
        rule: "FC-BUILD-006",
        rule_elsewhere: "FC-BUILD-006",
    },
    Field {
        header: Field::LOG,
        allowed: "None or Tail",
        allows: |value| matches!(value, "None" | "Tail"),
        is_of: |_| true,
        rule: "FC-BUILD-007",
        rule_elsewhere: "FC-BUILD-007",
    },
    Field {
        header: Field::ENABLE,
        allowed: "true or false",
        allows: |value| matches!(value, "true" | "false"),
        is_of: |_| true,
        rule: "FC-BUILD-009",
        rule_elsewhere: "FC-BUILD-009",
    },
    Field {
        header: Field::ID,
        allowed: ID_GRAMMAR,
        allows: is_name,
        is_of: |revision| revision != "2023-03-30",
        rule: "FC-BUILD-018",
        rule_elsewhere: "FC-BUILD-012",
    },
    Field {
        header: Field::TASK,
        allowed: ID_GRAMMAR,
        allows: is_name,
        is_of: |revision| revision == "2023-03-30",
        rule: "FC-BUILD-018",
        rule_elsewhere: "FC-BUILD-008",
    },
];

/// Whether a text is a name: first a letter or underscore, then letters, digits, underscores and hyphens,
/// 1 to 128 characters in total.
pub fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    let first = bytes.next();
    text.len() <= 128
        && first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Whether a text is the name of a function in revision 2023-03-30: a name, or `service$function` for a function that was
/// made in 2.0.
pub fn is_v3_function(text: &str) -> bool {
    match text.split_once('$') {
        Some((service, function)) => is_name(service) && is_name(function),
        None => is_name(text),
    }
}

/// Whether a text is a qualifier: a version number, an alias, or LATEST.
pub fn is_qualifier(text: &str) -> bool {
    let is_version = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_version || is_name(text)
}

#[cfg(test)]
mod tests {
    use super::{is_name, is_qualifier, is_v3_function};

    #[test]
    fn a_function_name_of_3_0_has_at_most_one_dollar_sign_between_two_names() {
        for name in ["fn", "svc$fn"] {
            assert!(is_v3_function(name), "{name}");
        }
        for name in ["", "$", "$fn", "svc$", "a$b$c", "svc%24fn", "svc$9"] {
            assert!(!is_v3_function(name), "{name}");
        }
    }

    #[test]
    fn names_and_qualifiers_outside_their_grammar_are_rejected() {
        for name in ["a", "_", "a-b_9", &"x".repeat(128)] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "9a", "-a", "a b", "a.b", "\u{fc}", &"x".repeat(129)] {
            assert!(!is_name(name), "{name}");
        }
        assert!(is_qualifier("3") && is_qualifier("LATEST") && is_qualifier("prod"));
        assert!(!is_qualifier("") && !is_qualifier("3a"));
    }
}
