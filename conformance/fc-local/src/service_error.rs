//! The JSON body of an error, for different families of clients.

use fcgate_text::visible;
use serde_json::{Map, Value};

/// The family of clients that can read an error body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bodies {
    /// All clients: `ErrorCode` and `ErrorMessage`, and `Code`, `Message` and `RequestId`.
    #[default]
    Both,
    /// `ErrorCode` and `ErrorMessage`, as the service writes them.
    Fc,
    /// `Code`, `Message` and `RequestId`, as the gateway of the newer API writes them.
    Code,
}

/// An error of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ServiceError {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    /// The code and the message of the gateway, if they differ.
    pub(super) gateway: Option<(&'static str, String)>,
    /// What the server assumes, because no source has it.
    pub(super) assumed: Option<&'static str>,
}

impl ServiceError {
    /// The error code for an unknown function.
    pub(super) const NO_FUNCTION: &str = "FunctionNotFound";

    pub(super) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            gateway: None,
            assumed: None,
        }
    }

    /// The error for a path, or for a path with this method, that the service does not have.
    pub(super) fn path_not_supported(method: &str, path: &str) -> Self {
        let path = visible::line(path, 200);
        let message = format!("'{method}' against '{path}' is not supported");
        Self::new(400, "PathNotSupported", message)
    }

    /// Says what the server assumes, because no source has it.
    pub(super) fn assumed(mut self, assumed: &'static str) -> Self {
        self.assumed = Some(assumed);
        self
    }

    pub(super) fn json(&self, bodies: Bodies, request_id: &str) -> Vec<u8> {
        let mut object = Map::new();
        let mut put = |name: &str, value: &str| {
            object.insert(name.to_owned(), Value::from(value));
        };
        if bodies != Bodies::Code {
            put("ErrorCode", &self.code);
            put("ErrorMessage", &self.message);
        }
        if bodies != Bodies::Fc {
            let gateway = self.gateway.as_ref();
            let (code, message) = gateway.map_or((self.code.as_str(), &self.message), |gateway| {
                (gateway.0, &gateway.1)
            });
            put("Code", code);
            put("Message", message);
            put("RequestId", request_id);
        }
        Value::Object(object).to_string().into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::{Bodies, ServiceError};

    #[test]
    fn the_body_has_the_fields_of_the_selected_family() {
        let error = ServiceError::new(404, "FunctionNotFound", "function 'f' does not exist");
        let json = |bodies| String::from_utf8(error.json(bodies, "r")).unwrap();
        assert_eq!(
            json(Bodies::Fc),
            r#"{"ErrorCode":"FunctionNotFound","ErrorMessage":"function 'f' does not exist"}"#
        );
        assert_eq!(
            json(Bodies::Code),
            r#"{"Code":"FunctionNotFound","Message":"function 'f' does not exist","RequestId":"r"}"#
        );
        let both = json(Bodies::Both);
        assert!(both.contains("\"ErrorCode\"") && both.contains("\"RequestId\""));
    }
}
