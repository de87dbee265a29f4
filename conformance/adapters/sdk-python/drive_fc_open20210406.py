"""alibabacloud-fc-open20210406: revision 2021-04-06, signed by `ACS3-HMAC-SHA256`.

Replaced, for calls of HTTP triggers: `email` of `alibabacloud_gateway_fc_util.client`, for its `utils.formatdate`.
"""

import email
import types
from urllib.parse import urlencode

import clock
import drive_tea as tea

from alibabacloud_fc_open20210406 import client as sdk
from alibabacloud_fc_open20210406 import models
from alibabacloud_gateway_fc_util import client as gateway
from alibabacloud_tea_util import models as util_models

NAME = "alibabacloud-fc-open20210406"
PACKAGE = "alibabacloud_fc-open20210406"
REVISION = "2021-04-06"
SCHEME = tea.SCHEME
CAPS = tea.CAPS
LACKS = tea.LACKS
sign = tea.sign
outcome_of = tea.outcome_of
# The names of the tasks of a list, and of the texts of a task that the other revision names differently.
TASKS = "invocations"
TASK_TEXTS = {
    "task_id": "invocation_id",
    "error_message": "invocation_error_message",
    "payload": "invocation_payload",
}


def _format_date(**_options):
    return clock.http_date(lambda: email.utils.formatdate(usegmt=True))


gateway.email = types.SimpleNamespace(utils=types.SimpleNamespace(formatdate=_format_date))


def invoke(call):
    """`Client.invoke_function_with_options`, with one field for each option."""
    headers = models.InvokeFunctionHeaders(
        common_headers=call.headers_with({}) or None,
        x_fc_account_id=call.account_id,
        x_fc_date=call.fc_date,
        x_fc_invocation_type=call.invocation_type,
        x_fc_log_type=call.log_type,
        x_fc_stateful_async_invocation_enable=call.task_enable,
        x_fc_stateful_async_invocation_id=call.task_id,
        x_fc_trace_id=call.trace_id,
    )
    request = models.InvokeFunctionRequest(qualifier=call.qualifier, body=call.payload)
    client = sdk.Client(tea.config_of(call))
    runtime = tea.runtime_of(call, util_models.RuntimeOptions)
    return client.invoke_function_with_options(call.service, call.function, request, headers, runtime)


def task(call):
    """`Client.get_`, `list_` or `stop_stateful_async_invocation(s)_with_options`."""
    client = sdk.Client(tea.config_of(call))
    runtime = tea.runtime_of(call, util_models.RuntimeOptions)
    names = (call.service, call.function)
    if call.operation == "list":
        request = models.ListStatefulAsyncInvocationsRequest(invocation_id_prefix=call.prefix, **call.filters)
        headers = models.ListStatefulAsyncInvocationsHeaders()
        return client.list_stateful_async_invocations_with_options(*names, request, headers, runtime)
    if call.operation == "stop":
        request = models.StopStatefulAsyncInvocationRequest(qualifier=call.qualifier)
        headers = models.StopStatefulAsyncInvocationHeaders()
        return client.stop_stateful_async_invocation_with_options(*names, call.task_id, request, headers, runtime)
    request = models.GetStatefulAsyncInvocationRequest(qualifier=call.qualifier)
    headers = models.GetStatefulAsyncInvocationHeaders()
    return client.get_stateful_async_invocation_with_options(*names, call.task_id, request, headers, runtime)


def trigger(call):
    """`Client.invoke_httptrigger`, with a complete URL."""
    url = "http://%s/2016-08-15/proxy/%s/%s%s" % (call.authority, call.service, call.function, call.path)
    if call.query:
        url += "?" + urlencode(call.query)
    client = sdk.Client(tea.config_of(call))
    send = client.invoke_anonymous_httptrigger if call.anonymous else client.invoke_httptrigger
    return send(url, call.method, call.payload, call.headers_with({}))
