//! What a program needs that started a server: the ready document, the control interface and the received calls.

use std::path::Path;
use std::sync::Arc;

use super::calls::ReceivedCall;
use super::control::ControlServer;
use super::server::Server;

impl Server {
    /// The URL of the control interface, if the server has one.
    pub fn control_url(&self) -> Option<String> {
        self.control.as_ref().map(ControlServer::url)
    }

    /// One line of JSON with the addresses and the dummy keys: for a program that started the server. `ca_file` is the path of
    /// the certificate of the authority. The members are those of `conformance/schema/control.schema.json`.
    pub fn ready_line(&self, ca_file: Option<&Path>) -> String {
        let ca_file = ca_file.map(|path| {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            path.to_string_lossy().into_owned()
        });
        let control_url = self.control_url();
        let ready = self.ready_document(control_url.as_deref(), ca_file.as_deref());
        format!("{ready}\n")
    }

    /// The calls that the server received, the oldest first: the last 10,000, with 64 MiB at most. Empty unless
    /// [`Options::keep_calls`](crate::Options::keep_calls) is set.
    pub fn calls(&self) -> Vec<Arc<ReceivedCall>> {
        let calls = self.state.context.calls.as_ref();
        calls.map_or_else(Vec::new, |calls| calls.all(None))
    }
}
