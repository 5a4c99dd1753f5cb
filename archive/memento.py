"""RFC 7089 (Memento): times, addresses and links of mementos, TimeGates and TimeMaps. Pure.

``base`` is what our addresses begin with: the archive's public address, or the path that it is served under;
it ends with a slash.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from archive.uri import wire

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HTTP_DATE = re.compile(
    rf"({'|'.join(_DAYS)}), (\d\d) ({'|'.join(_MONTHS)}) (\d{{4}}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII
)
# The first moment of what a shorter number of digits names.
_OPENING = "00000101000000"
# Common HTTP clients give up at a header line of 64 KB, and six addresses may stand in ours.
_LONGEST = 8000
LINK_FORMAT = "application/link-format"
DO_NOT_NEGOTIATE = '<http://mementoweb.org/terms/donotnegotiate>; rel="type"'


@dataclass(frozen=True, slots=True)
class Memento:
    """A snapshot as Memento sees it: of which address, when (14 digits), and which of those of that second.

    ``nth`` is 0 for the first of one address and second, 1 for the next.
    """

    id: str
    uri: str
    timestamp: str
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """The ends of a memento's series, and what stands before and behind it there."""

    first: Memento | None = None
    last: Memento | None = None
    before: Memento | None = None
    behind: Memento | None = None


@dataclass(frozen=True, slots=True)
class TimeMap:
    """The mementos of an original from ``since`` to ``until`` (14 digits each), oldest first.

    ``others``: the spans of its other parts, where there are too many for one.
    """

    original: str
    mementos: Sequence[Memento]
    first: Memento | None = None
    last: Memento | None = None
    span: tuple[str, str] | None = None
    others: Sequence[tuple[str, str]] = ()


def http_date(timestamp: str) -> str:
    """14 digits as HTTP writes a date (RFC 9110, section 5.6.7).

    >>> http_date("20060102150405")
    'Mon, 02 Jan 2006 15:04:05 GMT'
    """
    return f"{_day(timestamp[:8])} {timestamp[8:10]}:{timestamp[10:12]}:{timestamp[12:14]} GMT"


@lru_cache(maxsize=4096)
def _day(digits: str) -> str:
    day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    return f"{_DAYS[day.weekday()]}, {digits[6:8]} {_MONTHS[day.month - 1]} {digits[:4]}"


def accepted(written: str) -> str:
    """The 14 digits of an Accept-Datetime, to the letter (section 2.1.1): case, GMT and weekday count.

    :raises ValueError: anything else; libraries' readers of dates take too much.
    """
    match = _HTTP_DATE.fullmatch(written)
    if match is None:
        raise ValueError(f"expected a date such as Mon, 02 Jan 2006 15:04:05 GMT, found {written[:60]!r}")
    month = _MONTHS.index(match[3]) + 1
    digits = f"{match[4]}{month:02}{match[2]}{match[5]}{match[6]}{match[7]}"
    if _DAYS[instant(digits).weekday()] != match[1]:
        raise ValueError(f"{written[5:16]} is no {match[1]}")
    return digits


def moment(digits: str) -> str:
    """14 digits for 4 to 14, at the beginning of what they name; half a month or hour is left out.

    :raises ValueError: they name no time.

    >>> moment("202611")
    '20261101000000'
    """
    even = digits[: len(digits) // 2 * 2]
    whole = even + _OPENING[len(even) :]
    instant(whole)
    return whole


def instant(digits: str) -> datetime:
    """The instant of 14 digits, UTC.

    :raises ValueError: they name none.
    """
    month, day, hour, minute, second = (int(digits[at : at + 2]) for at in range(4, 14, 2))
    return datetime(int(digits[:4]), month, day, hour, minute, second, tzinfo=UTC)


def memento_path(memento: Memento, raw: bool = False) -> str:
    """The address of a memento, without the base: its second and its original.

    Of several of one address in one second all but the first have their id in it.
    """
    which = f"-{memento.id}" if memento.nth else ""
    return f"web/{memento.timestamp}{which}{'id_' if raw else ''}/{wire(memento.uri)}"


def timegate_path(original: str) -> str:
    """The address of the TimeGate of an original, without the base."""
    return f"web/{wire(original)}"


def timemap_path(original: str, form: str = "link", span: tuple[str, str] | None = None) -> str:
    """The address of a TimeMap of an original, whole or from one time to another, without the base."""
    part = f"{span[0]}-{span[1]}/" if span else ""
    return f"timemap/{form}/{part}{wire(original)}"


def link(target: str, rel: str, **parameters: str) -> str:
    """One link, as headers and link-format write it (RFC 8288)."""
    said = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    return f'<{target}>; rel="{rel}"{said}'


def link_header(base: str, original: str, around: Around, timegate: bool = True) -> str:
    """The Link header of a memento, or (without ``timegate``) of the TimeGate itself."""
    links = [link(wire(original), "original")]
    if timegate:
        links.append(link(base + timegate_path(original), "timegate"))
    links.append(_timemap_link(base, original, around))
    if len(original) <= _LONGEST:
        links += [
            link(base + memento_path(memento), rel, datetime=http_date(memento.timestamp))
            for memento, rel in _relations(around)
        ]
    return ", ".join(links)


def _timemap_link(base: str, original: str, around: Around) -> str:
    said = {"type": LINK_FORMAT}
    if around.first and around.last:
        said |= {"from": http_date(around.first.timestamp), "until": http_date(around.last.timestamp)}
    return link(base + timemap_path(original), "timemap", **said)


def _relations(around: Around) -> Iterator[tuple[Memento, str]]:
    """Each memento once, with all that it is to this one."""
    named = {"first": around.first, "prev": around.before, "next": around.behind, "last": around.last}
    for memento in dict.fromkeys(named.values()):
        if memento:
            yield memento, " ".join([word for word, is_it in named.items() if is_it == memento] + ["memento"])


def link_format(base: str, found: TimeMap) -> str:
    """A TimeMap as section 5 has it: original, itself, TimeGate, its other parts, mementos; a line each."""
    said = dict(zip(("from", "until"), map(http_date, _reach(found)), strict=False))
    itself = base + timemap_path(found.original, span=found.span)
    lines = [
        link(wire(found.original), "original"),
        link(itself, "self", type=LINK_FORMAT, **said),
        link(base + timegate_path(found.original), "timegate"),
    ]
    for other in found.others:
        part = base + timemap_path(found.original, span=other)
        reach = {"from": http_date(other[0]), "until": http_date(other[1])}
        lines.append(link(part, "timemap", type=LINK_FORMAT, **reach))
    ends = {one.id: f"{rel} memento" for one, rel in ((found.first, "first"), (found.last, "last")) if one}
    if found.first and found.first == found.last:
        ends = {found.first.id: "first last memento"}
    lines += [
        f'<{base}{memento_path(one)}>; rel="{ends.get(one.id, "memento")}"; '
        f'datetime="{http_date(one.timestamp)}"'
        for one in found.mementos
    ]
    return ",\n".join(lines) + "\n"


def _reach(found: TimeMap) -> Sequence[str]:
    if found.span:
        return found.span
    ends = found.mementos[:1], found.mementos[-1:]
    return [one.timestamp for end in ends for one in end]


def json_document(base: str, found: TimeMap) -> dict[str, Any]:
    """A TimeMap as JSON, with the keys that aggregators of TimeMaps use."""

    def told(memento: Memento) -> dict[str, str]:
        return {"datetime": _iso(memento.timestamp), "uri": base + memento_path(memento), "id": memento.id}

    forms = {f"{form}_format": base + timemap_path(found.original, form) for form in ("link", "json", "cdxj")}
    return {
        "original_uri": wire(found.original),
        "self": base + timemap_path(found.original, "json", found.span),
        "timegate_uri": base + timegate_path(found.original),
        "timemap_uri": forms,
        "timemaps": [
            {
                "uri": base + timemap_path(found.original, "json", other),
                "from": _iso(other[0]),
                "until": _iso(other[1]),
            }
            for other in found.others
        ],
        "mementos": {
            "first": told(found.first) if found.first else None,
            "last": told(found.last) if found.last else None,
            "list": [told(memento) for memento in found.mementos],
        },
    }


def _iso(digits: str) -> str:
    day, time = digits[:8], digits[8:]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}Z"


def cdxj(lines: Iterable[tuple[str, str, Mapping[str, Any]]]) -> str:
    """Lines of CDXJ 0.1.0 (urlkey, 14 digits, fields), in the order of their bytes."""
    made = (
        f"{key} {timestamp} {json.dumps(fields, ensure_ascii=False, separators=(', ', ': '))}\n"
        for key, timestamp, fields in lines
    )
    return "".join(sorted(made, key=lambda line: line.encode("utf-8", "surrogatepass")))
