"""The OpenAPI core of both generated SDKs, which signs with `ACS3-HMAC-SHA256`.

Replaced: `Utils.get_timestamp`, `Utils.get_date_utcstring` and `Utils.get_nonce` of
`alibabacloud_tea_openapi.utils`.
"""

from urllib.parse import parse_qsl, urlsplit

import clock
import outcomes

from alibabacloud_tea_openapi import exceptions, utils_models
from alibabacloud_tea_openapi.utils import Utils
from darabonba.request import DaraRequest

SCHEME = "acs3"
ALGORITHM = "ACS3-HMAC-SHA256"
CAPS = (
    "sign.acs3 build parse invoke "
    "invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id cred.sts "
    "outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error "
    "clock.own tasks"
)
LACKS = (
    "sign.added-headers sign.encoded-urls sign.repeated-keys build.repeated-headers "
    "outcome.error-request-id outcome.log-decoding function-error.error-status parse.foreign-bodies"
)

_timestamp, _date, _nonce = Utils.get_timestamp, Utils.get_date_utcstring, Utils.get_nonce
Utils.get_timestamp = staticmethod(lambda: clock.timestamp(_timestamp))
Utils.get_date_utcstring = staticmethod(lambda: clock.http_date(_date))
Utils.get_nonce = staticmethod(lambda: clock.nonce(_nonce))


def config_of(call):
    """The options of a client without TLS; the signed host stays the same."""
    keys = {
        "access_key_id": call.access_key_id,
        "access_key_secret": call.access_key_secret,
        "security_token": call.security_token,
    }
    if call.bearer_token:
        keys = {"bearer_token": call.bearer_token, "type": "bearer"}
    return utils_models.Config(
        **keys,
        signature_algorithm=call.signature_algorithm,
        endpoint=call.authority,
        protocol="http",
    )


def runtime_of(call, options):
    """The time limits of a call, in an object of the class `options`."""
    runtime = options()
    runtime.connect_timeout = runtime.read_timeout = int(call.seconds * 1000)
    return runtime


def outcome_of(_call, returned, raised):
    """A response with status, headers and body, or an exception of the core."""
    if raised is None:
        kind = "accepted" if returned.status_code == 202 else "completed"
        body = returned.body
        payload = body.read() if hasattr(body, "read") else body
        return outcomes.returned(kind, returned.status_code, returned.headers, payload)
    if isinstance(raised, exceptions.AlibabaCloudException):
        # `data` is the error body; a missing code or request id is the text "None" in its attribute.
        document = raised.data or {}
        has = lambda *names: any(document.get(name) for name in names)  # noqa: E731
        outcome = {"kind": "service_error"}
        outcomes.set_field(outcome, "status", raised.status_code)
        code = raised.code if has("Code", "code") else document.get("ErrorCode") or document.get("errorCode")
        message = _message(raised)
        if not has("Message", "message"):
            message = document.get("ErrorMessage") or document.get("errorMessage")
        outcomes.set_field(outcome, "code", code)
        outcomes.set_field(outcome, "request_id", raised.request_id if has("RequestId", "requestId") else None)
        outcomes.set_field(outcome, "message", message)
        return outcome
    inner = getattr(raised, "inner_exception", None) or raised
    return outcomes.transport(inner) or outcomes.unreadable(inner)


def _message(raised):
    """The message without the text that the core adds around it."""
    before, after = "code: %s, " % raised.status_code, " request id: %s" % raised.request_id
    message = raised.message or ""
    if message.startswith(before) and message.endswith(after):
        return message[len(before) : len(message) - len(after)]
    return message


def sign(given):
    """`Utils.get_authorization` over the given headers; it adds none."""
    url = urlsplit(given["url"])
    named = {name.lower(): value for name, value in given["headers"]}
    request = DaraRequest()
    request.method = given["method"]
    request.pathname = url.path or "/"
    request.query = dict(parse_qsl(url.query, keep_blank_values=True))
    # The caller of the signing function passes every header; the host is that of the URL.
    request.headers = dict({"host": url.netloc}, **named)
    credentials = given["credentials"]
    key = (credentials["access_key_id"], credentials["access_key_secret"])
    authorization = Utils.get_authorization(request, ALGORITHM, named["x-acs-content-sha256"], *key)
    return {"headers": [["Authorization", authorization]]}
