"""The adapter of my-sdk: fcgate asks in JSON lines on standard input, this answers on standard output.

Fill in one operation after another by calls of your SDK, and claim in CAPS what it can.
Logs go to stderr; the text of exceptions stays out of them, for it may hold a key.
The fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
"""
import json
import sys

SDK = {"name": "my-sdk", "version": "0.1.0", "language": "python"}
CAPS = []  # for a start "sign.fc" or "sign.acs3"; then "build", "parse", "invoke"
REVISIONS = ["2021-04-06"]  # and "2016-08-15", "2023-03-30"


class Refused(Exception):
    """The SDK refuses its input, before anything is signed or sent."""


def sign(given):
    """From scheme, method, url, headers, body_b64, credentials, time and nonce to what signing adds."""
    # return {"headers": [["Date", ...], ["Authorization", ...]], "stages": {"string_to_sign": ...}}
    raise NotImplementedError


def build(given):
    """From endpoint, scheme, credentials, time, nonce and input to a signed request, unsent."""
    # return {"method": "POST", "url": ..., "headers": [[name, value], ...], "body_b64": ...}
    raise NotImplementedError


def parse(given):
    """From status, headers and body_b64 to the outcome that a caller of the SDK sees."""
    # return {"outcome": {"kind": "completed", "status": 200, "payload_b64": ..., "request_id": ...}}
    raise NotImplementedError


def invoke(given):
    """Like build, but it is sent to given["endpoint"] for real; tells the outcome as parse does."""
    raise NotImplementedError


def answer(command, given):
    if command == "hello":
        return {"ok": {"p": 1, "sdk": SDK, "caps": CAPS, "revisions": REVISIONS}}
    try:
        return {"ok": COMMANDS[command](given)} if command in COMMANDS else {"unsupported": {"cap": command}}
    except NotImplementedError:
        return {"unsupported": {"cap": command}}
    except Refused:
        return {"err": {"class": "input", "message": "refused"}}
    except Exception as error:
        return {"err": {"class": "internal", "message": type(error).__name__}}


COMMANDS = {"sign": sign, "build": build, "parse": parse, "invoke": invoke}
for line in sys.stdin:
    question = json.loads(line)
    if question["cmd"] == "bye":
        break
    print(json.dumps({"seq": question["seq"], **answer(question["cmd"], question["in"])}), flush=True)
