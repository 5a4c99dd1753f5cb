"""A browser without scripts, as a person would use it on a served archive: keeps cookies, fills in forms."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from lxml import html as trees


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where a form leads is looked at."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Visitor:
    """A browser without scripts: keeps cookies, fills in forms."""

    base: str
    jar: CookieJar = field(default_factory=CookieJar)

    def ask(self, path: str, fields: dict[str, str] | None = None, **said: str) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        opener = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(self.jar))
        data = urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(self.base + path, data, dict(said))
        try:
            with opener.open(request, timeout=60) as given:
                return given.status, "", given.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Location", ""), error.read().decode()

    def send(self, path: str, body: bytes | Iterator[bytes], **said: str) -> int:
        """The status of whatever body, sent with whatever headers (``_`` stands for ``-`` in names)."""
        opener = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(self.jar))
        headers = {name.replace("_", "-"): value for name, value in said.items()}
        request = urllib.request.Request(self.base + path, body, headers, method="POST")
        try:
            with opener.open(request, timeout=60) as given:
                return int(given.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def form(self, page: str, act: str, at: str = "/-/pincite/", **having: str) -> dict[str, str]:
        """The fields of the form for an act on a page, as a browser would send them untouched."""
        tree = trees.document_fromstring(self.ask(page)[2])
        for form in tree.forms:
            fields = {name: value or "" for name, value in form.form_values()}
            if form.action == at + act and having.items() <= fields.items():
                return fields
        raise AssertionError(f"no form for {act} on {page}")
