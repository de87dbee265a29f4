"""Invokes functions of `fcgate serve` asynchronously with an official Python SDK, and reads, lists and stops their tasks.

    python tasks.py SDK http://127.0.0.1:PORT [aio]

One line per call. With `aio` the asynchronous methods of the SDK make the calls. REQUESTS_CA_BUNDLE is read as in
python.py.
"""

import asyncio
import io
import os
import sys

from alibabacloud_tea_openapi import models as openapi
from alibabacloud_tea_util import models as util

KEY_ID, SECRET = "LTAI5dummyAccessKeyId", "dummySecretForLoopbackOnly"
PAYLOAD = b'{"key":"value"}'


class Tasks:
    """The operations of one revision."""

    def __init__(self, endpoint, is_older, is_aio):
        if is_older:
            from alibabacloud_fc_open20210406 import client, models
        else:
            from alibabacloud_fc20230330 import client, models
        config = openapi.Config(access_key_id=KEY_ID, access_key_secret=SECRET, region_id="cn-hangzhou")
        config.protocol, _, config.endpoint = endpoint.partition("://")
        config.ca = os.environ.get("REQUESTS_CA_BUNDLE")
        self.client, self.models = client.Client(config), models
        self.is_older, self.is_aio = is_older, is_aio
        self.names = ["demoService"] if is_older else []

    def call(self, method, *arguments):
        name = method + ("_with_options_async" if self.is_aio else "_with_options")
        result = getattr(self.client, name)(*self.names, *arguments, util.RuntimeOptions())
        return asyncio.run(result) if self.is_aio else result

    def headers(self, operation):
        return getattr(self.models, operation + "Headers")() if self.is_older else {}

    def invoke(self, function, task):
        headers = self.models.InvokeFunctionHeaders()
        headers.x_fc_invocation_type = "Async"
        if self.is_older:
            headers.x_fc_stateful_async_invocation_id = task
        else:
            headers.x_fc_async_task_id = task
        # The asynchronous methods fail for the declared type of 2023-03-30, a stream.
        body = PAYLOAD if self.is_older or self.is_aio else io.BytesIO(PAYLOAD)
        request = self.models.InvokeFunctionRequest(body=body)
        return self.call("invoke_function", function, request, headers).status_code

    def get(self, function, task):
        operation = "GetStatefulAsyncInvocation" if self.is_older else "GetAsyncTask"
        method = "get_stateful_async_invocation" if self.is_older else "get_async_task"
        request = getattr(self.models, operation + "Request")()
        found = self.call(method, function, task, request, self.headers(operation)).body
        return found.status, found.return_payload or ""

    def stop(self, function, task):
        operation = "StopStatefulAsyncInvocation" if self.is_older else "StopAsyncTask"
        method = "stop_stateful_async_invocation" if self.is_older else "stop_async_task"
        request = getattr(self.models, operation + "Request")()
        return self.call(method, function, task, request, self.headers(operation)).status_code

    def list(self, function, token):
        operation = "ListStatefulAsyncInvocations" if self.is_older else "ListAsyncTasks"
        method = "list_stateful_async_invocations" if self.is_older else "list_async_tasks"
        values = {"include_payload": True, "limit": 1, "next_token": token, "sort_order_by_time": "asc"}
        request = getattr(self.models, operation + "Request")(**values)
        page = self.call(method, function, request, self.headers(operation)).body
        if self.is_older:
            return [(one.invocation_id, one.invocation_payload) for one in page.invocations], page.next_token
        return [(one.task_id, one.task_payload) for one in page.tasks], page.next_token


def run(tasks):
    def show(title, call):
        try:
            result = call()
        except Exception as error:
            result = getattr(error, "code", type(error).__name__)
        words = result if isinstance(result, tuple) else (result,)
        print(title, *[word for word in words if word != ""])

    for function, task in [("echo", "t1"), ("echo", "t1"), ("echo", "t2"), ("task-endless", "t3")]:
        show(f"invoke {task}", lambda: tasks.invoke(function, task))
    for _ in range(3):
        show("get t1", lambda: tasks.get("echo", "t1"))
    show("get t9", lambda: tasks.get("echo", "t9"))
    token = ""
    while token is not None:
        page, token = tasks.list("echo", token)
        for task, payload in page:
            print("list", task, payload)
    show("stop t3", lambda: tasks.stop("task-endless", "t3"))
    show("get t3", lambda: tasks.get("task-endless", "t3"))
    show("get t3", lambda: tasks.get("task-endless", "t3"))
    show("stop t1", lambda: tasks.stop("echo", "t1"))


run(Tasks(sys.argv[2], "open" in sys.argv[1], sys.argv[3:] == ["aio"]))
