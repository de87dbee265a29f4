//! Responses that callers met, made from the essence of public reports.

/// The login page of a network, which answers every request.
pub(crate) const LOGIN_PAGE: &[u8] = b"HTTP/1.1 200 OK\r\n\
    Content-Type: text/html; charset=utf-8\r\n\r\n\
    <!DOCTYPE html><html><head><title>Login</title></head><body>Please sign in to the network</body></html>";

/// The gateway hosts throttle with 400.
pub(crate) const THROTTLED: &[u8] = b"HTTP/1.1 400 Bad Request\r\n\
    X-Fc-Request-Id: 1-65\r\n\
    Content-Type: application/json\r\n\r\n\
    {\"RequestId\":\"1-65\",\"Code\":\"Throttling.User\",\"Message\":\"Request was denied due to user flow control.\"}";

/// A refusal that is compressed because the caller sent `Accept-Encoding`.
pub(crate) const COMPRESSED: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
    X-Fc-Request-Id: 1-65\r\n\
    Content-Encoding: gzip\r\n\
    Content-Length: 75\r\n\r\n\
    \x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xabVr-*\xca/r\xceOIU\xb2R\nJ-\xce/-JN\r\xc9(\xca/)\xc9IMQ\xd2\x81\xc8\xfb\xa6\x16\x17'\xa6\x83\x94\xe4\xe5+\xe4&&gd\xe6\xa5*\xd5\x02\x00~\x82\x1es=\x00\x00\x00";
