"""Converts a raw response to an outcome."""

import base64
import json
import re

from mistakes import made
from signing import first

DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
ERROR_TYPES = ("handledinvocationerror", "unhandledinvocationerror")


def parse(status, headers, body):
    """The outcome of a response."""
    if not 100 <= status <= 599:
        return {"kind": "bad_response", "status": status, "reason": "expected a status from 100 to 599"}
    error_type = first(headers, "x-fc-error-type")
    if error_type and (error_type.lower() in ERROR_TYPES or status == 200) and not made("error-as-success"):
        return dict(executed("function_error", status, headers, body), error_type=error_type)
    if status == 202:
        outcome = {"kind": "accepted", "status": status}
        set_field(outcome, "request_id", first(headers, "x-fc-request-id"))
        task = first(headers, "x-fc-stateful-async-invocation-id") or first(headers, "x-fc-async-task-id")
        set_field(outcome, "stateful_async_invocation_id", task)
        return outcome
    if 200 <= status <= 299:
        return executed("completed", status, headers, body)
    return service_error(status, headers, body)


def set_field(outcome, field, value):
    """Sets a field if the response has a value for it."""
    if value:
        outcome[field] = value


def executed(kind, status, headers, body):
    """The outcome of a function that ran."""
    outcome = {"kind": kind, "status": status, "payload_b64": base64.b64encode(body).decode()}
    set_field(outcome, "request_id", first(headers, "x-fc-request-id"))
    log = first(headers, "x-fc-log-result")
    if log is not None and BASE64.fullmatch(log):
        tail = log.encode() if made("raw-log-tail") else base64.b64decode(log)
        outcome["log_tail_b64"] = base64.b64encode(tail).decode()
    duration = first(headers, "x-fc-invocation-duration") or ""
    if re.fullmatch(r"[0-9]{1,15}", duration):
        outcome["duration_ms"] = int(duration)
    memory = first(headers, "x-fc-max-memory-usage") or ""
    set_field(outcome, "max_memory_mb", memory if DECIMAL.fullmatch(memory) else None)
    checksum = first(headers, "x-fc-code-checksum") or ""
    unsigned = re.fullmatch(r"[0-9]{1,20}", checksum) and int(checksum) < 1 << 64
    set_field(outcome, "code_checksum", checksum if unsigned else None)
    set_field(outcome, "instance_id", first(headers, "x-fc-instance-id"))
    set_field(outcome, "service_version", first(headers, "x-fc-invocation-service-version"))
    return outcome


def service_error(status, headers, body):
    """The error of the service; the body may have any form."""
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        document = None
    document = document if isinstance(document, dict) else {}
    any_case = {key.lower(): value for key, value in document.items()}

    def text(*keys):
        """The first text under one of these keys, in this spelling or else in any case."""
        found = [document.get(key) for key in keys] + [any_case.get(key.lower()) for key in keys]
        return ([value for value in found if isinstance(value, str) and value] or [None])[0]

    code, message = text("ErrorCode", "Code"), text("ErrorMessage", "Message")
    if made("error-code-case"):
        code, message = document.get("errorCode"), document.get("errorMessage")
    outcome = {"kind": "service_error", "status": status}
    set_field(outcome, "code", code)
    set_field(outcome, "message", message)
    request_id = first(headers, "x-fc-request-id") or first(headers, "x-acs-request-id")
    set_field(outcome, "request_id", request_id or text("RequestId"))
    return outcome
