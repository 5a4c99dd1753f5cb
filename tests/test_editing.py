"""Writing through the site: who may, with what, from where; else refused, and nothing is written."""

import json
import re
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from archive.errors import UsageError
from archive.index import read
from archive.site.editing import ACTS, Sent, acts, local, refusal
from tests.inside_datasette import client_of
from tests.program import pincite
from tests.serving import serving
from tests.site_archive import Archive, build
from tests.visitor import Visitor

OPERATOR = "Harbour Library"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Served:
    """An archive that is served to be written into, and the address that lets the writer in."""

    archive: Archive
    base: str
    enter: str

    def stranger(self) -> Visitor:
        return Visitor(self.base)

    def writer(self) -> Visitor:
        visitor = Visitor(self.base)
        assert visitor.ask(self.enter.removeprefix(self.base))[:2] == (303, "/")
        return visitor

    def written(self) -> int:
        return len(list((self.archive.folder / "warcs").rglob("*.warc.gz")))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    archive = build(tmp_path_factory.mktemp("edited"))
    (archive.folder / "pincite.toml").write_text(f'operator = "{OPERATOR}"\n', encoding="utf-8")
    with serving(archive.folder, "--edit", cwd=Path(__file__).parents[1]) as (base, said):
        entered = re.search(r"open (http\S+)", said())
        assert entered and f"To write as {OPERATOR}" in said()
        yield Served(archive, base, entered[1])


def test_a_stranger_sees_no_form_and_no_token(served: Served) -> None:
    article = served.archive.snapshots["article"].id
    for page in (f"/article/{article}", f"/said/{article}", f"/claim/{served.archive.reading.claims[0].id}"):
        shown = served.stranger().ask(page)[2]
        assert "csrftoken" not in shown and 'method="post"' not in shown


def test_a_verdict_by_form_is_a_record_with_the_writer_s_name(served: Served) -> None:
    writer, evidence = served.writer(), served.archive.reading.evidence[1]
    fields = writer.form(f"/evidence/{evidence.id}", "verdict", subject=evidence.id)
    fields |= {"verdict": "partly", "note": "of <the> port"}
    status, location, _ = writer.ask("/-/pincite/verdict", fields, Origin=served.base)
    assert status == 303 and location.startswith(f"/claim/{evidence.claim}?claim=")
    with closing(read.connect(served.archive.index)) as index:
        said = read.verdicts_on(index, evidence.claim, evidence.text, evidence.passage)
    assert (said[-1].verdict, said[-1].note, said[-1].creator) == ("partly", "of <the> port", OPERATOR)
    shown = served.stranger().ask(f"/evidence/{evidence.id}")[2]
    assert "of &lt;the&gt; port" in shown


def test_every_kind_of_form_writes_what_it_says(served: Served) -> None:
    writer, budget = served.writer(), served.archive.snapshots["budget"].id
    page = f"/said/{budget}"
    for act, more in (
        ("correct", {"title": "Budget for 2026", "author": "Doe, Jane; {Town Council}"}),
        ("tag", {"tags": "money, sea"}),
        ("collect", {"name": "thesis"}),
        ("note", {"note": "One.\nTwo."}),
    ):
        assert writer.ask(f"/-/pincite/{act}", writer.form(page, act) | more)[:2] == (303, page), act
    shown = writer.ask(page)[2]
    for words in ("Budget for 2026", "extracted: <bdi>Budget 2026</bdi>", "money", "thesis", "One.\nTwo."):
        assert words in shown
    for act, having in (
        ("undo", {"field": "title"}),
        ("untag", {"tag": "sea"}),
        ("drop", {"name": "thesis"}),
        ("forget", {}),
    ):
        assert writer.ask(f"/-/pincite/{act}", writer.form(page, act, **having))[0] == 303, act
    with closing(read.connect(served.archive.index)) as index:
        assert [one.tag for one in read.tags_on(index, budget)] == ["money"]
        assert not read.members_of(index, "thesis") and not read.notes_on(index, budget)
        assert [one.field for one in read.corrections_on(index, budget)] == ["author"]


def test_a_restriction_is_set_and_lifted_by_form(served: Served) -> None:
    writer, harbour = served.writer(), served.archive.snapshots["harbour"].id
    page = f"/said/{harbour}"
    fields = writer.form(page, "restrict") | {"reason": "asked"}
    assert writer.ask("/-/pincite/restrict", fields)[0] == 303
    assert served.stranger().ask(page)[0] == 451 and "csrftoken" not in served.stranger().ask(page)[2]
    fields = writer.form(page, "unrestrict") | {"reason": "no more"}
    assert writer.ask("/-/pincite/unrestrict", fields)[0] == 303
    assert served.stranger().ask(page)[0] == 200


def test_without_permission_token_or_own_origin_nothing_is_written(served: Served) -> None:
    writer, stranger = served.writer(), served.stranger()
    article = served.archive.snapshots["article"].id
    fields = writer.form(f"/said/{article}", "tag") | {"tags": "forged"}
    before = served.written()
    assert stranger.ask("/-/pincite/tag", fields)[0] == 403, "no cookie at all"
    assert writer.ask("/-/pincite/tag", fields | {"csrftoken": ""})[0] == 403, "no token"
    assert writer.ask("/-/pincite/tag", fields | {"csrftoken": fields["csrftoken"] + "x"})[0] == 403
    for origin in ("https://evil.example", "null", served.base.replace("127.0.0.1", "127.0.0.2")):
        assert writer.ask("/-/pincite/tag", fields, Origin=origin)[0] == 403, origin
    half = Visitor(served.base)
    for cookie in writer.jar:
        if cookie.name == "ds_csrftoken":
            half.jar.set_cookie(cookie)
    assert half.ask("/-/pincite/tag", fields)[0] == 403, "a token, but nobody"
    assert writer.ask("/-/pincite/tag")[0] == 405, "GET"
    assert writer.ask("/-/pincite/tag", fields | {"tags": "x" * 300_000})[0] == 413
    assert served.written() == before


ORIGINS = ("http://[::1", "http://", "", "http://127.0.0.1@evil.example", "127.0.0.1")


def test_forms_of_other_makes_write_nothing_and_break_nothing(served: Served) -> None:
    writer = served.writer()
    fields = writer.form(f"/said/{served.archive.snapshots['article'].id}", "tag") | {"tags": "forged"}
    before = served.written()
    parts = "".join(
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    sent = urlencode(fields)
    for body, kind in (
        (f"{parts}--B--\r\n", "multipart/form-data; boundary=B"),
        (f"{parts}--B--\r\n", "multipart/form-data"),
        (sent, "text/plain"),
        (sent, ""),
    ):
        assert writer.send("/-/pincite/tag", body.encode(), Content_Type=kind) == 415, kind
    token = {"X_CSRFToken": fields["csrftoken"]}
    as_json = json.dumps(fields).encode()
    assert writer.send("/-/pincite/tag", as_json, Content_Type="application/json", **token) == 403
    assert writer.send("/-/pincite/tag", b"csrftoken=\xff", Content_Type=FORM) == 400
    assert writer.send("/-/pincite/tag", iter([sent.encode()]), Content_Type=FORM) == 413, "in chunks"
    override = {"X_HTTP_Method_Override": "GET", "Origin": "https://evil.example"}
    assert writer.send("/-/pincite/tag", sent.encode(), Content_Type=FORM, **override) == 403
    for origin in ORIGINS:
        assert writer.send("/-/pincite/tag", sent.encode(), Content_Type=FORM, Origin=origin) == 403, origin
    assert served.written() == before


def test_a_name_that_was_made_to_lead_here_reads_nothing(served: Served) -> None:
    """DNS rebinding: a page on the web has its own name lead to this machine, and reads what is served."""
    port = served.base.rpartition(":")[2]
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "[::1",
    ):
        status, _, said = served.stranger().ask("/archive/texts.json", Host=host)
        assert status == 421 and "evil" not in said, host
    for host in (f"localhost:{port}", f"[::1]:{port}", "127.0.0.1", "archive.localhost"):
        assert served.stranger().ask("/", Host=host)[0] == 200, host


def test_a_token_that_we_did_not_sign_is_none(served: Served) -> None:
    """Datasette lets any `Authorization: Bearer` pass its check, and a sibling site can plant a cookie."""
    writer = served.writer()
    fields = writer.form(f"/said/{served.archive.snapshots['article'].id}", "tag") | {"tags": "planted"}
    planted = urlencode(fields | {"csrftoken": "planted"}).encode()
    actor = next(f"{one.name}={one.value}" for one in writer.jar if one.name == "ds_actor")
    said = {"Cookie": f"{actor}; ds_csrftoken=planted", "Authorization": "Bearer x"}
    before = served.written()
    assert Visitor(served.base).send("/-/pincite/tag", planted, Content_Type=FORM, **said) == 403
    assert served.written() == before


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("base_url", "public", "scheme", "secure"),
    [
        ("https://a.example", "1", "http", True),
        ("https://a.example", "", "http", False),
        ("", "", "https", True),
        ("http://a.example", "1", "http", False),
    ],
)
async def test_cookies_stay_on_https(
    served: Served, monkeypatch: pytest.MonkeyPatch, base_url: str, public: str, scheme: str, secure: bool
) -> None:
    for name, value in (
        ("INDEX", str(served.archive.index)), ("ARCHIVE", str(served.archive.folder)),
        ("BASE_URL", base_url), ("PUBLIC", public), ("EDIT_TOKEN", "t"), ("OPERATOR", OPERATOR),
    ):  # fmt: skip
        monkeypatch.setenv(f"PINCITE_{name}", value)
    async with client_of(served.archive.index) as client:
        address = f"{scheme}://localhost/-/pincite/enter?token=t"
        given = await client.request("GET", address, avoid_path_rewrites=True)
        (cookie,) = given.headers.get_list("set-cookie")
        assert given.status_code == 303 and cookie.startswith("ds_actor=") and "HttpOnly" in cookie
        assert ("; Secure" in cookie) is secure


@pytest.mark.asyncio
async def test_nothing_too_long_is_read_whoever_sends_it_and_wherever_to(served: Served) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 100:
            taken += 1
            yield b"a=b&" * 25_000

    async with client_of(served.archive.index) as client:
        for path in ("/", "/-/pincite/tag", "/archive"):
            taken = 0
            said = {"Cookie": "ds_csrftoken=x", "Content-Type": FORM}
            given = await client.post(path, content=endless(), headers=said)
            assert given.status_code == 413 and taken < 100, path


def test_what_cannot_be_said_is_told_on_a_page_and_nothing_is_written(served: Served) -> None:
    writer, article = served.writer(), served.archive.snapshots["article"].id
    page, before = f"/said/{article}", served.written()
    status, _, shown = writer.ask("/-/pincite/correct", writer.form(page, "correct") | {"date": "soon"})
    assert status == 400 and "write 2024, 2024-03 or 2024-03-05" in shown
    of_nothing = {"subject": "860w-hmce-fyfw-8mb1", "tags": "x"}
    assert writer.ask("/-/pincite/tag", writer.form(page, "tag") | of_nothing)[0] == 404
    assert writer.ask("/-/pincite/correct", writer.form(page, "correct"))[0] == 303, "nothing was changed"
    assert served.written() == before


def test_a_wrong_token_lets_nobody_in(served: Served) -> None:
    visitor = served.stranger()
    assert visitor.ask("/-/pincite/enter?token=guess")[0] == 403
    assert visitor.ask("/-/pincite/enter")[0] == 403
    assert not list(visitor.jar)


def test_pages_with_a_token_are_kept_nowhere(served: Served) -> None:
    writer = served.writer()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(writer.jar))
    with opener.open(f"{served.base}/said/{served.archive.snapshots['article'].id}", timeout=60) as given:
        assert given.headers["Cache-Control"] == "private, no-store"
        assert given.headers["Referrer-Policy"] == "same-origin", "else browsers send the origin null"


def test_without_edit_there_is_no_way_in(tmp_path: Path) -> None:
    archive = build(tmp_path)
    (archive.folder / "pincite.toml").touch()
    with serving(archive.folder, cwd=Path(__file__).parents[1]) as (base, _):
        assert Visitor(base).ask("/-/pincite/enter?token=")[0] == 403


def test_one_person_s_way_in_is_not_opened_to_the_network(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "pincite.toml").touch()
    done = pincite("-A", tmp_path, "serve", "--edit", "--host", "0.0.0.0")
    assert done.code == 2 and "docs/editing.md" in done.err


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "/a\r\nSet-Cookie: x", "", "/%0d", "x"],
)
def test_afterwards_one_stays_on_this_site(path: str) -> None:
    assert local(path, "/") in ("/", "/%0d")


@pytest.mark.parametrize("act", ACTS)
def test_a_form_that_lacks_a_field_says_so(act: str) -> None:
    if act == "correct":
        assert acts(act, {}) == ()
        return
    with pytest.raises(UsageError, match="lacks"):
        acts(act, {})


def test_a_cookie_alone_is_never_enough() -> None:
    assert refusal(Sent(None, "a.example", "", ""), None)
    assert refusal(Sent(None, "a.example", "t", ""), None)
    assert refusal(Sent(None, "a.example", "t", "\ud800"), None)
    behind_proxy = Sent("https://archive.example", "127.0.0.1:8001", "t", "t")
    assert refusal(behind_proxy, "https://archive.example/x") is None
