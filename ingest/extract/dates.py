"""Publication dates as pages write them, to ISO dates: no zone invented, no date guessed. Pure."""

import re
from datetime import date

# Month names and abbreviations of the languages that the corpus and the first users have; data.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner enero janvier gennaio janeiro januari styczeń stycznia января",
            "february feb februar febrero février fevrier febbraio fevereiro februari luty lutego февраля",
            "march mar märz maerz marzo mars março maart marec marca марта",
            "april apr abril avril aprile kwiecień kwietnia апреля",
            "may mai mayo maggio maio mei maj maja мая",
            "june jun juni junio juin giugno junho czerwiec czerwca июня",
            "july jul juli julio juillet luglio julho lipiec lipca июля",
            "august aug agosto août aout augustus augusti sierpień sierpnia августа",
            "september sep sept septiembre septembre settembre setembro wrzesień września сентября",
            "october oct oktober okt octubre octobre ottobre outubro październik października октября",
            "november nov noviembre novembre novembro listopad listopada ноября",
            "december dec dezember dez diciembre décembre dicembre dezembro grudzień grudnia декабря",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s/-]+(?:de\s+|"
    r"of\s+)?([^\W\d_]{3,12})\.?,?[\s/-]+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_IN_ADDRESS = re.compile(
    r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)|/(\d{4})(\d{2})(\d{2})(?=[/_.-]|$)|"
    r"[-_](\d{4})-(\d{2})-(\d{2})(?=[/_.-]|$)"
)
# What stands before the day on which somebody read a source; its text goes on for as long as a date is.
_VISITED = re.compile(
    r"\b(?:retrieved|accessed|archived|abgerufen|zugriff|consult[ée]e?|consultad[oa]|consultato|geraadpleegd"
    r"|hämtad|dostęp|дата обращения)\b(?=(.{6,40}))",
    re.IGNORECASE,
)
_EARLIEST, _LATEST = 1450, 2100
_WEB_BEGAN = 1990


def iso_date(written: str) -> str | None:
    """The day that a date names, as ``YYYY-MM-DD`` in its own zone; None where it is not sure.

    >>> iso_date("2024-03-05T23:30:00-08:00"), iso_date("5 March 2024"), iso_date("05.03.2024")
    ('2024-03-05', '2024-03-05', '2024-03-05')
    >>> iso_date("03/05/2024") is None
    True
    """
    written = written.strip()[:80]
    for pattern in (_ISO, _CJK, _COMPACT):
        match = pattern.search(written)
        if match:
            return _day(match[1], match[2], match[3])
    match = _DAY_FIRST.search(written)
    if match and match[2].lower() in _MONTHS:
        return _day(match[3], str(_MONTHS[match[2].lower()]), match[1])
    for match in _MONTH_FIRST.finditer(written):
        if match[1].lower() in _MONTHS:
            return _day(match[3], str(_MONTHS[match[1].lower()]), match[2])
    match = _DOTTED.search(written)
    if match:
        return _day(match[3], match[2], match[1])
    return _slashed(written)


def visits(text: str) -> frozenset[str]:
    """The days on which a text says that its sources were read, as ISO dates.

    >>> sorted(visits("Holm Press. Retrieved 3 May 2020. Zugriff am 4. Mai 2021."))
    ['2020-05-03', '2021-05-04']
    """
    days = (iso_date(match[1]) for match in _VISITED.finditer(text))
    return frozenset(day for day in days if day)


def _slashed(written: str) -> str | None:
    """Day and month in either order, only where one of them cannot be a month or both are the same."""
    match = _SLASHED.search(written)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    if first > 12 or first == second:
        return _day(match[3], match[2], match[1])
    return _day(match[3], match[1], match[2]) if second > 12 else None


def date_in_address(uri: str) -> tuple[str, str] | None:
    """The date in the path of an address: as written and as ISO date.

    >>> date_in_address("https://example.org/2024/03/05/a-story")
    ('2024/03/05', '2024-03-05')
    """
    for match in _IN_ADDRESS.finditer(uri.partition("?")[0]):
        year, month, day = (part for part in match.groups() if part is not None)
        iso = _day(year, month, day)
        if iso and int(year) >= _WEB_BEGAN:
            return match[0].strip("/-_"), iso
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if _EARLIEST <= found.year <= _LATEST else None
