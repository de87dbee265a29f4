"""Mistakes that this adapter makes on request.

Each was found in a client library. `adapter.py --break NAME`
enables one, to show the report of the gate. Every mistake is a single
line next to the correct code.
"""

MISTAKES = {
    "md5-of-hex": "signs the base64 of the MD5's hex text instead of the Content-MD5 header",
    "unsigned-token": "adds the security token after the signature was made",
    "unsorted-headers": "signs the x-fc- headers in the order of arrival",
    "no-resource-lf": "leaves out the LF after the path of an HTTP trigger without a query",
    "escaped-path": "signs the path as it is on the wire instead of the decoded one",
    "error-code-case": "reads errorCode, but not ErrorCode",
    "error-as-success": "returns a function error as a success",
    "raw-log-tail": "returns the log tail without decoding it",
    "retries-invocation": "retries an invocation after a 500, although the function may have run",
    "any-name": "sends names without checking them",
    "follows-redirects": "sends the request again, signature and token included, to the address that a redirect names",
    "cut-body-as-complete": "returns what has arrived of a body whose end is missing",
    "tripled-limit": "waits three times as long as the time limit",
    "header-injection": "sends header values with line breaks, so that a value adds headers",
    "logs-authorization": "logs the Authorization header to stderr",
    "no-payload": "invokes without the payload",
    "no-options": "invokes without the qualifier, the options and the headers of the caller",
    "empty-second-attempt": "sends a further attempt without the payload",
    "length-in-characters": "sends the number of characters of the payload as Content-Length",
    "stopped-clock": "signs an invocation with the start of 1970 as its time",
    "same-nonce": "signs every invocation with the same nonce",
}

_chosen = set()


def choose(name):
    """Switches the mistake called `name` on."""
    if name not in MISTAKES:
        raise KeyError(name)
    _chosen.add(name)


def made(name):
    """Whether the mistake called `name` is switched on."""
    assert name in MISTAKES, name
    return name in _chosen
