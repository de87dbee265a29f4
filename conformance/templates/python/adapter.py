"""The adapter of my-sdk: reads requests of fcgate from standard input and writes replies to standard output, in JSON lines.

Implement the operations with calls to your SDK, one after another, and add each one to CAPS.
Write logs to stderr. Do not log the text of exceptions: it may contain a key.
All fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
"""
import json
import sys

SDK = {"name": "my-sdk", "version": "0.1.0", "language": "python"}
CAPS = []  # start with "sign.fc" or "sign.acs3"; then "build", "parse", "invoke"
LACKS = []  # the parts that the SDK does not offer, for example "outcome.success-status"
REVISIONS = ["2021-04-06"]  # and "2016-08-15", "2023-03-30"


class Refused(Exception):
    """Raise this if the SDK refuses its input before it signs or sends anything."""


def sign(given):
    """Input: scheme, method, url, headers, body_b64, credentials, time, nonce. Output: the headers that signing adds."""
    # return {"headers": [["Date", ...], ["Authorization", ...]], "stages": {"string_to_sign": ...}}
    raise NotImplementedError


def build(given):
    """Input: endpoint, scheme, credentials, time, nonce, input. Output: the signed request; nothing is sent."""
    # return {"method": "POST", "url": ..., "headers": [[name, value], ...], "body_b64": ...}
    raise NotImplementedError


def parse(given):
    """Input: status, headers, body_b64. Output: the outcome that the SDK returns to its caller."""
    # return {"outcome": {"kind": "completed", "status": 200, "payload_b64": ..., "request_id": ...}}
    raise NotImplementedError


def invoke(given):
    """Like build, but sends the request to given["endpoint"] and returns the outcome like parse."""
    raise NotImplementedError


def answer(command, given):
    if command == "hello":
        return {"ok": {"p": 1, "sdk": SDK, "caps": CAPS, "lacks": LACKS, "revisions": REVISIONS}}
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
    request = json.loads(line)
    if request["cmd"] == "bye":
        break
    print(json.dumps({"seq": request["seq"], **answer(request["cmd"], request["in"])}), flush=True)
