"""A restricted snapshot's words, looked for in all that a served archive and the program give away."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from archive.index import read
from archive.index.write import rebuild
from archive.saying import Desk, collect, judge, lift, remark, restrict, tag
from archive.store import Store
from ingest.capture import log
from ingest.cli import pincite as program
from ingest.cli.export import FORMS
from ingest.pipeline import About, ingest
from tests.inside_datasette import QUERY, client_of
from tests.logs import an_exchange, http
from tests.routes import found_in, ids
from tests.site_crawl import ask, opened
from tests.web import Web
from tests.working import working

# Of the source: in its text, in its markup alone, in its style sheet. None is in the article.
OF_SOURCE = ("quizzaciously", "zanthoxylum", "plumbaginous", "vomerine", "ferruginous-sheet")
OF_ARTICLE = ("grandiloquent", "xenolith", "sesquipedal")
# In what people said of a passage that has words of both.
OF_NOTES = "tintinnabular"
ARTICLE = f"""<!doctype html><html lang="en"><head><title>The harbour</title></head><body><article>
<h1>The harbour</h1><p>The harbour authority dredged 15,000 tonnes of {OF_ARTICLE[0]} mud from the basin in
2025, according to <a href="/report">its {OF_ARTICLE[1]} report</a>. The work took eleven weeks.</p>
<h2>What a {OF_ARTICLE[2]} council says</h2>
<p>“We dredge before the spring and not after it”, it said in <a href="/report">the report</a> on
that year. Nobody else has said anything about the harbour or about its basin in that time.</p>
</article></body></html>"""
SOURCE = f"""<!doctype html><html lang="en"><head><title>Yearly report</title>
<link rel="stylesheet" href="/report.css"><!-- {OF_SOURCE[3]} --></head><body><article>
<h1>Yearly report</h1>
<p>In 2025 the harbour authority {OF_SOURCE[0]} dredged 14,000 tonnes of mud from the basin, for the
{OF_SOURCE[1]} in it had grown. “We dredge before the spring and not after it”, it says.</p>
<h2>The {OF_SOURCE[2]} year</h2>
<p>Nine ferries called at the port each day, and the fish market sold as much as the year before.</p>
</article></body></html>"""


@dataclass(frozen=True)
class Story:
    """An archive of an article and its source, which was visited twice."""

    folder: Path
    snapshots: dict[str, str]

    @property
    def index(self) -> Path:
        return self.folder / "archive.db"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("story")
    with Web() as web, working(folder) as held:
        web.page("/article", ARTICLE)
        web.page("/report", SOURCE)
        web.page("/report.css", f".{OF_SOURCE[4]} {{ margin: 0 }}", "text/css")
        ingest(held, [web.url("/article")], About(), None)
        with closing(read.connect(held.archive.index)) as index:
            (first,) = read.snapshots_of(index, web.url("/report"))
        with log(held) as again:
            visit = an_exchange(first.uri, http(SOURCE.encode()), date="2030-01-01T00:00:00Z")
            again.exchange(visit, repeats={first.digest: first})
        with closing(read.connect(held.archive.index)) as index:
            (article,) = read.snapshots_of(index, web.url("/article"))
            first, again = read.snapshots_of(index, web.url("/report"))
            evidence = [one for (one,) in index.execute("SELECT id FROM evidence ORDER BY id")]
            with opened(folder) as site:
                everything = ids(site)
        assert again.record_type == "revisit" and evidence
        Desk(held.store, held.archive.index).say(
            "Ada",
            partial(judge, written=evidence[0], verdict="partly", note=f"{OF_NOTES}, of the port"),
            partial(remark, written=first.id, note=f"It says {OF_SOURCE[0]} on page 2."),
            partial(remark, written=evidence[1], note=f"It says {OF_SOURCE[1]}, and {OF_NOTES}."),
            partial(remark, written=article.id, note=f"It says {OF_ARTICLE[0]} twice."),
            partial(collect, name="all", members=everything),
            *(partial(tag, written=one, tags=["all"]) for one in everything),
        )
    return Story(folder, {"article": article.id, "source": first.id, "revisit": again.id})


def restricted(story: Story, name: str, folder: Path) -> Story:
    """A copy of the archive in which one snapshot is restricted while somebody reads."""
    shutil.copytree(story.folder, folder)
    copy = Story(folder, story.snapshots)
    with closing(read.connect(copy.index)) as reader:
        reader.execute("SELECT count(*) FROM texts").fetchone()
        hide = partial(restrict, written=story.snapshots[name], reason="an order", until=None)
        Desk(Store(str(folder)), copy.index).say("Ada", hide)
    return copy


@pytest.fixture(scope="module", params=["source", "revisit", "article"])
def hidden(
    request: pytest.FixtureRequest, story: Story, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Story, tuple[str, ...]]:
    words = (*(OF_ARTICLE if request.param == "article" else OF_SOURCE), OF_NOTES)
    return restricted(story, request.param, tmp_path_factory.mktemp(request.param) / "archive"), words


Hidden = tuple[Story, tuple[str, ...]]


def test_the_walks_would_find_them(story: Story) -> None:
    with opened(story.folder) as site:
        found = set().union(*found_in(site, (*OF_SOURCE, *OF_ARTICLE, OF_NOTES)).values())
    assert found == {*OF_SOURCE, *OF_ARTICLE, OF_NOTES}
    in_text = {*OF_SOURCE[:3], *OF_ARTICLE, OF_NOTES}
    assert {word for word in in_text if word.encode() in story.index.read_bytes()} == in_text


def test_no_address_of_the_site_gives_them_away(hidden: Hidden) -> None:
    story, words = hidden
    with opened(story.folder) as site:
        assert found_in(site, words) == {}
    with opened(story.folder, "https://archive.example.edu") as site:
        starts = [f"/search{ext}?q={word}" for word in words for ext in ("", ".json")]
        starts += [f"/collection/all?q={word}" for word in words]
        assert not any(b"<mark>" in ask(site, at).body or b'"snippet"' in ask(site, at).body for at in starts)


def test_no_byte_of_the_index_holds_them(hidden: Hidden) -> None:
    """Whatever SQL or a copy of the file can reach: no row, no page that was freed, no index of words."""
    story, words = hidden
    for path in story.folder.glob("archive.db*"):
        held = path.read_bytes().lower()
        assert [word for word in words if word.encode() in held] == [], path.name


@pytest.mark.asyncio
async def test_no_table_and_no_sql_gives_them_away(hidden: Hidden, monkeypatch: pytest.MonkeyPatch) -> None:
    story, words = hidden
    monkeypatch.setenv("PINCITE_INDEX", str(story.index))
    monkeypatch.setenv("PINCITE_ARCHIVE", str(story.folder))
    with closing(read.connect(story.index)) as index:
        sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY 1"
        names = [name for (name,) in index.execute(sql)]
    async with client_of(story.index) as client:
        asked = [f"/archive/{name}{end}" for name in names for end in ("", ".json?_shape=array", ".csv")]
        asked += [
            f"{QUERY}?_shape=array&sql=" + quote(f"SELECT * FROM {name}") for name in names
        ]  # the shadow tables of the search among them
        asked += [
            f"/archive/{name}{ending}"
            for name in ("snapshots", "texts")
            for ending in (".bib", ".ris", ".csl_json")
        ]
        asked += [f"/archive/passages.json?_shape=array&_search={word}" for word in words]
        asked += [
            "/archive/passages.json?_shape=array&_where=" + quote(f"exact LIKE '%{word}%'") for word in words
        ]
        given = {at: await client.get(at) for at in asked}
    assert {answer.status_code for answer in given.values()} <= {200, 400}
    assert [
        at
        for at, answer in given.items()
        for word in words
        if word in answer.text.replace(quote(word), "") and word not in at
    ] == []
    assert all(answer.json() == [] for at, answer in given.items() if "_where=" in at or "_search=" in at)


def test_no_command_prints_them(hidden: Hidden) -> None:
    story, words = hidden
    commands: list[tuple[str, ...]] = [("stats",), ("resolve",), ("search", "harbour")]
    commands += [("export", "--format", form) for form in FORMS]
    for found in story.snapshots.values():
        commands += [("export", "--article", found)]
        commands += [("show", found), ("cite", found, "--format", "jsonld"), ("review", found)]
    for command in [*commands, *((*command, "--json") for command in commands)]:
        done = CliRunner().invoke(program, ["-A", str(story.folder), *command])
        said = done.output + str(done.exception)
        assert [word for word in words if word in said and word not in command] == [], command


def test_none_comes_back_with_a_rebuild(hidden: Hidden, tmp_path: Path) -> None:
    story, words = hidden
    rebuild(Store(str(story.folder)), tmp_path / "anew.db", "2026-12-02T00:00:00Z")
    held = (tmp_path / "anew.db").read_bytes().lower()
    assert [word for word in words if word.encode() in held] == []


def test_what_is_lifted_is_shown_again_whole(story: Story, tmp_path: Path) -> None:
    copy = restricted(story, "revisit", tmp_path / "archive")
    show = partial(lift, written=story.snapshots["revisit"], reason="no more")
    Desk(Store(str(copy.folder)), copy.index).say("Ada", show)
    with opened(copy.folder) as site, opened(story.folder) as before:
        for name, found in story.snapshots.items():
            paths = (
                f"/snapshot/{found}",
                f"/snapshot/{found}/text",
                f"/snapshot/{found}/raw",
                f"/article/{found}",
            )
            assert [ask(site, at).body for at in paths] == [ask(before, at).body for at in paths], name
