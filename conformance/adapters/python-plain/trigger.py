"""One call of an HTTP trigger: a request in wire form, authenticated and sent once."""

import base64
import time

from exchange import Failed, send
from signing import SignInput, clean, sign_acs3_trigger, sign_fc, split_url


def call(given):
    """The response of the function, or the class of the transport error."""
    deadline = time.monotonic() + given["timeout_ms"] / 1000
    headers = given.get("headers", [])
    authority = split_url(given["url"])[0]
    request = dict(given, headers=headers + authentication(given, headers) + [("Host", authority)])
    try:
        status, answered, body = send(request, deadline)
    except Failed as failure:
        return {"class": failure.kind}
    return {"response": {"status": status, "headers": answered, "body_b64": base64.b64encode(body).decode()}}


def authentication(given, headers):
    """The headers that authenticate the call."""
    auth = given.get("auth")
    if auth is not None and auth["kind"] == "anonymous":
        return []
    if auth is not None:
        return [("Authorization", "Bearer " + clean("the bearer token", auth["token"]))]
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    sign_input = SignInput(dict(given, headers=headers, time=now, nonce="unused"))
    if given["scheme"] == "acs3":
        return sign_acs3_trigger(sign_input)
    return sign_fc(sign_input, "http-trigger")["headers"]
