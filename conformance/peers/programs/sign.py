"""Signs one request again and again with the signing function of an official Python SDK.

Reads the request as JSON, and writes the CPU time of one signature and the last signature as JSON.
"""

import json
import statistics
import sys
import time

WARM_UP, BATCHES, BATCH_NS = 0.3, 7, 30_000_000


def of_fc2(given):
    """`Auth.sign_request` of aliyun-fc2."""
    import fc2.auth

    auth = fc2.auth.Auth(given["access_key_id"], given["access_key_secret"], "")
    headers = dict(given["headers"])
    return lambda: auth.sign_request(given["method"], given["path"], headers, None)


def of_tea(given):
    """`Utils.get_authorization` of alibabacloud-tea-openapi, which takes the digest of the payload."""
    from alibabacloud_tea_openapi.utils import Utils
    from darabonba.request import DaraRequest

    request = DaraRequest()
    request.method, request.pathname, request.query = given["method"], given["path"], {}
    request.headers = dict(given["headers"])
    digest = request.headers["x-acs-content-sha256"]
    keys = given["access_key_id"], given["access_key_secret"]
    return lambda: Utils.get_authorization(request, "ACS3-HMAC-SHA256", digest, *keys)


def nanoseconds(sign):
    end, count = time.process_time() + WARM_UP, 0
    while time.process_time() < end:
        sign()
        count += 1
    count = max(1, int(count * BATCH_NS / WARM_UP / 1e9))
    batches = []
    for _ in range(BATCHES):
        start = time.process_time_ns()
        for _ in range(count):
            sign()
        batches.append((time.process_time_ns() - start) / count)
    return statistics.median(batches)


def main():
    given = json.load(sys.stdin)
    sign = {"FC": of_fc2, "ACS3": of_tea}[given["scheme"]](given)
    print(json.dumps({"nanoseconds": nanoseconds(sign), "authorization": sign()}))


main()
