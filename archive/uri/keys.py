"""Addresses and dates as keys: a URI to its urlkey (SURT), a WARC-Date to 14 digits.

    http://www.Example.org:80/A?b=2&a=1#frag   ->   org,example)/a?a=1&b=2
    2026-11-22T12:00:00.5Z                     ->   20261122120000

The key is for look-up only: what was written is kept beside it, always.
"""

import base64
import re
from collections.abc import Hashable, Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

_WEB = ("http", "https")
DEFAULT_PORT = {"http": "80", "https": "443"}
# Opaque names are their own key: reversing the "host" of a urn breaks it (perma#3679).
OPAQUE = re.compile(r"^(?:ni|urn|file|dns|data|mailto|about):", re.IGNORECASE)
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.\-]*):")
_WWW = re.compile(r"^www\d*\.")
# Session ids that servers put into addresses; the same page at every visit.
_SESSION = re.compile(r"^(?:jsessionid|phpsessid|sid|aspsessionid\w*)=[0-9a-z]{8,}$", re.IGNORECASE)
# What senders of links add to follow who clicked; the page is the same without it. "ref" may mean a page.
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|mc_[ce]id|_hsenc"
    r"|_hsmi|mkt_tok|vero_id|oly_(?:anon|enc)_id|at_(?:medium|campaign)\w*|ref_src|wt_mc|cmpid|ns_(?:campaign|mchannel))"
    r"(?:=|$)",
    re.IGNORECASE,
)
# Another form of the same page.
_VARIANT = re.compile(r"^(?:amp|outputtype)(?:=|$)", re.IGNORECASE)
# Google's copies of AMP pages name the address of the original in their path.
_AMP_COPY = re.compile(r"^https?://[^/]*\bcdn\.ampproject\.org/\w/(s/)?([^/?#]+\.[^?#]*)", re.IGNORECASE)
_DOI = re.compile(
    r"^(?:doi:\s*|urn:doi:|https?://(?:dx\.|www\.)?doi\.org/)(10\.\d{4,9}(?:/|%2F)[^?#]+)", re.IGNORECASE
)
_KEPT_IN_PATH = "!$&'()*+,;=:@/-._~"
_KEPT_IN_QUERY = _KEPT_IN_PATH + "?"
_DATE = re.compile(
    r"^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?Z)?)?)?$", re.ASCII
)
_DIGITS14 = re.compile(r"^\d{14}$", re.ASCII)


def without_brackets(uri: str) -> str:
    """A target URI as written, without the angle brackets that wget puts around it."""
    uri = uri.strip()
    return uri[1:-1] if uri.startswith("<") and uri.endswith(">") else uri


def is_web(uri: str) -> bool:
    """Whether this is an http or https address."""
    match = _SCHEME.match(uri)
    return bool(match and match[1].lower() in _WEB)


def host(uri: str) -> str:
    """The host of an address in lower case, ``""`` where it has none; never raises."""
    try:
        return (urlsplit(uri).hostname or "").rstrip(".")
    except ValueError:
        return ""


def site(uri: str) -> str:
    """The host without a leading ``www.``: what people call the site."""
    return _WWW.sub("", host(uri))


def join(base: str, reference: str) -> str:
    """An absolute address from a reference on a page, without its fragment.

    What cannot be joined (a broken IPv6 literal, say) is given back as written.
    """
    try:
        return urljoin(base, reference.strip()).partition("#")[0]
    except ValueError:
        return reference.strip()


def ni_uri(sha256: bytes) -> str:
    """The name of a local file from its SHA-256 digest (RFC 6920): never a path or a host name."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(sha256).decode("ascii").rstrip("=")


def urlkey(uri: str) -> str:
    """The key under which captures of one address are found, in the SURT form of CDXJ.

    http and https, ``www``, default port, case, query order, escapes and fragments make no difference.
    Idempotent; opaque names (``ni:``, ``urn:``, ``file:``) are their own key; never raises.

    >>> urlkey("HTTPS://WWW.Example.org:443/a/../B?y=2&x=1#top")
    'org,example)/b?x=1&y=2'
    >>> urlkey("urn:isbn:0451450523")
    'urn:isbn:0451450523'
    """
    uri = without_brackets(uri)
    if OPAQUE.match(uri):
        return uri
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return uri
    if parts.scheme.lower() not in _WEB or not parts.hostname:
        return uri
    name = _reversed_host(parts.hostname)
    if port is not None and str(port) != DEFAULT_PORT[parts.scheme.lower()]:
        name += f":{port}"
    return f"{name}){_path_key(parts.path)}{_query_key(parts.query)}"


def sourcekey(uri: str) -> str:
    """The key of the source that an address plainly belongs to; for ordering by source, never for look-up.

    Beyond the urlkey, tracking parameters and AMP's own make no difference, nor how a DOI is written.

    >>> sourcekey("http://www.example.org/a?utm_source=x&b=1"), sourcekey("https://dx.doi.org/10.1000/ABC")
    ('org,example)/a?b=1', 'doi:10.1000/abc')
    """
    uri = without_brackets(uri)
    if match := _DOI.match(uri):
        return "doi:" + unquote_to_bytes(match[1]).decode("utf-8", "replace").lower()
    if match := _AMP_COPY.match(uri):
        uri = f"http{(match[1] and 's') or ''}://{match[2]}"
    start, mark, query = uri.partition("#")[0].partition("?")
    pairs = (pair for pair in query.split("&") if pair and not _TRACKING.match(pair))
    kept = [pair for pair in pairs if not _VARIANT.match(pair)]
    return urlkey(f"{start}{mark if kept else ''}{'&'.join(kept)}" if mark else start)


def same_page(one: str, other: str) -> bool:
    """Whether two addresses are surely of one page: the same key, and the same letters in path and query.

    The key alone folds case, as archives do to find captures; on many servers /A and /a are two pages.

    >>> same_page("http://example.org/A?b#c", "https://www.example.org/A/?b")
    True
    >>> same_page("http://example.org/A", "http://example.org/a")
    False
    """
    return page_key(one) == page_key(other)


def page_key(uri: str) -> Hashable:
    """What is equal for two addresses that are surely of one page, and for no others."""
    return urlkey(uri), _cased(uri)


def without_tracking(uri: str) -> str:
    """An address without the parameters by which senders of links count visitors; else as written.

    >>> without_tracking("https://example.org/a?id=5&utm_source=x&fbclid=y#top")
    'https://example.org/a?id=5#top'
    """
    before, mark, rest = uri.partition("?")
    query, sharp, fragment = rest.partition("#")
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _TRACKING.match(pair)]
    if not mark or "#" in before or len(kept) == len(pairs):
        return uri
    return f"{before}?{'&'.join(kept)}{sharp}{fragment}" if kept else f"{before}{sharp}{fragment}"


def _cased(uri: str) -> tuple[bytes, tuple[bytes, ...]]:
    try:
        parts = urlsplit(without_brackets(uri))
    except ValueError:
        return uri.encode("utf-8", "replace"), ()
    query = (unquote_to_bytes(pair) for pair in parts.query.split("&"))
    return unquote_to_bytes(parts.path).rstrip(b"/"), tuple(sorted(pair for pair in query if pair))


def _reversed_host(hostname: str) -> str:
    name = hostname.rstrip(".").lower()
    if not name.isascii():
        name = ascii_host(name)
    name = _WWW.sub("", name)
    if ":" in name:
        return f"[{name}]"
    if re.fullmatch(r"[\d.]+", name):
        return name
    return ",".join(reversed(name.split(".")))


def ascii_host(name: str) -> str:
    """A host in other letters in its ASCII form; escaped where it has none."""
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(name)


def _escaped(value: str, kept: str) -> str:
    return quote(unquote_to_bytes(value), safe=kept).lower()


def _path_key(path: str) -> str:
    segments: list[str] = []
    for segment in _escaped(path, _KEPT_IN_PATH).split("/"):
        if segment == ".." and segments:
            segments.pop()
        elif segment not in (".", "..", ""):
            segments.append(re.sub(r";jsessionid=[0-9a-z.!-]+$", "", segment))
    return "/" + "/".join(segment for segment in segments if segment)


def _query_key(query: str) -> str:
    pairs = (_escaped(pair, _KEPT_IN_QUERY.replace("&", "")) for pair in query.split("&"))
    kept = sorted(pair for pair in pairs if pair and not _SESSION.match(pair))
    return "?" + "&".join(kept) if kept else ""


def date_after(now: datetime, earlier: Iterable[str]) -> str:
    """An instant, or the second after the latest of these: WARC-Dates of ours have whole seconds."""
    return warc_date(max([now, *(parse_date(date) + timedelta(seconds=1) for date in earlier)]))


def warc_date(moment: datetime) -> str:
    """An instant as WARC-Date writes it: UTC, whole seconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_date(written: str) -> datetime:
    """The instant of a WARC-Date, with as many digits as WARC 1.1 allows (nine after the point).

    :raises ValueError: it is not a W3C date in UTC.
    """
    match = _DATE.match(written.strip())
    if not match:
        raise ValueError(f"not a WARC-Date: {written[:40]!r}")
    year, month, day, hour, minute, second, fraction = match.groups()
    return datetime(
        int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0),
        int((fraction or "0").ljust(6, "0")[:6]), tzinfo=UTC,
    )  # fmt: skip


def timestamp(written: str) -> str:
    """The 14 digits of a WARC-Date; 14 digits stay as they are.

    :raises ValueError: neither.

    >>> timestamp("2026-11-22T12:00:00Z")
    '20261122120000'
    """
    if _DIGITS14.match(written):
        return written
    return parse_date(written).strftime("%Y%m%d%H%M%S")
