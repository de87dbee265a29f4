"""Calls functions of `fcgate serve` with an official Python SDK, and prints the result of each call.

    python python.py SDK http://127.0.0.1:PORT FUNCTION...

One line per call: the function, `ok` or `error`, and the payload or the error code. For an endpoint with https,
REQUESTS_CA_BUNDLE names the file with the CA certificate of `fcgate serve --tls`.
"""

import io
import os
import sys

KEY_ID, SECRET = "LTAI5dummyAccessKeyId", "dummySecretForLoopbackOnly"
PAYLOAD = b'{"key":"value"}'


def by_fc2(endpoint):
    import logging

    import fc2

    logging.disable()
    client = fc2.Client(endpoint=endpoint, accessKeyID=KEY_ID, accessKeySecret=SECRET)

    def call(function):
        try:
            return client.invoke_function("demoService", function, payload=PAYLOAD, qualifier="LATEST").data
        except fc2.FcError as error:
            raise Refused(error.err_code or error.status_code) from error

    return call


def by_tea(endpoint, has_service):
    from alibabacloud_tea_openapi import models as openapi
    from alibabacloud_tea_util import models as util

    if has_service:
        from alibabacloud_fc_open20210406 import client, models
    else:
        from alibabacloud_fc20230330 import client, models
    config = openapi.Config(access_key_id=KEY_ID, access_key_secret=SECRET, region_id="cn-hangzhou")
    config.protocol, _, config.endpoint = endpoint.partition("://")
    # These clients do not read the variable themselves.
    config.ca = os.environ.get("REQUESTS_CA_BUNDLE")
    sdk = client.Client(config)

    def call(function):
        body = PAYLOAD if has_service else io.BytesIO(PAYLOAD)
        request = models.InvokeFunctionRequest(body=body, qualifier="LATEST")
        names = ["demoService", function] if has_service else [function]
        try:
            answer = sdk.invoke_function_with_options(
                *names, request, models.InvokeFunctionHeaders(), util.RuntimeOptions()
            )
        except Exception as error:
            raise Refused(getattr(error, "code", type(error).__name__)) from error
        return answer.body.read() if hasattr(answer.body, "read") else answer.body

    return call


class Refused(Exception):
    pass


def main(sdk, endpoint, functions):
    call = {
        "python-fc2": lambda: by_fc2(endpoint),
        "python-fc-open20210406": lambda: by_tea(endpoint, True),
        "python-fc20230330": lambda: by_tea(endpoint, False),
    }[sdk]()
    for function in functions:
        try:
            print(function, "ok", call(function).decode())
        except Refused as error:
            print(function, "error", error)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
