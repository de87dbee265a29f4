"""The time and the nonce of a case, for the SDK modules that have no way to be given them.

Nothing of signing is replaced: an SDK asks here instead of asking the system, and only where its
own module says `now` or `nonce`. Each module that drives an SDK names what it has replaced.
"""

import calendar
import email.utils
import time

from call import Unsupported

_held = {"time": None, "nonce": None}


def hold(at, nonce):
    """From here on the time is `at`, an RFC 3339 text, and the nonce is `nonce`."""
    if nonce is not None and not (nonce.isascii() and nonce.isprintable() and nonce):
        raise Unsupported("a nonce that cannot be sent: the SDK makes its own")
    try:
        parsed = time.strptime(at, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise Unsupported("a time that no clock tells") from None
    _held["time"] = calendar.timegm(parsed)
    _held["nonce"] = nonce


def run():
    """From here on the time is the system's, and nonces are the SDK's own."""
    _held["time"] = _held["nonce"] = None


def http_date(original):
    """The time as a `Date` header has it; `original` where none is held."""
    at = _held["time"]
    return original() if at is None else email.utils.formatdate(at, usegmt=True)


def timestamp(original):
    """The time as `x-acs-date` has it."""
    at = _held["time"]
    return original() if at is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def nonce(original):
    """The nonce."""
    held = _held["nonce"]
    return original() if held is None else held
