"""alibabacloud-fc-open20210406: revision 2021-04-06, signed by `ACS3-HMAC-SHA256`."""

import drive_tea as tea

from alibabacloud_fc_open20210406 import client as sdk
from alibabacloud_fc_open20210406 import models
from alibabacloud_tea_util import models as util_models

NAME = "alibabacloud-fc-open20210406"
PACKAGE = "alibabacloud_fc-open20210406"
REVISION = "2021-04-06"
SCHEME = tea.SCHEME
CAPS = tea.CAPS
sign = tea.sign
outcome_of = tea.outcome_of


def invoke(call):
    """`Client.invoke_function_with_options`, every option by its own field."""
    headers = models.InvokeFunctionHeaders(
        common_headers=call.free_headers() or None,
        x_fc_account_id=call.account_id,
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
