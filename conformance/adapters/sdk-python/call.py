"""What is asked of an SDK, whatever its interface."""

import base64
from urllib.parse import urlsplit


class Unsupported(Exception):
    """What was asked for is not in this SDK."""


class Call:
    """One invocation: where to, with which key, and what the caller sets."""

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
        # A busy machine must not make a time-out of a case that is not about one.
        self.seconds = 30 if seconds is None else seconds
        # Only recordings have these: what no case asks for.
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
        """The plain call that a `parse` makes."""
        credentials = {"access_key_id": "dummyAccessKeyId", "access_key_secret": "dummyAccessKeySecret"}
        typed = {"service": "demoService", "function": "demoFunction", "payload_b64": "e30="}
        if invocation_type == "Async":
            typed["invocation_type"] = "Async"
        return cls("http://service.invalid", credentials, typed)

    def headers_with(self, named):
        """`named` and the caller's own headers as the map that every SDK here takes: the last of a name counts."""
        return dict({name: value for name, value in named.items() if value is not None}, **dict(self.headers))
