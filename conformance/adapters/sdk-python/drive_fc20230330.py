"""alibabacloud-fc20230330: revision 2023-03-30, signed by `ACS3-HMAC-SHA256`."""

import drive_tea as tea

from alibabacloud_fc20230330 import client as sdk
from alibabacloud_fc20230330 import models
from darabonba.runtime import RuntimeOptions

NAME = "alibabacloud-fc20230330"
PACKAGE = "alibabacloud-fc20230330"
REVISION = "2023-03-30"
SCHEME = tea.SCHEME
CAPS = tea.CAPS
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
    headers = models.InvokeFunctionHeaders(
        common_headers=call.headers_with(named) or None,
        x_fc_async_task_id=call.task_id,
        x_fc_invocation_type=call.invocation_type,
        x_fc_log_type=call.log_type,
    )
    request = models.InvokeFunctionRequest(qualifier=call.qualifier, body=call.payload)
    client = sdk.Client(tea.config_of(call))
    runtime = tea.runtime_of(call, RuntimeOptions)
    return client.invoke_function_with_options(call.function, request, headers, runtime)


def task(call):
    """`Client.get_async_task_with_options`, `list_async_tasks_with_options` or `stop_async_task_with_options`."""
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
