"""One operation on asynchronous tasks: read, list or stop, and the wait for the end of a task."""

import json
import time
import uuid
from urllib.parse import quote

from exchange import Failed, send
from outcome import service_error, set_field
from signing import Refused, SignInput, first, sign_acs3, sign_fc, split_url

NEWEST = "2023-03-30"
ACTIONS = {
    "get": ("GetAsyncTask", "GetStatefulAsyncInvocation"),
    "list": ("ListAsyncTasks", "ListStatefulAsyncInvocations"),
    "stop": ("StopAsyncTask", "StopStatefulAsyncInvocation"),
}
FINAL = ("Succeeded", "Failed", "Stopped", "Expired", "Invalid")
NOT_RECORDED = ("AsyncTaskNotFound", "StatefulAsyncInvocationNotFound")
# Reads of a task that may be missing at the start of a wait.
EARLY_READS = 5

# The fields of a task: the name in the protocol, in 2023-03-30 and in 2021-04-06.
FIELDS = (
    ("task_id", "taskId", "invocationId"),
    ("qualifier", "qualifier", "qualifier"),
    ("status", "status", "status"),
    ("started_time", "startedTime", "startedTime"),
    ("end_time", "endTime", "endTime"),
    ("duration_ms", "durationMs", "durationMs"),
    ("destination_status", "destinationStatus", "destinationStatus"),
    ("error_message", "taskErrorMessage", "invocationErrorMessage"),
    ("payload", "taskPayload", "invocationPayload"),
    ("return_payload", "returnPayload", "returnPayload"),
    ("already_retried_times", "alreadyRetriedTimes", "alreadyRetriedTimes"),
    ("request_id", "requestId", "requestId"),
    ("instance_id", "instanceId", "instanceId"),
)
NUMBERS = ("started_time", "end_time", "duration_ms", "already_retried_times")


def operate(given):
    """The outcome of the operation, with the task or the page that it returned."""
    deadline = time.monotonic() + given["timeout_ms"] / 1000
    request = given["request"]
    if request["operation"] != "wait":
        return one_exchange(given, request, deadline)
    pause = min(request.get("poll_ms", 1000), 1000) / 1000
    read, reads = dict(request, operation="get"), 0
    while True:
        answered, reads = one_exchange(given, read, deadline), reads + 1
        missing = answered["outcome"].get("code") in NOT_RECORDED and reads < EARLY_READS
        goes_on = "task" in answered and answered["task"].get("status") not in FINAL
        if not missing and not goes_on:
            return answered
        if time.monotonic() + pause > deadline:
            return {"outcome": {"kind": "transport_error", "class": "timeout"}}
        time.sleep(pause)


def one_exchange(given, request, deadline):
    """Signs and sends one request, and reads its response."""
    try:
        return read(request, given["revision"], *send(signed(given, request), deadline))
    except Failed as failure:
        return {"outcome": {"kind": "transport_error", "class": failure.kind}}


def signed(given, request):
    """The signed request of one operation."""
    revision, operation = given["revision"], request["operation"]
    newest = revision == NEWEST
    if newest and given["scheme"] != "acs3":
        raise Refused("revision 2023-03-30 requires the scheme acs3")
    service = "" if newest else "/services/" + quote(request["service"], safe="")
    path = "/" + revision + service + "/functions/" + quote(request["function"], safe="")
    path += "/async-tasks" if newest else "/stateful-async-invocations"
    if operation != "list":
        path += "/" + quote(request["task_id"], safe="")
    if operation == "stop" and newest:
        path += "/stop"
    query = "&".join(name + "=" + quote(value, safe="") for name, value in parameters(request, newest))
    url = given["endpoint"].rstrip("/") + path + ("?" + query if query else "")
    headers = []
    if given["scheme"] == "acs3":
        headers = [("x-acs-action", ACTIONS[operation][0 if newest else 1]), ("x-acs-version", revision)]
    whole = {"method": "PUT" if operation == "stop" else "GET", "url": url, "headers": headers, "body_b64": ""}
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    sign_input = SignInput(dict(whole, credentials=given["credentials"], time=now, nonce=uuid.uuid4().hex))
    if given["scheme"] == "acs3":
        whole["headers"] = headers + sign_acs3(sign_input)["headers"]
    else:
        whole["headers"] = sign_fc(sign_input, "api")["headers"] + [("Host", split_url(url)[0])]
    return whole


def parameters(request, newest):
    """The parameters that the caller set, in the form of the query."""
    names = (
        ("qualifier", "qualifier"),
        ("prefix", "prefix" if newest else "invocationIdPrefix"),
        ("status", "status"),
        ("started_time_begin", "startedTimeBegin"),
        ("started_time_end", "startedTimeEnd"),
        ("sort_order_by_time", "sortOrderByTime"),
        ("include_payload", "includePayload"),
        ("limit", "limit"),
        ("next_token", "nextToken"),
    )
    for key, name in names:
        value = request.get(key)
        if value is not None:
            yield name, str(value).lower() if isinstance(value, bool) else str(value)


def read(request, revision, status, headers, body):
    """The outcome of a response, with its task or page."""
    if not 200 <= status <= 299:
        return {"outcome": service_error(status, headers, body)}
    outcome = {"kind": "completed", "status": status}
    set_field(outcome, "request_id", first(headers, "x-fc-request-id"))
    if request["operation"] == "stop":
        return {"outcome": outcome}
    try:
        document = json.loads(body.decode())
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        reason = "expected a JSON object in the body"
        return {"outcome": {"kind": "bad_response", "status": status, "reason": reason}}
    if request["operation"] == "get":
        return {"outcome": outcome, "task": task(document, revision)}
    tasks = document.get("tasks" if revision == NEWEST else "invocations") or []
    page = {"outcome": outcome, "tasks": [task(one, revision) for one in tasks]}
    set_field(page, "next_token", document.get("nextToken"))
    return page


def task(document, revision):
    """A task with the fields that the service sent."""
    found = {}
    for field, newest, earlier in FIELDS:
        value = document.get(newest if revision == NEWEST else earlier)
        if isinstance(value, int if field in NUMBERS else str):
            found[field] = value
    return found
