#!/usr/bin/env python3
"""Runs an official Python SDK as an adapter: reads and writes one JSON object per line.

    python adapter.py drive_fc2

The argument names the module in this folder that drives the SDK. It has `NAME`, `PACKAGE`,
`CAPS`, `LACKS`, `REVISION`, `SCHEME`, `invoke(call)`, `outcome_of(call, returned, raised)`, where the SDK has a
public signing function, `sign(given)`, and where it has operations on tasks, `task(call)`, `TASKS` and `TASK_TEXTS`.
"""

import base64
import importlib
import importlib.metadata
import json
import logging
import sys

sys.dont_write_bytecode = True

import loopback  # noqa: E402
import tasks  # noqa: E402
from call import Call, Unsupported  # noqa: E402


def hello(sdk, _given):
    """The name, the version and the capabilities of the SDK."""
    version = importlib.metadata.version(sdk.PACKAGE)
    named = {"name": sdk.NAME, "version": version, "language": "python"}
    caps, lacks = sdk.CAPS.split(), sdk.LACKS.split()
    return {"p": 1, "sdk": named, "caps": caps, "lacks": lacks, "revisions": [sdk.REVISION], "parallel": 1}


def sign(sdk, given):
    """The signature that the signing function of the SDK makes."""
    if given["scheme"] != sdk.SCHEME or not hasattr(sdk, "sign"):
        raise Unsupported("sign." + given["scheme"])
    return sdk.sign(given)


def needs_revision(sdk, given):
    """Returns `given` if the SDK supports its revision and scheme."""
    if given["revision"] != sdk.REVISION or given["scheme"] != sdk.SCHEME:
        raise Unsupported(given["revision"] + " with " + given["scheme"])
    return given


def build(sdk, given):
    """The first request of a call, as it arrived at the loopback server."""
    call = Call.of(needs_revision(sdk, given))
    exchange = loopback.exchange(loopback.EMPTY, lambda: sdk.invoke(call))
    if not exchange.requests:
        if exchange.raised is not None:
            raise exchange.raised
        raise RuntimeError("the SDK sent nothing")
    request = exchange.requests[0]
    host = request.header("host") or call.authority
    return {
        "method": request.method,
        "url": call.scheme + "://" + host + request.target,
        "headers": request.headers,
        "body_b64": base64.b64encode(request.body).decode(),
    }


def parse(sdk, given):
    """The outcome of a response that the loopback server plays."""
    call = Call.to_see_a_response(given["invocation_type"])
    answer = loopback.raw(given["status"], given["headers"], base64.b64decode(given["body_b64"]))
    exchange = loopback.exchange(answer, lambda: sdk.invoke(call))
    return {"outcome": sdk.outcome_of(call, exchange.returned, exchange.raised)}


def invoke(sdk, given):
    """A real exchange with the endpoint of the case."""
    if "retry" in given:
        raise Unsupported("retry")
    call = Call.of(needs_revision(sdk, given))
    exchange = loopback.directly(lambda: sdk.invoke(call))
    return {"outcome": sdk.outcome_of(call, exchange.returned, exchange.raised)}


def task(sdk, given):
    """An operation on tasks, a real exchange with the endpoint of the case."""
    if not hasattr(sdk, "task"):
        raise Unsupported("tasks")
    return tasks.perform(sdk, needs_revision(sdk, given))


COMMANDS = {"hello": hello, "sign": sign, "build": build, "parse": parse, "invoke": invoke, "task": task}


def answer(sdk, command, given):
    """The `ok`, `err` or `unsupported` reply to one request."""
    try:
        if command not in COMMANDS:
            raise Unsupported(command)
        return {"ok": COMMANDS[command](sdk, given)}
    except Unsupported as missing:
        return {"unsupported": {"cap": str(missing)}}
    except Exception as fault:
        where, inside = fault.__traceback__, False
        while where.tb_next:
            where = where.tb_next
            inside = inside or "site-packages" in where.tb_frame.f_code.co_filename
        place = "%s:%d" % (where.tb_frame.f_code.co_filename.rsplit("/", 1)[-1], where.tb_lineno)
        # The reply must not contain the text of the error: it may contain a credential.
        message = type(fault).__name__ + " at " + place
        # An exception of the SDK before it sends is a refusal; any other exception is a fault of this adapter.
        return {"err": {"class": "input" if inside else "internal", "message": message}}


def main():
    """Answers line by line until `bye` or the end of input."""
    logging.disable(logging.CRITICAL)  # The logs of an SDK contain signatures and bodies.
    sdk = importlib.import_module(sys.argv[1])
    loopback.start()
    for line in sys.stdin.buffer:
        question = json.loads(line.decode("utf-8"))
        if question["cmd"] == "bye":
            break
        reply = dict(answer(sdk, question["cmd"], question.get("in", {})), seq=question["seq"])
        text = json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace")
        sys.stdout.buffer.write(text + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
