//! A subject over JSON lines without a process.

use fcgate_protocol::Implementation;
use fcgate_protocol::serve_adapter;
use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, HelloInput, InvokeInput, InvokeOutput, ParseInput, ParseOutput,
    Refusal, RefusalClass, Reply, Request, SUITE, SignInput, SignOutput, TaskInput, TaskOutput,
    TriggerInput, TriggerOutput, VERSION,
};
use fcgate_runner::{Subject, SubjectError, SubjectReply, SubjectResult};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Each request is a line that `serve_adapter` reads, and each reply is a line that it writes.
pub(crate) struct Lines<'a>(&'a dyn Implementation);

impl<'a> Lines<'a> {
    pub(crate) fn to(implementation: &'a dyn Implementation) -> Self {
        Self(implementation)
    }

    pub(crate) fn hello(&self) -> Hello {
        let input: HelloInput =
            serde_json::from_value(serde_json::json!({"suite": SUITE, "accepts": [VERSION]}))
                .unwrap();
        match self.request_reply("hello", &input).unwrap().reply {
            Reply::Ok(hello) => hello,
            other => panic!("{other:?}"),
        }
    }

    fn request_reply<O: DeserializeOwned>(
        &self,
        command: &str,
        input: &impl Serialize,
    ) -> SubjectResult<O> {
        let request = Request::new("q", command, input).unwrap();
        let mut line = serde_json::to_vec(&request).unwrap();
        line.push(b'\n');
        let mut answer = Vec::new();
        serve_adapter(self.0, line.as_slice(), &mut answer).unwrap();
        let mut answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["seq"], "q");
        let reply = if let Some(ok) = answer.get_mut("ok").map(Value::take) {
            let output = serde_json::from_value(ok);
            Reply::Ok(output.map_err(|error| SubjectError::Malformed(error.to_string()))?)
        } else if let Some(refusal) = answer.get_mut("err").map(Value::take) {
            let Refusal { class, message, .. } = serde_json::from_value(refusal).unwrap();
            match class {
                RefusalClass::Input => Reply::refused(message),
                RefusalClass::Internal => Reply::internal(message),
            }
        } else {
            Reply::unsupported(answer["unsupported"]["cap"].as_str().unwrap())
        };
        Ok(SubjectReply::new(reply))
    }
}

impl Subject for Lines<'_> {
    fn sign(&self, input: &SignInput) -> SubjectResult<SignOutput> {
        self.request_reply("sign", input)
    }

    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput> {
        self.request_reply("build", input)
    }

    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput> {
        self.request_reply("parse", input)
    }

    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput> {
        self.request_reply("invoke", input)
    }

    fn trigger(&self, input: &TriggerInput) -> SubjectResult<TriggerOutput> {
        self.request_reply("trigger", input)
    }

    fn task(&self, input: &TaskInput) -> SubjectResult<TaskOutput> {
        self.request_reply("task", input)
    }

    fn parallel(&self) -> usize {
        usize::MAX
    }
}
