"""Sets the time and the nonce of a case for SDK modules that do not accept them as arguments.

Signing is not replaced: an SDK reads the time and the nonce here instead of from the system. Each driver
lists the functions that it replaces.
"""

import calendar
import email.utils
import time

from call import Unsupported

_held = {"time": None, "nonce": None}


def hold(at, nonce):
    """Sets the time to `at`, an RFC 3339 text, and the nonce to `nonce`."""
    if nonce is not None and not (nonce.isascii() and nonce.isprintable() and nonce):
        raise Unsupported("an invalid nonce: the SDK makes its own")
    try:
        parsed = time.strptime(at, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise Unsupported("a time that does not exist: the SDK reads its own clock") from None
    _held["time"] = calendar.timegm(parsed)
    _held["nonce"] = nonce


def run():
    """Restores the time of the system and the nonces of the SDK."""
    _held["time"] = _held["nonce"] = None


def http_date(original):
    """The time in the form of a `Date` header; the result of `original` if no time is set."""
    at = _held["time"]
    return original() if at is None else email.utils.formatdate(at, usegmt=True)


def timestamp(original):
    """The time in the form of `x-acs-date`."""
    at = _held["time"]
    return original() if at is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def nonce(original):
    """The nonce."""
    held = _held["nonce"]
    return original() if held is None else held
