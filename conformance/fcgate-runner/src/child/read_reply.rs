//! Reads one line of an adapter outside of a run.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use fcgate_cases::corpus::Operation;
use fcgate_protocol::{
    BuildOutput, InvokeOutput, ParseOutput, Reply, SignOutput, TaskOutput, TriggerOutput,
};

use super::fault::{Fault, Kind};
use super::reply_fields::ReplyFields;
use super::reply_line;

/// Reads one line of an adapter, without its LF, as the reply to a request of an operation, as a run does.
///
/// Returns the `seq` and the reply; an output has the fields that the gate judges, as JSON. A field that the gate does not know
/// is ignored.
///
/// ```
/// use fcgate_cases::corpus::Operation;
/// use fcgate_protocol::Reply;
///
/// let line = r#"{"seq":"k1","ok":{"headers":[["Date","now"]],"more":1}}"#;
/// let (seq, reply) = fcgate_runner::read_reply(line.as_bytes(), Operation::Sign)?;
/// assert_eq!(seq, "k1");
/// assert!(matches!(reply, Reply::Ok(output) if output["headers"][0][1] == "now"));
///
/// let fault = fcgate_runner::read_reply(b"{}", Operation::Sign).unwrap_err();
/// assert_eq!(fault.kind(), "schema");
/// # Ok::<(), fcgate_runner::Fault>(())
/// ```
///
/// # Errors
///
/// If the line is not a reply (`not-utf8`, `not-json`, `schema`), or its output lacks a field, has a wrong one, or is larger than
/// the gate accepts (`schema`).
pub fn read_reply(line: &[u8], operation: Operation) -> Result<(String, Reply<Value>), Fault> {
    let (seq, line) = reply_line::parse(line.to_vec())
        .map_err(|(line, wrong)| Fault::new(wrong.kind, wrong.text).quote(&line, line.len()))?;
    let reply = match operation {
        Operation::Sign => output::<SignOutput>(&line),
        Operation::Build => output::<BuildOutput>(&line),
        Operation::Parse => output::<ParseOutput>(&line),
        Operation::Invoke => output::<InvokeOutput>(&line),
        Operation::Trigger => output::<TriggerOutput>(&line),
        Operation::Task => output::<TaskOutput>(&line),
    };
    let text = line.text().as_bytes();
    let reply = reply.map_err(|wrong| Fault::new(Kind::Schema, wrong).quote(text, text.len()))?;
    Ok((seq, reply))
}

fn output<T: ReplyFields + DeserializeOwned + Serialize>(
    line: &reply_line::ReplyLine,
) -> Result<Reply<Value>, String> {
    let json = |output: T| serde_json::to_value(output).map_err(|error| error.to_string());
    Ok(match line.judged_reply()? {
        Reply::Ok(output) => Reply::Ok(json(output)?),
        Reply::Err(refusal) => Reply::Err(refusal),
        Reply::Unsupported(capability) => Reply::Unsupported(capability),
    })
}

#[cfg(test)]
mod tests {
    use super::{Operation, Reply, read_reply};

    fn kind(line: &[u8]) -> &'static str {
        read_reply(line, Operation::Build).map_or_else(|fault| fault.kind(), |_| "reply")
    }

    #[test]
    fn the_first_fault_of_a_line_is_returned_with_its_kind_and_the_line() {
        assert_eq!(kind(b"\xff"), "not-utf8");
        assert_eq!(kind(b"{"), "not-json");
        assert_eq!(kind(br#"{"seq":"k1"}"#), "schema");
        assert_eq!(kind(br#"{"seq":"k1","ok":{}}"#), "schema");
        let fault = read_reply(br#"{"seq":"k1","ok":{}}"#, Operation::Build).unwrap_err();
        let text = fault.to_string();
        assert!(
            text.contains("`method` is missing") && text.contains(r#""ok":{}"#),
            "{text}"
        );
    }

    #[test]
    fn a_refusal_and_a_missing_capability_are_replies_to_every_operation() {
        let refused = read_reply(br#"{"seq":"k1","err":{"class":"input"}}"#, Operation::Task);
        assert!(matches!(refused, Ok((seq, Reply::Err(_))) if seq == "k1"));
        let missing = read_reply(
            br#"{"seq":"k1","unsupported":{"cap":"x"}}"#,
            Operation::Parse,
        );
        assert!(matches!(missing, Ok((_, Reply::Unsupported(capability))) if capability == "x"));
    }
}
