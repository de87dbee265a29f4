#!/usr/bin/env python3
"""Repeats recorded calls: reads one JSON object per line and writes the requests that arrived at the loopback server.

    python record.py drive_fc2

`cargo xtask record --live` runs it. A line has the recorded `call`, its `credentials`, the `host`, the
time `at` and the `nonce` of the recording, so that the output is the same, byte for byte, while the SDK
stays the same. Header values are Latin-1 text, without one leading space. `{"packages": [..]}` requests versions.
"""

import base64
import importlib
import importlib.metadata
import io
import json
import logging
import platform
import sys

sys.dont_write_bytecode = True

import clock  # noqa: E402
import loopback  # noqa: E402
from call import Call  # noqa: E402


class RecordedCall(Call):
    """A recorded call; it may have options that cases do not have."""

    def __init__(self, question):
        recorded = question["call"]
        typed = {
            "service": recorded.get("service"),
            "function": recorded.get("function"),
            "qualifier": recorded.get("qualifier"),
            "invocation_type": recorded.get("invocation_type"),
            "log_type": recorded.get("log_type"),
            "stateful_async_invocation_id": recorded.get("stateful_id"),
            "stateful_async_invocation_enable": recorded.get("stateful_enable"),
            "account_id": recorded.get("account_id"),
            "trace_id": recorded.get("trace_id"),
            "headers": recorded.get("headers"),
        }
        super().__init__("http://" + question["host"], question["credentials"], typed)
        self.fc_date = recorded.get("fc_date")
        self.bearer_token = question["credentials"].get("bearer_token")
        self.signature_algorithm = question.get("signature_algorithm")
        self.anonymous = recorded["op"] == "http_anon"
        self.method = recorded.get("method")
        self.path = recorded.get("path")
        self.query = [tuple(pair) for pair in recorded.get("query") or []]
        self.payload = _payload(recorded)


def _payload(recorded):
    if "body_ref" in recorded:
        return bytes((i * 31 + (i >> 8) * 17 + 7) % 256 for i in range(recorded["body_ref"]["length"]))
    if "body_b64" not in recorded:
        return None
    payload = base64.b64decode(recorded["body_b64"])
    as_what = {"str": lambda: payload.decode("utf-8"), "stream": lambda: io.BytesIO(payload)}
    return as_what.get(recorded.get("body_as"), lambda: payload)()


def recorded(sdk, question):
    """The request of a recorded call."""
    call = RecordedCall(question)
    clock.hold(question["at"], question.get("nonce"))
    send = sdk.invoke if question["call"]["op"] == "invoke" else sdk.trigger
    exchange = loopback.exchange(loopback.EMPTY, lambda: send(call))
    if not exchange.requests:
        return {"refused": type(exchange.raised).__name__}
    request = exchange.requests[0]
    return {
        "method": request.method,
        "target": request.target,
        "headers": request.wire_headers,
        "body_b64": base64.b64encode(request.body).decode(),
    }


def versions(names):
    """The versions of packages and of the interpreter."""
    found = {name: importlib.metadata.version(name) for name in names if name != "Python"}
    return {"versions": dict(found, Python=platform.python_version())}


def main():
    """Answers line by line until the end of input."""
    logging.disable(logging.CRITICAL)
    sdk = importlib.import_module(sys.argv[1])
    loopback.start()
    for line in sys.stdin:
        question = json.loads(line)
        answer = versions(question["packages"]) if "packages" in question else recorded(sdk, question)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
