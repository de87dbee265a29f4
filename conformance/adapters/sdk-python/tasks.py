"""The command `task`: an operation on asynchronous tasks, and the tasks that the SDK returns."""

import loopback
import outcomes
from call import Call, Unsupported

OPERATIONS = ("get", "list", "stop")
# The parameters of a list that both revisions name alike.
FILTERS = (
    "qualifier",
    "status",
    "started_time_begin",
    "started_time_end",
    "sort_order_by_time",
    "include_payload",
    "limit",
    "next_token",
)
TEXTS = ("qualifier", "status", "destination_status", "return_payload", "request_id", "instance_id")
NUMBERS = ("started_time", "end_time", "duration_ms", "already_retried_times")


class TaskCall(Call):
    """One operation on tasks: the endpoint, the credentials and the parameters."""

    def __init__(self, given):
        asked = given["request"]
        super().__init__(given["endpoint"], given["credentials"], asked, given["timeout_ms"] / 1000)
        self.operation = asked["operation"]
        self.task_id = asked.get("task_id")
        self.prefix = asked.get("prefix")
        self.filters = {name: asked[name] for name in FILTERS if name in asked}


def perform(sdk, given):
    """A real exchange with the endpoint of the case."""
    if given["request"]["operation"] not in OPERATIONS:
        raise Unsupported("tasks." + given["request"]["operation"])
    call = TaskCall(given)
    exchange = loopback.directly(lambda: sdk.task(call))
    if exchange.raised is not None:
        return {"outcome": sdk.outcome_of(call, None, exchange.raised)}
    return _returned(sdk, call.operation, exchange.returned)


def _returned(sdk, operation, returned):
    """What a returned response gives to the caller; a stop has no body."""
    outcome = {"kind": "completed"}
    outcomes.set_field(outcome, "status", returned.status_code)
    outcomes.set_field(outcome, "request_id", (returned.headers or {}).get("x-fc-request-id"))
    output = {"outcome": outcome}
    body = None if operation == "stop" else returned.body
    if body is None:
        return output
    if operation == "get":
        return dict(output, task=_task(sdk, body))
    found = getattr(body, sdk.TASKS)
    if found is not None:
        output["tasks"] = [_task(sdk, one) for one in found]
    if isinstance(body.next_token, str):
        output["next_token"] = body.next_token
    return output


def _task(sdk, found):
    """The fields of a task that are texts and numbers, as the SDK declares them."""
    names = dict({name: name for name in TEXTS}, **sdk.TASK_TEXTS)
    texts = {name: getattr(found, of_sdk) for name, of_sdk in names.items()}
    numbers = {name: getattr(found, name) for name in NUMBERS}
    task = {name: text for name, text in texts.items() if isinstance(text, str)}
    return dict(task, **{name: number for name, number in numbers.items() if type(number) is int})
