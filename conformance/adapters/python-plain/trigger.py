"""One call of an HTTP trigger: a request in wire form, signed and sent once."""

import base64
import time

from exchange import Failed, send
from signing import Refused, SignInput, sign_fc, split_url


def call(given):
    """The response of the function, or the class of the transport error."""
    if given["scheme"] != "fc":
        raise Refused("requests to HTTP triggers are signed by the scheme fc")
    deadline = time.monotonic() + given["timeout_ms"] / 1000
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    headers = given.get("headers", [])
    signed = sign_fc(SignInput(dict(given, headers=headers, time=now, nonce="unused")), "http-trigger")
    request = dict(given, headers=headers + signed["headers"] + [("Host", split_url(given["url"])[0])])
    try:
        status, answered, body = send(request, deadline)
    except Failed as failure:
        return {"class": failure.kind}
    return {"response": {"status": status, "headers": answered, "body_b64": base64.b64encode(body).decode()}}
