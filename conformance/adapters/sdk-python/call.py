"""The input of a call, independent of the interface of the SDK."""

import base64
from urllib.parse import urlsplit


class Unsupported(Exception):
    """The SDK does not support the operation."""


class Call:
    """One invocation: the endpoint, the credentials and the input."""

    def __init__(self, endpoint, credentials, typed, seconds=None):
        url = urlsplit(endpoint)
        self.scheme = url.scheme
        self.authority = url.netloc
        self.access_key_id = credentials["access_key_id"]
        self.access_key_secret = credentials["access_key_secret"]
        self.security_token = credentials.get("security_token")
        self.service = typed.get("service")
        self.function = typed["function"]
        self.qualifier = typed.get("qualifier")
        self.invocation_type = typed.get("invocation_type")
        self.log_type = typed.get("log_type")
        self.task_id = typed.get("stateful_async_invocation_id")
        enable = typed.get("stateful_async_invocation_enable")
        self.task_enable = None if enable is None else str(enable).lower()
        self.account_id = typed.get("account_id")
        self.trace_id = typed.get("trace_id")
        self.headers = typed.get("headers") or []
        payload = typed.get("payload_b64")
        self.payload = None if payload is None else base64.b64decode(payload)
        # On a busy machine a case without a time limit must not time out.
        self.seconds = 30 if seconds is None else seconds
        # These occur only in recordings, not in cases.
        self.fc_date = None
        self.bearer_token = None
        self.signature_algorithm = None

    @classmethod
    def of(cls, given):
        """The call of a `build` or an `invoke`."""
        milliseconds = given.get("timeout_ms")
        seconds = None if milliseconds is None else milliseconds / 1000
        return cls(given["endpoint"], given["credentials"], given["input"], seconds)

    @classmethod
    def to_see_a_response(cls, invocation_type):
        """The plain call that `parse` uses."""
        credentials = {"access_key_id": "dummyAccessKeyId", "access_key_secret": "dummyAccessKeySecret"}
        typed = {"service": "demoService", "function": "demoFunction", "payload_b64": "e30="}
        if invocation_type == "Async":
            typed["invocation_type"] = "Async"
        return cls("http://service.invalid", credentials, typed)

    def headers_with(self, named):
        """`named` and the headers of the caller as a map; the last value of a name is used."""
        return dict({name: value for name, value in named.items() if value is not None}, **dict(self.headers))
