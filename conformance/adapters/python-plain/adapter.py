#!/usr/bin/env python3
"""A plain conformance adapter: one JSON object a line, standard library only.

    fcgate run -- python3 adapter.py
    fcgate run -- python3 adapter.py --break escaped-path

It uses no client library: signing.py, building.py, outcome.py, exchange.py, trigger.py and
tasks.py are a small client, written from the protocol text. For an adapter of your own, keep the
structure of this file and call your client in `answer`. Needs Python 3.8.
"""

import argparse
import base64
import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True

import mistakes  # noqa: E402
from building import build  # noqa: E402
from exchange import invoke  # noqa: E402
from outcome import parse  # noqa: E402
from signing import Refused, SignInput, sign_acs3, sign_fc  # noqa: E402
from tasks import operate  # noqa: E402
from trigger import call  # noqa: E402

REVISIONS = ["2016-08-15", "2021-04-06", "2023-03-30"]
CAPS = (
    "sign.fc sign.acs3 sign.fc.http-trigger sign.fc.presigned-url build parse invoke "
    "invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id "
    "cred.sts retry "
    "outcome.log-tail outcome.duration outcome.memory outcome.checksum outcome.instance-id "
    "outcome.service-version function-error input-check sessions "
    "trigger trigger.acs3 trigger.bearer trigger.anonymous tasks tasks.wait"
).split()
KINDS = ("api", "http-trigger", "presigned-url")

# Invocations spend most of their time waiting for the server, so several run at the same time.
PARALLEL = 16
writing = threading.Lock()


class Unsupported(Exception):
    """The operation or revision is not supported."""


def hello(given):
    """The name, the version and the capabilities of this adapter."""
    if 1 not in given.get("accepts", [1]):
        raise Refused("expected protocol version 1 in accepts")
    sdk = {"name": "python-plain", "version": "1.0.0", "language": "python"}
    return {"p": 1, "sdk": sdk, "caps": CAPS, "revisions": REVISIONS, "parallel": PARALLEL}


def sign(given):
    """The headers or the URL that the signature adds."""
    scheme, kind = given["scheme"], given.get("kind", "api")
    if scheme not in ("fc", "acs3") or kind not in KINDS:
        raise Unsupported("sign." + scheme + "." + kind)
    if scheme == "acs3":
        return sign_acs3(SignInput(given))
    return sign_fc(SignInput(given), kind)


def needs_revision(given):
    """`given`, if this adapter supports its revision."""
    if given["revision"] not in REVISIONS:
        raise Unsupported(given["revision"])
    return given


COMMANDS = {
    "hello": hello,
    "sign": sign,
    "build": lambda given: build(needs_revision(given)),
    "parse": lambda given: {
        "outcome": parse(given["status"], given["headers"], base64.b64decode(given["body_b64"]))
    },
    "invoke": lambda given: {"outcome": invoke(needs_revision(given))},
    "trigger": call,
    "task": lambda given: operate(needs_revision(given)),
}


def answer(command, given):
    """The `ok`, `err` or `unsupported` reply to one request."""
    try:
        if command not in COMMANDS:
            raise Unsupported(command)
        return {"ok": COMMANDS[command](given)}
    except Unsupported as missing:
        return {"unsupported": {"cap": str(missing)}}
    except Refused as refusal:
        return {"err": {"class": "input", "message": str(refusal)}}
    except Exception as fault:  # A fault of the adapter must not look like a crash of the client.
        where = fault.__traceback__
        while where.tb_next:
            where = where.tb_next
        place = "%s:%d" % (where.tb_frame.f_code.co_filename.rsplit("/", 1)[-1], where.tb_lineno)
        # The reply must not contain the text of the error: it may contain a credential.
        return {"err": {"class": "internal", "message": type(fault).__name__ + " at " + place}}


def reply(request):
    """Writes the reply to one request as one line."""
    line = dict(answer(request["cmd"], request.get("in", {})), seq=request["seq"])
    # JSON can contain a lone surrogate, which is not valid UTF-8.
    text = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace")
    with writing:
        sys.stdout.buffer.write(text + b"\n")
        sys.stdout.buffer.flush()


def main():
    """Answers line by line until `bye` or the end of input. Replies to `invoke` and `trigger` may come out of order."""
    options = argparse.ArgumentParser(description="A plain conformance adapter for fcgate.")
    options.add_argument("--break", dest="mistake", choices=sorted(mistakes.MISTAKES), help="make this mistake")
    mistake = options.parse_args().mistake
    if mistake:
        mistakes.choose(mistake)
    with ThreadPoolExecutor(PARALLEL) as pool:
        for line in sys.stdin.buffer:
            request = json.loads(line.decode("utf-8"))
            if request["cmd"] == "bye":
                break
            if request["cmd"] in ("invoke", "trigger"):
                pool.submit(reply, request)
            else:
                reply(request)


if __name__ == "__main__":
    main()
