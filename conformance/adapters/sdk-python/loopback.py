"""A server in this process that stores requests byte for byte and sends a raw response.

During an exchange every host name and port resolves to this server: an SDK signs and sends the host
of the case and reaches no other server. Outside of an exchange only loopback addresses are reachable.
"""

import contextlib
import http
import socket
import threading

EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
# The target of a redirect: a client that follows one gets a success response.
AFTER_A_REDIRECT = EMPTY
PATIENCE = 20

_listener = socket.socket()
_lock = threading.Lock()
_current = {"exchange": None}


class Request:
    """A request as it arrived."""

    def __init__(self, head, body):
        first, *lines = head.split(b"\r\n")
        self.method, self.target, _version = first.decode("latin-1").split(" ", 2)
        self.headers = []
        # As on the wire: Latin-1 text, without one leading space.
        self.wire_headers = []
        for line in lines:
            name, _, value = line.partition(b":")
            self.headers.append([text(name), text(value.strip(b" \t"))])
            self.wire_headers.append([name.decode("latin-1"), value.decode("latin-1").removeprefix(" ")])
        self.body = body

    def header(self, name):
        """The first value of a header."""
        return next((value for other, value in self.headers if other.lower() == name), None)


class Exchange:
    """One call of an SDK: its result or exception, and the requests that arrived."""

    def __init__(self, answer=b""):
        self.answer = answer
        self.requests = []
        self.connections = []
        self.threads = []
        self.returned = None
        self.raised = None

    def watch(self, call):
        """Makes the call."""
        try:
            self.returned = call()
        except Exception as raised:  # Every exception is a result of the SDK.
            self.raised = raised
        return self


def text(octets):
    """The bytes of a header as text."""
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def start():
    """Listens on a free port of the loopback interface."""
    _listener.bind(("127.0.0.1", 0))
    _listener.listen(64)
    threading.Thread(target=_accept, daemon=True).start()
    socket.getaddrinfo = _resolve


def exchange(answer, call):
    """Sends `answer` to every request of `call`."""
    this = Exchange(answer)
    _current["exchange"] = this
    try:
        this.watch(call)
    finally:
        _current["exchange"] = None
    # Closes all connections: the next call must not reuse a connection that is about to end.
    for connection in this.connections:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    for thread in this.threads:
        thread.join(PATIENCE)
    return this


def directly(call):
    """Runs `call` with access to loopback addresses."""
    return Exchange().watch(call)


def raw(status, headers, body):
    """A response in bytes; a body without framing ends with the connection."""
    try:
        reason = http.HTTPStatus(status).phrase
    except ValueError:
        reason = "Unknown"
    lines = ["HTTP/1.1 %d %s" % (status, reason)]
    chunked = False
    for name, value in headers:
        chunked = chunked or (name.lower(), value.lower()) == ("transfer-encoding", "chunked")
        lines.append(name + ": " + value)
    head = "\r\n".join(lines) + "\r\n\r\n"
    if chunked:
        body = (b"%x\r\n%s\r\n" % (len(body), body) if body else b"") + b"0\r\n\r\n"
    return head.encode("utf-8") + body


def _resolve(host, port, *_rest, **_options):
    """Replaces `socket.getaddrinfo`: no name is looked up."""
    if _current["exchange"] is not None:
        host, port = _listener.getsockname()
    if host not in ("127.0.0.1", "localhost"):
        raise socket.gaierror(socket.EAI_NONAME, "only the loopback interface is reachable")
    return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", int(port)))]


def _accept():
    while True:
        connection, _ = _listener.accept()
        this = _current["exchange"]
        if this is None:
            connection.close()
            continue
        thread = threading.Thread(target=_serve, args=(this, connection), daemon=True)
        this.connections.append(connection)
        this.threads.append(thread)
        thread.start()


def _serve(this, connection):
    connection.settimeout(PATIENCE)
    try:
        with connection, connection.makefile("rb") as stream:
            # Only a response without framing ends the connection: a client that follows a
            # redirect on this connection must not find it closed by chance.
            more = True
            while more:
                request = _read(stream)
                if request is None:
                    return
                with _lock:
                    answer = this.answer if not this.requests else AFTER_A_REDIRECT
                    this.requests.append(request)
                connection.sendall(answer)
                more = _has_an_end(answer)
    except OSError:
        pass  # The SDK may close the connection.


def _has_an_end(answer):
    """Whether the head of a response frames its body."""
    first, *lines = answer.partition(b"\r\n\r\n")[0].lower().split(b"\r\n")
    framed = any(line.startswith((b"content-length:", b"transfer-encoding:")) for line in lines)
    return framed or first.split(b" ")[1] in (b"204", b"304")


def _read(stream):
    """The head and the body of a request; nothing if no request arrived."""
    head = []
    while True:
        line = stream.readline()
        if not line:
            return None
        if line == b"\r\n":
            break
        head.append(line[:-2])
    fields = {}
    for line in head[1:]:
        name, _, value = line.partition(b":")
        fields[name.strip().lower()] = value.strip()
    if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
        body = _read_chunks(stream)
    else:
        body = stream.read(int(fields.get(b"content-length") or 0))
    return Request(b"\r\n".join(head), body)


def _read_chunks(stream):
    body = b""
    while True:
        size = int(stream.readline().split(b";")[0], 16)
        if size == 0:
            while stream.readline() not in (b"\r\n", b""):
                pass
            return body
        body += stream.read(size)
        stream.readline()
