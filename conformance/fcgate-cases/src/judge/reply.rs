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
        (None, _) => Err(Box::new(by.check_property(ID, false, "ok", &words(reply)))),
        (Some(class), Reply::Err(refusal)) => {
            let holds = (by.refused)(class, refusal.class);
            let actual = if holds {
                refusal_class_of(class).to_owned()
            } else {
                words(reply)
            };
            Err(Box::new(by.check_property(
                ID,
                holds,
                refusal_class_of(class),
                &actual,
            )))
        }
        (Some(class), Reply::Ok(output)) => Err(Box::new(by.check_property(
            ID,
            false,
            refusal_class_of(class),
            &format!("ok: {}", describe(output)),
        ))),
        (Some(class), _) => Err(Box::new(by.check_property(
            ID,
            false,
            refusal_class_of(class),
            &words(reply),
        ))),
    }
}

/// Creates the failed check of a reply that contains neither an output nor a refusal.
pub(super) fn unexpected<T>(by: &Comparer, reply: &Reply<T>) -> Check {
    by.check_property(ID, false, "ok or err", &words(reply))
}

/// Creates the passed check of a reply that contains the expected output.
pub(super) fn passed(by: &Comparer) -> Check {
    by.check_property(ID, true, "ok", "ok")
}

fn words<T>(reply: &Reply<T>) -> String {
    match reply {
        Reply::Ok(_) => "ok".to_owned(),
        Reply::Err(Refusal { class, message, .. }) => {
            format!(
                "{}: {}",
                refusal_class_of(*class),
                visible::line(message, 200)
            )
        }
        Reply::Unsupported(name) => format!("unsupported: {}", visible::line(name, 80)),
    }
}

fn refusal_class_of(class: RefusalClass) -> &'static str {
    match class {
        RefusalClass::Input => "err input",
        RefusalClass::Internal => "err internal",
    }
}
