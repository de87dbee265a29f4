//! The output of `ListStatefulAsyncInvocationFunctions`.

use std::fmt;

use bytes::Bytes;

use crate::held_response::held_response;
use crate::json_object::JsonObject;
use crate::message_text::{MESSAGE_LIMIT, MessageText};
use crate::typed_fields::FieldError;
use crate::{Reply, ResponseError, reply};

/// The output of `ListStatefulAsyncInvocationFunctions` (revision 2021-04-06): one page of the functions in task mode,
/// and the response that held it. Source: Python SDK, `models.py` (`data`, `nextToken`).
#[derive(Clone)]
pub struct ListStatefulAsyncInvocationFunctionsOutput {
    response: http::Response<Bytes>,
    page: Page,
}

/// A function in task mode. Every field is optional.
#[derive(Clone, PartialEq, Eq)]
pub struct StatefulAsyncInvocationFunction {
    service_name: Option<Box<str>>,
    function_name: Option<Box<str>>,
    qualifier: Option<Box<str>>,
}

#[derive(Clone)]
struct Page {
    functions: Vec<StatefulAsyncInvocationFunction>,
    next_token: Option<Box<str>>,
}

impl Page {
    fn read(mut object: JsonObject) -> Result<Self, FieldError> {
        let functions = object.take_list(&["data"], StatefulAsyncInvocationFunction::read)?;
        Ok(Self {
            functions,
            next_token: object.take_token()?,
        })
    }
}

impl StatefulAsyncInvocationFunction {
    fn read(mut object: JsonObject) -> Result<Self, FieldError> {
        Ok(Self {
            service_name: object.take_text(&["serviceName"])?,
            function_name: object.take_text(&["functionName"])?,
            qualifier: object.take_text(&["qualifier"])?,
        })
    }

    /// The service.
    pub fn service_name(&self) -> Option<&str> {
        self.service_name.as_deref()
    }

    /// The function.
    pub fn function_name(&self) -> Option<&str> {
        self.function_name.as_deref()
    }

    /// The version or alias.
    pub fn qualifier(&self) -> Option<&str> {
        self.qualifier.as_deref()
    }
}

impl fmt::Debug for StatefulAsyncInvocationFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &Option<Box<str>>| {
            let text = text.as_deref();
            text.map(|text| MessageText(text, MESSAGE_LIMIT).to_string())
        };
        f.debug_struct("StatefulAsyncInvocationFunction")
            .field("service_name", &shown(&self.service_name))
            .field("function_name", &shown(&self.function_name))
            .field("qualifier", &shown(&self.qualifier))
            .finish()
    }
}

impl ListStatefulAsyncInvocationFunctionsOutput {
    /// Reads the page of a 2xx response; 300 to 599 is a refusal.
    ///
    /// # Errors
    /// The same as [`GetAsyncTaskOutput::from_response`](crate::GetAsyncTaskOutput::from_response).
    pub fn from_response(response: http::Response<Bytes>) -> Result<Reply<Self>, ResponseError> {
        Ok(match reply::of_document(response, Page::read)? {
            Reply::Output((response, page)) => Reply::Output(Self { response, page }),
            Reply::Rejected(error) => Reply::Rejected(error),
        })
    }

    /// The functions of this page.
    pub fn functions(&self) -> &[StatefulAsyncInvocationFunction] {
        &self.page.functions
    }

    /// The token of the next page; `None` on the last page.
    pub fn next_token(&self) -> Option<&str> {
        self.page.next_token.as_deref()
    }
}

held_response!(
    ListStatefulAsyncInvocationFunctionsOutput,
    body,
    "The body of the response, byte for byte."
);
