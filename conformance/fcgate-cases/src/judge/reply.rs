//! The first check of every case: the reply is an output or a refusal, as expected.

use fcgate_protocol::{Refusal, RefusalClass, Reply};
use fcgate_text::visible;

use super::{Check, Comparer};

const ID: &str = "reply";

/// Returns the output if the case expects one and the reply contains one, else the only check of the case.
///
/// `describe` describes an output where the case expects a refusal.
pub(super) fn as_expected<'a, T>(
    by: &Comparer,
    refused: Option<RefusalClass>,
    reply: &'a Reply<T>,
    describe: impl Fn(&T) -> String,
) -> Result<&'a T, Box<Check>> {
    match (refused, reply) {
        (None, Reply::Ok(output)) => Ok(output),
        (Some(class), Reply::Err(refusal)) if (by.refused)(class, refusal.class) => {
            let words = refusal_class_of(class);
            Err(Box::new(by.check_property(ID, true, words, words)))
        }
        _ => {
            let expected = refused.map_or("ok", refusal_class_of);
            let actual = words(reply, describe);
            Err(Box::new(by.check_property(ID, false, expected, &actual)))
        }
    }
}

/// Creates the failed check of a reply that contains neither an output nor a refusal.
pub(super) fn unsupported(by: &Comparer, capability: &str) -> Check {
    by.check_property(ID, false, "ok or err", &unsupported_words(capability))
}

/// Creates the passed check of a reply that contains the expected output.
pub(super) fn passed(by: &Comparer) -> Check {
    by.check_property(ID, true, "ok", "ok")
}

fn words<T>(reply: &Reply<T>, describe: impl Fn(&T) -> String) -> String {
    match reply {
        Reply::Ok(output) => format!("ok: {}", describe(output)),
        Reply::Err(Refusal { class, message, .. }) => {
            format!(
                "{}: {}",
                refusal_class_of(*class),
                visible::line(message, 200)
            )
        }
        Reply::Unsupported(capability) => unsupported_words(capability),
    }
}

fn unsupported_words(capability: &str) -> String {
    format!("unsupported: {}", visible::line(capability, 80))
}

fn refusal_class_of(class: RefusalClass) -> &'static str {
    match class {
        RefusalClass::Input => "err input",
        RefusalClass::Internal => "err internal",
    }
}
