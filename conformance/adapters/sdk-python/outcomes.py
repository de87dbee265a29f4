"""The parts of an outcome that all SDKs share.

A field is a value that the SDK gives to its caller in any public way.
"""

import base64

import requests
import urllib3

TEXTS = {
    "max_memory_mb": "x-fc-max-memory-usage",
    "code_checksum": "x-fc-code-checksum",
    "instance_id": "x-fc-instance-id",
    "service_version": "x-fc-invocation-service-version",
}
TASK_IDS = ("x-fc-stateful-async-invocation-id", "x-fc-async-task-id")


def returned(kind, status, headers, payload):
    """The fields of a result: an SDK returns status, payload and the map of headers."""
    named = {name.lower(): value for name, value in (headers or {}).items()}
    error_type = named.get("x-fc-error-type")
    outcome = {"kind": "function_error" if error_type else kind}
    set_field(outcome, "error_type", error_type)
    set_field(outcome, "status", status)
    set_field(outcome, "request_id", named.get("x-fc-request-id"))
    if outcome["kind"] == "accepted":
        task = [named[name] for name in TASK_IDS if named.get(name)]
        set_field(outcome, "stateful_async_invocation_id", task[0] if task else None)
        return outcome
    outcome["payload_b64"] = base64.b64encode(payload or b"").decode()
    for field, name in TEXTS.items():
        set_field(outcome, field, named.get(name))
    log = named.get("x-fc-log-result")
    if log:
        # The SDK returns it unchanged.
        outcome["log_tail_b64"] = base64.b64encode(log.encode("utf-8")).decode()
    return outcome


def set_field(outcome, field, value):
    """Sets a field if the value is valid in the protocol: a text or a status."""
    if isinstance(value, int if field == "status" else str) and value != "":
        outcome[field] = value


def unreadable(raised):
    """The SDK failed on a response without an error of its own."""
    return {"kind": "bad_response", "reason": type(raised).__name__}


def transport(raised):
    """The outcome of a failed connection; nothing for another exception."""
    chain = []
    while raised is not None and raised not in chain:
        chain.append(raised)
        raised = raised.__cause__ or raised.__context__
    if isinstance(chain[0], requests.exceptions.JSONDecodeError):
        return None
    kinds = [
        # A refused connection is a kind of urllib3's time-outs.
        ("connect", (urllib3.exceptions.NewConnectionError, ConnectionRefusedError)),
        ("timeout", (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)),
        ("malformed", (urllib3.exceptions.HeaderParsingError, urllib3.exceptions.InvalidHeader)),
        ("truncated", (urllib3.exceptions.IncompleteRead, ConnectionResetError, EOFError)),
    ]
    for name, types in kinds:
        if any(isinstance(link, types) for link in chain):
            return {"kind": "transport_error", "class": name}
    names = {type(link).__name__ for link in chain}
    if names & {"RemoteDisconnected", "IncompleteRead"}:
        return {"kind": "transport_error", "class": "truncated"}
    if names & {"BadStatusLine", "LineTooLong", "InvalidChunkLength", "HTTPException"}:
        return {"kind": "transport_error", "class": "malformed"}
    if any(isinstance(link, requests.exceptions.RequestException) for link in chain):
        return {"kind": "transport_error", "class": "other"}
    return None
