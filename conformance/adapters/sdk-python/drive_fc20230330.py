"""alibabacloud-fc20230330: revision 2023-03-30, signed by `ACS3-HMAC-SHA256`.

The same code drives every release, also for `cargo xtask history`. A release without a parameter or an operation does not
declare its capability.
"""

import inspect

import drive_tea as tea
from call import Unsupported

from alibabacloud_fc20230330 import client as sdk
from alibabacloud_fc20230330 import models
from darabonba.runtime import RuntimeOptions

NAME = "alibabacloud-fc20230330"
PACKAGE = "alibabacloud-fc20230330"
REVISION = "2023-03-30"
SCHEME = tea.SCHEME


def _has(model, parameter):
    return parameter in inspect.signature(model.__init__).parameters


# Since 4.0.0.
HAS_TASK_ID = _has(models.InvokeFunctionHeaders, "x_fc_async_task_id")
# Since 4.1.0.
HAS_TASKS = hasattr(sdk.Client, "get_async_task_with_options")
# 1.0.0 names the payload `request`.
PAYLOAD = "body" if _has(models.InvokeFunctionRequest, "body") else "request"
_MISSING = {name for name, has in {"invoke.stateful": HAS_TASK_ID, "tasks": HAS_TASKS}.items() if not has}
CAPS = " ".join(cap for cap in tea.CAPS.split() if cap not in _MISSING)
LACKS = tea.LACKS
sign = tea.sign
outcome_of = tea.outcome_of
# The names of the tasks of a list, and of the texts of a task that the other revision names differently.
TASKS = "tasks"
TASK_TEXTS = {"task_id": "task_id", "error_message": "task_error_message", "payload": "task_payload"}


def invoke(call):
    """`Client.invoke_function_with_options`; account and trace have no option and are set as headers."""
    named = {
        "X-Fc-Account-Id": call.account_id,
        "X-Fc-Date": call.fc_date,
        "X-Fc-Trace-Id": call.trace_id,
        "X-Fc-Stateful-Async-Invocation-Enable": call.task_enable,
    }
    if call.task_id is not None and not HAS_TASK_ID:
        raise Unsupported("invoke.stateful")
    headers = models.InvokeFunctionHeaders(
        common_headers=call.headers_with(named) or None,
        x_fc_invocation_type=call.invocation_type,
        x_fc_log_type=call.log_type,
        **({"x_fc_async_task_id": call.task_id} if HAS_TASK_ID else {}),
    )
    request = models.InvokeFunctionRequest(qualifier=call.qualifier, **{PAYLOAD: call.payload})
    client = sdk.Client(tea.config_of(call))
    runtime = tea.runtime_of(call, RuntimeOptions)
    return client.invoke_function_with_options(call.function, request, headers, runtime)


def task(call):
    """`Client.get_async_task_with_options`, `list_async_tasks_with_options` or `stop_async_task_with_options`."""
    if not HAS_TASKS:
        raise Unsupported("tasks")
    client = sdk.Client(tea.config_of(call))
    runtime = tea.runtime_of(call, RuntimeOptions)
    if call.operation == "list":
        request = models.ListAsyncTasksRequest(prefix=call.prefix, **call.filters)
        return client.list_async_tasks_with_options(call.function, request, {}, runtime)
    if call.operation == "stop":
        request = models.StopAsyncTaskRequest(qualifier=call.qualifier)
        return client.stop_async_task_with_options(call.function, call.task_id, request, {}, runtime)
    request = models.GetAsyncTaskRequest(qualifier=call.qualifier)
    return client.get_async_task_with_options(call.function, call.task_id, request, {}, runtime)
