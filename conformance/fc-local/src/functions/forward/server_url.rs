//! The URL of a function that is an HTTP server.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use http::Uri;

const EXPECTED: &str = "expected http://HOST:PORT, e.g. http://127.0.0.1:9000";

/// `http://HOST:PORT[/PATH]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::functions) struct ServerUrl {
    /// The host; an IPv6 address is in brackets.
    host: String,
    port: u16,
    /// The path before that of each request, without a slash at its end.
    path: String,
}

impl ServerUrl {
    /// Reads a URL.
    ///
    /// # Errors
    ///
    /// What was expected and what was found.
    pub(in crate::functions) fn read(text: &str) -> Result<Self, String> {
        let shown = fcgate_text::visible::line(text, 100);
        let wrong = |problem: &str| format!("{EXPECTED}; {problem}: '{shown}'");
        let uri: Uri = text.parse().map_err(|error| wrong(&format!("{error}")))?;
        if uri.scheme_str() != Some("http") {
            return Err(wrong("the server of a function speaks http"));
        }
        let authority = uri
            .authority()
            .ok_or_else(|| wrong("the host is missing"))?;
        if authority.host().is_empty() {
            return Err(wrong("the host is missing"));
        }
        if authority.as_str().contains('@') {
            return Err(wrong("remove the user name"));
        }
        if uri.query().is_some() {
            return Err(wrong("remove the query"));
        }
        let port = authority
            .port_u16()
            .ok_or_else(|| wrong("the port is missing"))?;
        Ok(Self {
            host: authority.host().to_owned(),
            port,
            path: uri.path().trim_end_matches('/').to_owned(),
        })
    }

    /// Port 0 of this machine: the URL of a server that is started at a free port.
    pub(in crate::functions) fn at_free_port() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 0,
            path: String::new(),
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn with_port(&self, port: u16) -> Self {
        Self {
            port,
            ..self.clone()
        }
    }

    /// The host and the port.
    pub(super) fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The URL of a request with this path and query.
    pub(super) fn of_target(&self, target: &str) -> String {
        format!("http://{}{}{target}", self.authority(), self.path)
    }

    /// Whether the server is on this machine.
    pub(in crate::functions) fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        let address = host.parse::<IpAddr>();
        address.map_or(host.eq_ignore_ascii_case("localhost"), |address| {
            address.is_loopback()
        })
    }

    /// The addresses of the server. `localhost` has only addresses of this machine, whatever a name server says.
    ///
    /// # Errors
    ///
    /// When the name cannot be resolved.
    pub(super) fn addresses(&self) -> io::Result<Vec<SocketAddr>> {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        let addresses = (host, self.port).to_socket_addrs()?;
        let is_local = self.is_loopback();
        Ok(addresses
            .filter(|address| !is_local || address.ip().is_loopback())
            .collect())
    }

    /// Connects once, for at most this time for each address.
    ///
    /// # Errors
    ///
    /// The error of the last address.
    pub(super) fn connect(&self, limit: Duration) -> Result<(), String> {
        let addresses = self.addresses().map_err(|error| error.to_string())?;
        let mut last = format!("the host {} has no address", self.host);
        for address in addresses {
            match TcpStream::connect_timeout(&address, limit) {
                Ok(_) => return Ok(()),
                Err(error) => last = format!("dial tcp {address}: {error}"),
            }
        }
        Err(last)
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.authority(), self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::ServerUrl;

    #[test]
    fn a_wrong_url_is_refused() {
        for (text, expected) in [
            (
                "https://127.0.0.1:9000",
                "the server of a function speaks http",
            ),
            ("http://127.0.0.1", "the port is missing"),
            ("http://127.0.0.1:99999", "the port is missing"),
            ("http://a@127.0.0.1:9000", "remove the user name"),
            ("http://127.0.0.1:9000/?a=b", "remove the query"),
            ("http://:9000", "expected http://HOST:PORT"),
            ("http://", "expected http://HOST:PORT"),
            ("http:9000", "expected http://HOST:PORT"),
        ] {
            let error = ServerUrl::read(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
            assert!(error.ends_with(&format!(": '{text}'")), "{error}");
        }
    }

    #[test]
    fn the_addresses_of_this_machine_are_loopback() {
        for (host, expected) in [
            ("127.0.0.1", true),
            ("127.9.8.7", true),
            ("[::1]", true),
            ("localhost", true),
            ("LocalHost", true),
            ("0.0.0.0", false),
            ("10.0.0.1", false),
            ("[::]", false),
            ("localhost.example.com", false),
            ("127.0.0.1.example.com", false),
        ] {
            let url = ServerUrl::read(&format!("http://{host}:9000/")).unwrap();
            assert_eq!(url.is_loopback(), expected, "{host}");
        }
    }

    #[test]
    fn the_path_of_the_url_is_before_the_path_of_a_request() {
        for (url, expected) in [
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000/invoke"),
            ("http://127.0.0.1:9000/", "http://127.0.0.1:9000/invoke"),
            ("http://[::1]:9000/a/", "http://[::1]:9000/a/invoke"),
        ] {
            assert_eq!(ServerUrl::read(url).unwrap().of_target("/invoke"), expected);
        }
    }
}
