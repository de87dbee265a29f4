"""Sessions of Function Compute 3.0: the id in a header or a cookie, and the id that the service made."""

import re

from signing import Refused, clean, values

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{4,39}")
ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")
COOKIE = "x-fc-cookie-session-id"
COOKIE_ID = re.compile(r"[!#-+\--:<-\[\]-~]+")  # The octets of a cookie value (RFC 6265, section 4.1.1).


def add_session(headers, typed):
    """`headers` with the id of the session, if the caller set one."""
    session = typed.get("session")
    if session is None:
        return headers
    if typed.get("invocation_type") == "Async":
        raise Refused("an asynchronous invocation has no session")
    session_id = session.get("id")
    if session["kind"] == "cookie":
        if session_id is None:
            return headers
        if not COOKIE_ID.fullmatch(clean("the session id", session_id)):
            raise Refused("the session id is not a cookie value")
        line = "; ".join(values(headers, "cookie") + [COOKIE + "=" + session_id])
        return [pair for pair in headers if pair[0].lower() != "cookie"] + [("Cookie", line)]
    name = clean("the session header name", session["name"])
    if not NAME.fullmatch(name) or name.lower().startswith("x-fc-"):
        raise Refused("invalid session header name " + repr(name))
    if session_id is None:
        return headers
    if not ID.fullmatch(clean("the session id", session_id)):
        raise Refused("the session id does not match " + ID.pattern)
    if values(headers, name.lower()):
        raise Refused("the header " + name + " is set by the session; remove it")
    return headers + [(name, session_id)]


def session_in(session, headers):
    """The session id that the headers of a response have for this session, or None."""
    if session is None:
        return None
    if session["kind"] == "header":
        found = values(headers, session["name"].lower())
        return found[-1] if found else None
    found = None
    for line in values(headers, "set-cookie"):
        name, _, value = line.partition(";")[0].partition("=")
        if name.strip() == COOKIE:
            found = value.strip()
    return found
