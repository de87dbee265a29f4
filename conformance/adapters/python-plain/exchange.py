"""HTTP/1.1 exchanges: one invocation with its attempts, and one request.

The HTTP client of the standard library is not used: it returns a 103 as the final
answer, accepts a head that ends early and contradictory lengths, and limits the time
of each read instead of the whole exchange. The cases check exactly these points.
"""

import base64
import re
import socket
import sys
import time
import uuid

from building import build
from mistakes import made
from outcome import parse
from session import session_in
from signing import CONTROL, Refused, TOKEN, first, split_url

SECONDS = re.compile("[0-9]{1,9}")
MOST_HEAD = 1 << 20
MOST_BODY = 64 << 20
STATUS = re.compile(r"HTTP/1\.([01]) ([0-9]{3})(?: .*)?")


class Failed(Exception):
    """No complete response arrived; `kind` is the class of the transport error."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


def invoke(given):
    """The outcome of one invocation."""
    retry = given.get("retry") or {"max_attempts": 1, "idempotent": False}
    attempts, idempotent = retry["max_attempts"], retry.get("idempotent", False)
    if attempts < 1:
        raise Refused("max_attempts must be at least 1")
    if made("retries-invocation"):
        attempts, idempotent = max(attempts, 3), True
    deadline = time.monotonic() + given["timeout_ms"] / 1000 * (3 if made("tripled-limit") else 1)
    for attempt in range(1, attempts + 1):
        outcome, demanded = one_attempt(given, deadline, attempt)
        pause = max(demanded, 0.05 * 2 ** (attempt - 1))
        if attempt == attempts or not again(outcome, idempotent) or time.monotonic() + pause > deadline:
            break
        time.sleep(pause)
    return outcome


def again(outcome, idempotent):
    """Whether this outcome allows another attempt."""
    if outcome["kind"] == "service_error":
        return outcome["status"] in (429, 503) or (idempotent and outcome["status"] >= 500)
    lost = outcome["kind"] == "transport_error" and outcome["class"] in ("connect", "truncated")
    return lost and idempotent


def one_attempt(given, deadline, attempt):
    """The outcome of one attempt, and the seconds to wait before another one."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(0 if made("stopped-clock") else None))
    nonce = "0123456789abcdef" if made("same-nonce") else uuid.uuid4().hex
    typed = dict(given["input"])
    if made("no-payload") or (made("empty-second-attempt") and attempt > 1):
        typed.pop("payload_b64", None)
    if made("no-options"):
        typed = {name: typed[name] for name in typed if name in ("service", "function", "payload_b64")}
    request = build(dict(given, time=now, nonce=nonce, input=typed))
    try:
        answer = send(request, deadline)
        location = first(answer[1], "location") or ""
        if made("follows-redirects") and 300 <= answer[0] <= 399 and location.startswith("http://"):
            answer = send(dict(request, url=location), deadline)
        retry_after = first(answer[1], "retry-after") or ""
        outcome = parse(*answer)
        session_id = session_in(given["input"].get("session"), answer[1])
        if session_id is not None:
            outcome["session_id"] = session_id
        return outcome, int(retry_after) if SECONDS.fullmatch(retry_after) else 0
    except Failed as failure:
        return {"kind": "transport_error", "class": failure.kind}, 0


def send(request, deadline):
    """Status, headers and body of the answer to `request`."""
    authority, path, query = split_url(request["url"])
    host, _, port = authority.partition(":")
    body = base64.b64decode(request["body_b64"])
    target = path if query is None else path + "?" + query
    length = len(body.decode("utf-8", "replace")) if made("length-in-characters") else len(body)
    head = [request["method"] + " " + target + " HTTP/1.1", "Connection: close", "Content-Length: %d" % length]
    head += [name + ": " + value for name, value in request["headers"]]
    message = "\r\n".join(head + ["", ""]).encode() + body
    if made("logs-authorization"):
        print("sending Authorization:", first(request["headers"], "authorization"), file=sys.stderr, flush=True)
    try:
        link = socket.create_connection((host, int(port or 80)), remaining(deadline))
    except socket.timeout:
        raise Failed("timeout") from None
    except OSError:
        raise Failed("connect") from None
    with link:
        try:
            link.settimeout(remaining(deadline))
            link.sendall(message)
        except socket.timeout:
            raise Failed("timeout") from None
        except OSError:
            pass  # The server may respond before it has read the whole request.
        return Reader(link, deadline).response()


def remaining(deadline):
    """The seconds until `deadline`."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Failed("timeout")
    return left


class Reader:
    """Reads one response from a connection until `deadline` at the latest."""

    def __init__(self, link, deadline):
        self.link, self.deadline, self.held = link, deadline, bytearray()

    def more(self):
        """Reads available bytes; returns False at the end of the stream."""
        self.link.settimeout(remaining(self.deadline))
        try:
            piece = self.link.recv(1 << 16)
        except socket.timeout:
            raise Failed("timeout") from None
        except OSError:
            raise Failed("truncated") from None
        self.held += piece
        return bool(piece)

    def line(self):
        """The next line, without its end."""
        while b"\n" not in self.held:
            if len(self.held) > MOST_HEAD:
                raise Failed("malformed")
            if not self.more():
                raise Failed("truncated")
        raw = self.exactly(self.held.index(b"\n") + 1)[:-1]
        return raw[:-1] if raw.endswith(b"\r") else raw

    def exactly(self, length):
        """The next `length` bytes."""
        if length > MOST_BODY:
            raise Failed("other")
        while len(self.held) < length:
            if not self.more():
                if made("cut-body-as-complete"):
                    break
                raise Failed("truncated")
        taken = bytes(self.held[:length])
        del self.held[:length]
        return taken

    def to_the_end(self):
        """All bytes until the stream ends."""
        while self.more():
            if len(self.held) > MOST_BODY:
                raise Failed("other")
        return bytes(self.held)

    def response(self):
        """Status, headers and body of the final response."""
        while True:
            version, status = self.status_line()
            headers = self.headers()
            if not 100 <= status <= 199 or status == 101:
                return status, headers, self.body(version, status, headers)

    def status_line(self):
        """Minor version and status. Distinguishes bytes that are not HTTP from a truncated head."""
        while len(self.held) < 5 and b"HTTP/".startswith(bytes(self.held)):
            if not self.more():
                raise Failed("truncated")
        if not self.held.startswith(b"HTTP/"):
            raise Failed("malformed")
        match = STATUS.fullmatch(self.line().decode("latin-1"))
        if not match:
            raise Failed("malformed")
        return int(match.group(1)), int(match.group(2))

    def headers(self):
        """The header lines up to the empty one."""
        headers, size = [], 0
        while True:
            raw = self.line()
            size += len(raw)
            if not raw:
                return headers
            text = raw.decode("utf-8", "replace")
            name, colon, value = text.partition(":")
            if text[0] in " \t" and headers:  # A folded line belongs to the one before it.
                headers[-1] = (headers[-1][0], headers[-1][1] + " " + text.strip(" \t"))
            elif size > MOST_HEAD or not colon or not TOKEN.fullmatch(name) or CONTROL.search(value):
                raise Failed("malformed")
            else:
                headers.append((name, value.strip(" \t")))

    def body(self, version, status, headers):
        """The body, framed as the headers declare."""
        codings = listed(headers, "transfer-encoding")
        lengths = set(listed(headers, "content-length"))
        if status in (204, 304):
            return b""
        if codings:
            if version == 0 or lengths or [coding.lower() for coding in codings] != ["chunked"]:
                raise Failed("malformed")
            return self.chunks()
        if not lengths:
            return self.to_the_end()
        length = lengths.pop()
        if lengths or not re.fullmatch(r"[0-9]{1,18}", length):
            raise Failed("malformed")
        return self.exactly(int(length))

    def chunks(self):
        """A chunked body; extensions and trailers are dropped."""
        body = bytearray()
        while True:
            size = self.line().partition(b";")[0].strip(b" \t")
            if not re.fullmatch(rb"[0-9A-Fa-f]{1,15}", size):
                raise Failed("malformed")
            length = int(size, 16)
            if length == 0:
                self.headers()
                return bytes(body)
            if length + len(body) > MOST_BODY:
                raise Failed("other")
            body += self.exactly(length)
            if self.line():
                raise Failed("malformed")


def listed(headers, name):
    """The elements of a header that is a list, over all its lines."""
    found = [value for key, value in headers if key.lower() == name]
    return [element.strip(" \t") for value in found for element in value.split(",")]
