"""Asking a served archive as a program does: headers, links, TimeMaps."""

import http.client
import re
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.memento import http_date
from tests.memento_archive import HIDDEN, STORY, TIMES

_LINK = re.compile(r'<([^<>]*)>((?:;\s*[a-z-]+="[^"]*")*)')
_PARAMETER = re.compile(r'([a-z-]+)="([^"]*)"')
OFFERED = [time for n, time in enumerate(TIMES) if n != HIDDEN]


@dataclass(frozen=True)
class Got:
    """One answer as it came: header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def links(self) -> list[tuple[str, dict[str, str]]]:
        return links(self.headers.get("link", ""))

    def related(self, rel: str) -> list[tuple[str, dict[str, str]]]:
        return [(target, said) for target, said in self.links() if rel in said["rel"].split()]


def links(written: str) -> list[tuple[str, dict[str, str]]]:
    """Links of a header or of link-format; nothing else may stand between them but commas and blanks."""
    assert not re.sub(r"[,\s]", "", _LINK.sub("", written)), written
    return [(target, dict(_PARAMETER.findall(said))) for target, said in _LINK.findall(written)]


def digits(date: str) -> str:
    return re.sub(r"\D", "", date)


def on_the_web(date: str) -> str:
    return http_date(digits(date))


def ask(base: str, path: str, method: str = "GET", **headers: str) -> Got:
    address = urlsplit(base)
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)) as connection:
        connection.request(method, path, headers=said)
        answer = connection.getresponse()
        given = {name.lower(): value for name, value in answer.getheaders()}
        assert len(given) == len(answer.getheaders()), "no header comes twice"
        return Got(answer.status, given, answer.read())


def path_of(number: int) -> str:
    return f"/web/{digits(TIMES[number])}/{STORY}"


def timemap(
    base: str, form: str = "link", original: str = STORY
) -> tuple[Got, list[tuple[str, dict[str, str]]], list[tuple[str, dict[str, str]]]]:
    got = ask(base, f"/timemap/{form}/{original}")
    found = links(got.body.decode()) if form == "link" else []
    return got, [pair for pair in found if "memento" in pair[1]["rel"].split()], found
