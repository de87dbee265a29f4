"""Builds a signed request from a typed input; refuses invalid input."""

import base64
import re

from mistakes import made
from session import add_session
from signing import Refused, SignInput, TOKEN, clean, sign_acs3, sign_fc, split_url

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,127}")
# A function that was made in 2.0 is called by 3.0 as service$function.
V3_FUNCTION = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_-]{0,127}\$)?[A-Za-z_][A-Za-z0-9_-]{0,127}")
QUALIFIER = re.compile(r"[0-9]+|[A-Za-z_][A-Za-z0-9_-]{0,127}")
ACCOUNT = re.compile(r"[A-Za-z0-9_-]*")

# Headers that a caller cannot set, because a field, the signature or the
# connection sets them.
OWN_HEADERS = {
    "authorization", "date", "host",
    "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection",
    "te", "trailer", "upgrade", "expect",
    "x-fc-invocation-type", "x-fc-log-type", "x-fc-account-id", "x-fc-trace-id",
    "x-fc-security-token", "x-fc-async-task-id",
    "x-fc-stateful-async-invocation-id", "x-fc-stateful-async-invocation-enable",
}  # fmt: skip


def build(given):
    """The signed request: method, URL, headers and body."""
    revision, typed = given["revision"], given["input"]
    acs3 = given["scheme"] == "acs3"
    if revision == "2023-03-30" and not acs3:
        raise Refused("revision 2023-03-30 requires the scheme acs3")
    authority, path, query = split_url(given["endpoint"])
    if path != "/" or query is not None:
        raise Refused("expected an endpoint of a scheme and a host, found a path or a query")
    body = base64.b64decode(typed.get("payload_b64") or "")
    headers = add_session(typed_headers(revision, typed) + extra_headers(typed, acs3), typed)
    if body and not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/octet-stream"))
    if acs3:
        headers += [("x-acs-action", "InvokeFunction"), ("x-acs-version", revision)]

    request = {
        "method": "POST",
        "url": given["endpoint"].rstrip("/") + target(revision, typed),
        "headers": headers,
        "body_b64": base64.b64encode(body).decode(),
    }
    sign_input = SignInput(dict(given, **request))
    signed = sign_acs3(sign_input) if acs3 else sign_fc(sign_input, "api")
    request["headers"] = headers + signed["headers"]
    if not acs3:
        request["headers"].append(("Host", authority))
    return request


def checked(what, grammar, value):
    """`value`, if it matches `grammar` completely."""
    if not made("any-name") and not grammar.fullmatch(clean(what, value)):
        raise Refused(what + " does not match " + grammar.pattern)
    return value


def target(revision, typed):
    """Path and query of the invocation."""
    grammar = V3_FUNCTION if revision == "2023-03-30" else NAME
    function = checked("the function name", grammar, typed.get("function")).replace("$", "%24")
    qualifier = typed.get("qualifier")
    if qualifier is not None:
        checked("the qualifier", QUALIFIER, qualifier)
    query = "" if qualifier is None else "?qualifier=" + qualifier
    if revision == "2023-03-30":
        return "/2023-03-30/functions/" + function + "/invocations" + query
    service = checked("the service name", NAME, typed.get("service"))
    if revision == "2016-08-15" and qualifier is not None:
        service, query = service + "." + qualifier, ""
    return "/" + revision + "/services/" + service + "/functions/" + function + "/invocations" + query


def typed_headers(revision, typed):
    """The headers of the fields that the caller set."""
    kind, log_type = typed.get("invocation_type"), typed.get("log_type")
    if kind not in (None, "Sync", "Async") or log_type not in (None, "None", "Tail"):
        raise Refused("expected the invocation type Sync or Async and the log type None or Tail")
    if kind == "Async" and log_type == "Tail":
        raise Refused("an asynchronous invocation has no log tail")
    headers = [("X-Fc-Invocation-Type", kind), ("X-Fc-Log-Type", log_type)]
    task = typed.get("stateful_async_invocation_id")
    if task is not None:
        checked("the invocation id", NAME, task)
    newest = revision == "2023-03-30"
    headers.append(("X-Fc-Async-Task-Id" if newest else "X-Fc-Stateful-Async-Invocation-Id", task))
    enable = typed.get("stateful_async_invocation_enable")
    if enable is not None and not newest:
        headers.append(("X-Fc-Stateful-Async-Invocation-Enable", "true" if enable else "false"))
    account = typed.get("account_id")
    if account is not None:
        checked("the account id", ACCOUNT, account)
    headers += [("X-Fc-Account-Id", account), ("X-Fc-Trace-Id", typed.get("trace_id"))]
    return [(name, clean(name, value).strip(" \t")) for name, value in headers if value is not None]


def extra_headers(typed, acs3):
    """The headers of the caller; refuses a header that this adapter sets itself."""
    extra = []
    for name, value in typed.get("headers") or []:
        low = clean("a header name", name).lower()
        if not TOKEN.fullmatch(name):
            raise Refused("invalid header name " + repr(name))
        if low in OWN_HEADERS or (acs3 and low.startswith("x-acs-")):
            raise Refused("the header " + low + " is set by this adapter; remove it")
        extra.append((name, clean("the header " + low, value).strip(" \t")))
    if sum(name.lower() == "content-type" for name, _ in extra) > 1:
        raise Refused("expected at most one Content-Type header")
    return extra
