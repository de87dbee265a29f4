"""aliyun-fc2: revision 2016-08-15, signed by the `FC` scheme.

Replaced: `fc2.client.email`; the SDK uses its `utils.formatdate` for the `date`.
"""

import email
import json
import types
from urllib.parse import urlsplit

import clock
import outcomes
from call import Unsupported

import fc2
import fc2.auth
import fc2.client
import fc2.fc_exceptions

NAME = "aliyun-fc2"
PACKAGE = "aliyun-fc2"
REVISION = "2016-08-15"
SCHEME = "fc"
CAPS = (
    "sign.fc sign.fc.http-trigger build parse invoke "
    "invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id cred.sts "
    "outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error "
    "clock.own"
)
LACKS = (
    "sign.added-headers sign.encoded-urls build.repeated-headers "
    "outcome.success-status outcome.error-type outcome.failure-payload outcome.failure-figures outcome.log-decoding "
    "function-error.error-status parse.code-bodies parse.lower-camel-bodies parse.foreign-bodies"
)


def _format_date(**_options):
    return clock.http_date(lambda: email.utils.formatdate(usegmt=True))


fc2.client.email = types.SimpleNamespace(utils=types.SimpleNamespace(formatdate=_format_date))


def invoke(call):
    """`Client.invoke_function`; this SDK has headers instead of options, except for the qualifier."""
    named = {
        "x-fc-invocation-type": call.invocation_type,
        "x-fc-log-type": call.log_type,
        "x-fc-stateful-async-invocation-enable": call.task_enable,
        "x-fc-stateful-async-invocation-id": call.task_id,
        "x-fc-account-id": call.account_id,
        "x-fc-trace-id": call.trace_id,
        "x-fc-date": call.fc_date,
    }
    headers = call.headers_with(named)
    return _client(call).invoke_function(
        call.service, call.function, payload=call.payload, headers=headers, qualifier=call.qualifier
    )


def trigger(call):
    """`Client.do_http_request`."""
    return _client(call).do_http_request(
        call.method, call.service, call.function, call.path, headers=call.headers_with({}), params=dict(call.query),
        body=call.payload,
    )  # fmt: skip


def _client(call):
    # HTTPS would require a certificate; plain HTTP does not change the signed host and path.
    options = {
        "endpoint": "http://" + call.authority,
        "accessKeyID": call.access_key_id,
        "accessKeySecret": call.access_key_secret,
        "securityToken": call.security_token or "",
        "Timeout": call.seconds,
    }
    return fc2.Client(**options)


def outcome_of(call, returned, raised):
    """The SDK returns headers and data without a status, and raises `FcError`."""
    if raised is None:
        # There is no status: for an asynchronous call, any return value is an acceptance.
        kind = "accepted" if call.invocation_type == "Async" else "completed"
        return outcomes.returned(kind, None, returned.headers, returned.data)
    if not isinstance(raised, fc2.fc_exceptions.FcError):
        return outcomes.transport(raised) or outcomes.unreadable(raised)
    outcome = {"kind": "service_error" if raised.status_code >= 400 else "function_error"}
    outcomes.set_field(outcome, "status", raised.status_code)
    outcomes.set_field(outcome, "request_id", raised.request_id if raised.request_id != "unknown" else None)
    if outcome["kind"] == "service_error":
        outcomes.set_field(outcome, "code", raised.err_code)
        # `message` is the JSON text of the error; the message is one of its members.
        message = json.loads(raised.message).get("ErrorMessage")
        outcomes.set_field(outcome, "message", message if isinstance(message, str) else None)
    return outcome


def sign(given):
    """`Auth.sign_request`, which takes a decoded path and decoded pairs and adds no header."""
    kind = given.get("kind", "api")
    if kind == "presigned-url":
        raise Unsupported("sign.fc.presigned-url")
    url = urlsplit(given["url"])
    credentials = given["credentials"]
    auth = fc2.auth.Auth(
        credentials["access_key_id"], credentials["access_key_secret"], credentials.get("security_token", "")
    )
    headers = {name.lower(): value for name, value in given["headers"]}
    queries = _pairs(url.query) if kind == "http-trigger" else None
    signature = auth.sign_request(given["method"], url.path or "/", headers, queries)
    return {"headers": [["Authorization", signature]]}


def _pairs(query):
    """The query as a map for `do_http_request`; a key without an equals sign has no values."""
    pairs = {}
    for piece in filter(None, query.split("&")):
        key, equals, value = piece.partition("=")
        values = pairs.setdefault(key, [])
        if equals:
            values.append(value)
    return pairs
