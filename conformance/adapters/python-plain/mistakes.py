"""Mistakes that this adapter makes on request.

Each one is drawn from a client library that made it. `adapter.py --break NAME`
switches one on, to show what the gate says about it. Every mistake is a single
line at the place where the right thing is done otherwise.
"""

MISTAKES = {
    "md5-of-hex": "signs the base64 of the MD5's hex text instead of the Content-MD5 header",
    "unsigned-token": "adds the security token after the signature was made",
    "unsorted-headers": "signs the x-fc- headers in the order in which they came",
    "no-resource-lf": "leaves out the LF after the path of an HTTP trigger without a query",
    "escaped-path": "signs the path as it is on the wire instead of the decoded one",
    "error-code-case": "reads ErrorCode, but not errorCode",
    "error-as-success": "takes a function error for a success",
    "raw-log-tail": "hands out the log tail without decoding it",
    "retries-invocation": "sends an invocation again after a 500 that it may have caused",
    "any-name": "does not look at the names before it sends them",
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
