"""Tests of an application that calls functions."""

import io
import json
from urllib.request import urlopen

import pytest
from alibabacloud_fc20230330 import client, models
from alibabacloud_tea_openapi import models as openapi
from alibabacloud_tea_util import models as util


@pytest.fixture
def functions(function_compute):
    """The client of the application. Only the endpoint and the keys differ from those of the service."""
    config = openapi.Config(
        access_key_id=function_compute["access_key_id"],
        access_key_secret=function_compute["access_key_secret"],
        endpoint=function_compute["address"],
        protocol="http",
        region_id=function_compute["region"],
    )
    return client.Client(config)


def call(functions, name, payload, **headers):
    request = models.InvokeFunctionRequest(body=io.BytesIO(payload))
    headers = models.InvokeFunctionHeaders(**headers)
    return functions.invoke_function_with_options(name, request, headers, util.RuntimeOptions())


def test_a_command_answers(functions):
    answer = call(functions, "small", b"HELLO", x_fc_log_type="Tail")
    assert answer.body.read() == b"hello"
    assert "x-fc-log-result" in answer.headers


def test_a_server_answers(functions):
    assert call(functions, "capitals", b"hello").body.read() == b"HELLO"


def test_the_application_tries_again_while_the_service_is_busy(functions):
    for _ in range(2):
        with pytest.raises(Exception, match="ResourceExhausted"):
            call(functions, "flaky", b"{}")
    assert json.load(call(functions, "flaky", b"{}").body) == {"state": "done"}


def test_what_was_called(functions, function_compute):
    call(functions, "small", b"LATER", x_fc_invocation_type="Async")
    calls = json.load(urlopen(function_compute["control_url"] + "/calls?function=small"))["calls"]
    assert calls[-1]["kind"] == "Async"
    assert calls[-1]["payload"]["text"] == "LATER"
