"""The two signature schemes: `FC` and `ACS3-HMAC-SHA256`.

Signed texts are bytes, because a path may decode to bytes that are not valid text.
`Refused` means that the input is invalid.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime, timezone
from email.utils import format_datetime
from urllib.parse import quote, unquote_to_bytes

from mistakes import made

CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z", re.ASCII)
URL = re.compile(r"(https?)://([^/?#]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE)
KEY_ID = re.compile(r"[!-+\--9;-~]+")  # Visible ASCII without comma and colon, which end an id.
ONCE = ("content-md5", "content-type", "date", "host", "x-fc-date")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class Refused(Exception):
    """The input is refused; nothing was signed or sent."""


def clean(what, value):
    """`value`, if it is a text without control bytes; tabs are allowed."""
    if not isinstance(value, str) or (CONTROL.search(value) and not (made("header-injection") and "header" in what)):
        raise Refused(what + " must be a text without control bytes")
    return value


def read_time(text):
    """The moment in `text`, which must look like 2022-05-11T09:00:00Z."""
    match = TIME.fullmatch(text) if isinstance(text, str) else None
    if not match:
        raise Refused("invalid time; expected the form 2022-05-11T09:00:00Z")
    try:
        return datetime(*map(int, match.groups()), tzinfo=timezone.utc)
    except ValueError:
        raise Refused("the time does not exist: " + text) from None


def split_url(url):
    """Authority, path and query of `url`, as they are on the wire."""
    match = URL.fullmatch(clean("the URL", url))
    if not match or re.search(r"[ \t]", url):
        raise Refused("invalid URL; expected a percent-encoded http or https URL")
    authority = match.group(2).rsplit("@", 1)[-1]
    return authority, match.group(3) or "/", match.group(4)


def decoded(text, form=False):
    """The bytes of a percent-encoded text."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise Refused("expected two hex digits after a percent sign")
    raw = unquote_to_bytes(text.replace("+", " ") if form else text)
    if re.search(rb"[\x00-\x1f\x7f]", raw):
        raise Refused("a percent-encoded control byte could forge a line of the signed text")
    return raw


def query_pairs(query):
    """The decoded `(key, value)` pairs of a query; the value of a key without an equals sign is None."""
    pairs = []
    for piece in (query or "").split("&"):
        if piece:
            key, equals, value = piece.partition("=")
            pairs.append((decoded(key, True), decoded(value, True) if equals else None))
    return pairs


def values(headers, name):
    """All values of the header `name`, without the white space around them."""
    return [value.strip(" \t") for key, value in headers if key.lower() == name]


def first(headers, name):
    """The first value of the header `name`, or None."""
    return (values(headers, name) or [None])[0]


class SignInput:
    """The checked input of `sign`."""

    def __init__(self, given):
        self.method = clean("the method", given["method"]).upper()
        if not TOKEN.fullmatch(self.method):
            raise Refused("invalid HTTP method " + repr(self.method))
        self.authority, self.path, self.query = split_url(given["url"])
        self.base = given["url"].partition("#")[0].partition("?")[0]
        self.headers = [(name, clean("a header", value)) for name, value in given["headers"]]
        if not all(TOKEN.fullmatch(name) for name, _ in self.headers):
            raise Refused("invalid header name; expected a token of RFC 9110")
        if values(self.headers, "authorization") or any(len(values(self.headers, name)) > 1 for name in ONCE):
            raise Refused("expected no Authorization header and no repeated " + ", ".join(ONCE))
        self.body = base64.b64decode(given.get("body_b64", ""))
        keys = given["credentials"]
        self.key_id = clean("the access key id", keys["access_key_id"])
        self.secret = clean("the access key secret", keys["access_key_secret"]).encode()
        self.token = clean("the security token", keys.get("security_token") or "")
        if not KEY_ID.fullmatch(self.key_id) or not self.secret:
            raise Refused("expected an access key id of visible ASCII without comma and colon, and a secret")
        self.time = read_time(given["time"])
        self.nonce = clean("the nonce", given["nonce"])
        if not self.nonce:
            raise Refused("the nonce is empty")
        self.expires = given.get("expires")


def texts(**stages):
    """The stages as texts; stages that are not valid text are omitted."""
    shown = {}
    for name, value in stages.items():
        try:
            shown[name] = value.decode() if isinstance(value, bytes) else value
        except UnicodeDecodeError:
            pass
    return shown


def sign_fc(sign_input, kind):
    """Signs with the `FC` scheme and returns the output of `sign`."""
    headers, added = list(sign_input.headers), []
    presigned = kind == "presigned-url"
    if sign_input.token and not presigned:
        added.append(("X-Fc-Security-Token", sign_input.token))
        headers = [pair for pair in headers if pair[0].lower() != "x-fc-security-token"]
        headers += [] if made("unsigned-token") else added
    query = [pair for pair in query_pairs(sign_input.query) if not presigned or pair[0] not in OWN_KEYS]
    if presigned:
        date = str(expiry(sign_input))
        own = own_pairs(sign_input, date)
        query += own
    else:
        date = first(headers, "date") or first(headers, "x-fc-date")
        if date is None:
            date = format_datetime(sign_input.time, usegmt=True)
            added.append(("Date", date))

    block = fc_headers(headers)
    resource = sign_input.path.encode() if made("escaped-path") else decoded(sign_input.path)
    if kind != "api":
        lines = sorted(key if value is None else key + b"=" + value for key, value in query)
        resource += b"" if made("no-resource-lf") and not lines else b"\n"
        resource += b"\n".join(lines)
    digest = first(headers, "content-md5") or ""
    if digest and made("md5-of-hex"):
        digest = base64.b64encode(hashlib.md5(sign_input.body).hexdigest().encode()).decode()
    lines = [sign_input.method, digest, first(headers, "content-type") or "", date]
    message = "".join(line + "\n" for line in lines).encode() + block + resource
    signature = base64.b64encode(hmac.new(sign_input.secret, message, hashlib.sha256).digest()).decode()
    stages = texts(
        canonical_headers=block,
        canonical_resource=resource,
        string_to_sign=message,
        signature=signature,
    )
    if presigned:
        url = presigned_url(sign_input, own + [(b"x-fc-signature", signature.encode())])
        return {"headers": added, "url": url, "stages": stages}
    added.append(("Authorization", "FC " + sign_input.key_id + ":" + signature))
    return {"headers": added, "stages": stages}


def fc_headers(headers):
    """The lines of the `x-fc-` headers: sorted by name, repeats in the order of arrival."""
    fc = [(name.lower(), value.strip(" \t")) for name, value in headers if name.lower().startswith("x-fc-")]
    fc = fc if made("unsorted-headers") else sorted(fc, key=lambda pair: pair[0])
    return "".join(name + ":" + value + "\n" for name, value in fc).encode()


OWN_KEYS = (b"x-fc-access-key-id", b"x-fc-expires", b"x-fc-security-token", b"x-fc-signature")


def expiry(sign_input):
    """The time at which a presigned URL expires."""
    if type(sign_input.expires) is not int or sign_input.expires <= 0:
        raise Refused("a presigned URL needs a positive expires")
    return sign_input.expires


def own_pairs(sign_input, date):
    """The query parameters of a presigned URL, without its signature."""
    pairs = [(b"x-fc-access-key-id", sign_input.key_id.encode()), (b"x-fc-expires", date.encode())]
    return pairs + ([(b"x-fc-security-token", sign_input.token.encode())] if sign_input.token else [])


def presigned_url(sign_input, own):
    """The given URL without pairs of an earlier signature, followed by `own`."""
    kept = [piece for piece in (sign_input.query or "").split("&") if piece]
    kept = [piece for piece in kept if decoded(piece.partition("=")[0], True) not in OWN_KEYS]
    kept += [quote(key, safe="") + "=" + quote(value, safe="") for key, value in own]
    return sign_input.base + "?" + "&".join(kept)


def sign_acs3(sign_input):
    """Signs with `ACS3-HMAC-SHA256` and returns the output of `sign`."""
    headers, added = list(sign_input.headers), []
    needed = [
        ("host", sign_input.authority),
        ("x-acs-date", sign_input.time.replace(tzinfo=None).isoformat() + "Z"),
        ("x-acs-signature-nonce", sign_input.nonce),
        ("x-acs-content-sha256", hashlib.sha256(sign_input.body).hexdigest()),
        ("x-acs-security-token", sign_input.token),
    ]
    for name, value in needed:
        if value and not values(headers, name):
            added.append((name, value))
    headers += added

    names = sorted({name.lower() for name, _ in headers if signed_by_acs3(name.lower())})
    block = "".join(name + ":" + ",".join(sorted(values(headers, name))) + "\n" for name in names)
    listed = ";".join(names)
    request = "\n".join(
        [
            sign_input.method,
            sign_input.path,
            acs3_query(sign_input.query),
            block,
            listed,
            first(headers, "x-acs-content-sha256"),
        ]
    )
    message = "ACS3-HMAC-SHA256\n" + hashlib.sha256(request.encode()).hexdigest()
    signature = hmac.new(sign_input.secret, message.encode(), hashlib.sha256).hexdigest()
    authorization = "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s"
    added.append(("Authorization", authorization % (sign_input.key_id, listed, signature)))
    stages = texts(canonical_request=request, string_to_sign=message, signature=signature)
    return {"headers": added, "stages": stages}


def signed_by_acs3(name):
    """Whether this adapter signs the header `name`."""
    return name in ("host", "content-type") or name.startswith(("x-acs-", "x-fc-"))


def acs3_query(query):
    """The query, decoded and encoded again by RFC 3986, sorted by key."""
    pairs = sorted((key, value or b"") for key, value in query_pairs(query))
    return "&".join(quote(key, safe="") + "=" + quote(value, safe="") for key, value in pairs)


def sign_acs3_trigger(sign_input):
    """The headers that sign a call of an HTTP trigger by ACS3: two are signed, and the line of the body is empty."""
    date = sign_input.time.replace(tzinfo=None).isoformat() + "Z"
    added = [("x-acs-date", date), ("x-acs-security-token", sign_input.token)]
    block = "".join(name + ":" + value + "\n" for name, value in added)
    listed = ";".join(name for name, _ in added)
    path = sign_input.path.replace("$", "%24")
    request = "\n".join([sign_input.method, path, acs3_query(sign_input.query), block, listed, ""])
    message = "ACS3-HMAC-SHA256\n" + hashlib.sha256(request.encode()).hexdigest()
    signature = hmac.new(sign_input.secret, message.encode(), hashlib.sha256).hexdigest()
    authorization = "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s"
    return added + [("Authorization", authorization % (sign_input.key_id, listed, signature))]
