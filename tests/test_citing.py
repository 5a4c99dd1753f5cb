"""Citing on the site: every noun in every form at its address, an article's bibliography, the pincites."""

import json
from collections.abc import Iterator
from dataclasses import replace

import bibtexparser
import pytest
import rispy

from archive.anchor import describe
from archive.bibliography import wikipedia
from archive.documents import citation_item, named_passage, passage_item
from archive.index import read
from archive.model import grouped
from archive.site.answers import Answer, Site
from archive.site.pages.citing import MOST_ROWS, citing
from archive.site.words import FORMS
from tests.site_archive import Archive, build
from tests.site_crawl import ask, opened, tree, words
from tests.site_story import BUDGET, HOSTILE

BASE = "https://archive.example.edu"
MEDIA = {
    "bib": "application/x-bibtex; charset=utf-8",
    "biblatex": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "jsonld": "application/ld+json",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("citing"))


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    with opened(archive.folder, BASE) as site:
        yield site


def pages_of(archive: Archive) -> dict[str, str]:
    """The page of one noun of each kind that is cited."""
    found = archive.reading.evidence[0]
    span = f"{found.passage.start}-{found.passage.end}"
    return {
        "snapshot": f"/snapshot/{archive.snapshots['harbour'].id}",
        "article": f"/article/{archive.snapshots['article'].id}",
        "claim": f"/claim/{archive.reading.claims[0].id}",
        "evidence": f"/evidence/{found.id}",
        "passage": f"/passage/{found.text}/{span}",
    }


def both_addresses(archive: Archive, name: str) -> tuple[str, str]:
    snapshot = archive.snapshots["harbour" if name in ("snapshot", "evidence", "passage") else "article"]
    return snapshot.uri, f"{BASE}/{grouped(snapshot.id)}"


@pytest.mark.parametrize("extension", sorted(MEDIA))
@pytest.mark.parametrize("name", ["snapshot", "article", "claim", "evidence", "passage"])
def test_every_noun_has_its_citation_as_a_file(
    site: Site, archive: Archive, name: str, extension: str
) -> None:
    given = ask(site, f"{pages_of(archive)[name]}.{extension}")
    assert (given.status, given.headers["Content-Type"]) == (200, MEDIA[extension])
    said = given.body.decode()
    assert all(address in said.replace("\\&", "&") for address in both_addresses(archive, name))


@pytest.mark.parametrize("name", ["claim", "evidence", "passage"])
def test_a_passage_is_a_web_annotation(site: Site, archive: Archive, name: str) -> None:
    made = json.loads(ask(site, f"{pages_of(archive)[name]}.jsonld").body)
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld" and made["type"] == "Annotation"
    position, quotation = made["target"][0]["selector"]
    claimed, found = archive.reading.claims[0], archive.reading.evidence[0]
    passage = claimed.passage if name == "claim" else found.passage
    assert (position["start"], position["end"]) == (passage.start, passage.end)
    assert quotation["exact"] == passage.exact


@pytest.mark.parametrize("name", ["snapshot", "claim", "evidence", "passage"])
def test_every_form_stands_on_the_page_to_be_selected(site: Site, archive: Archive, name: str) -> None:
    page = tree(ask(site, pages_of(archive)[name]))
    fields = page.xpath("//textarea[@readonly]")
    assert [field.get("data-form") for field in fields] == list(FORMS.values())
    item = citation_item(site.index, archive.snapshots["harbour"].id, BASE)
    assert item
    if name == "snapshot":
        made = citing(item, "")
        assert [field.text.removeprefix("\n") for field in fields] == [
            form.text.replace("\r", "") for form in made.forms
        ]
        assert all(0 < int(field.get("rows")) <= MOST_ROWS for field in fields)


def test_the_page_of_all_forms_shows_them_open(site: Site, archive: Archive) -> None:
    given = ask(site, f"/snapshot/{archive.snapshots['port'].id}/cite")
    assert given.status == 200 and tree(given).xpath("//details[@open]//textarea")
    assert "copy supplied by M. Keeper" in words(given)


def test_a_bibliography_has_every_source_once_and_says_what_is_missing(site: Site, archive: Archive) -> None:
    at = f"/article/{archive.snapshots['article'].id}/bibliography"
    lines = [" ".join(line.split()) for line in tree(ask(site, at)).xpath("//ol/li/p[1]/text()")]
    assert len(lines) == 7
    said = "\n".join(lines)
    assert f"https://council.example/budget-2026. Archived 2026-11-22 (UTC) at {BASE}/" in said
    assert "“photographs”. Undated. https://gone.example/quay. Not captured: dns." in said
    assert "“an interview”" in said and "what came instead: https://archive.example.edu/" in said
    assert "“The Wall and the Sea”. 1931. No address of it is known: no such title." in said
    assert "copy supplied by M. Keeper" in said
    library = bibtexparser.parse_string(ask(site, f"{at}.bib").body.decode())
    assert library.failed_blocks == [] and len(library.entries) == 7
    assert len(rispy.loads(ask(site, f"{at}.ris").body.decode())) == 7
    keys = [entry["id"] for entry in json.loads(ask(site, f"{at}.csl.json").body)]
    assert keys == [entry.key for entry in library.entries]


def test_an_article_without_a_reading_has_no_bibliography(site: Site, archive: Archive) -> None:
    given = ask(site, f"/article/{archive.snapshots['harbour'].id}/bibliography")
    assert given.status == 404 and "pincite annotate" in words(given)


@pytest.mark.parametrize("at", ["/claim/{snapshot}.bib", "/snapshot/{claim}.ris", "/passage/{text}/5-5.bib"])
def test_an_id_of_another_kind_is_not_cited_there(site: Site, archive: Archive, at: str) -> None:
    names = {
        "snapshot": archive.snapshots["article"].id,
        "claim": archive.reading.claims[0].id,
        "text": archive.texts["article"].id,
    }
    assert ask(site, at.format(**names)).status == 404


def passage(site: Site, archive: Archive, name: str, phrase: str) -> tuple[str, Answer]:
    body = archive.texts[name].body
    start = body.index(phrase)
    at = f"/passage/{archive.texts[name].id}/{start}-{start + len(phrase)}"
    return at, ask(site, at)


def test_a_passage_page_has_all_that_a_pincite_needs(site: Site, archive: Archive) -> None:
    _, given = passage(site, archive, "port", "voids below the paving")
    said = words(given)
    assert "p. 2: “voids below the paving”" in said, "the printed label of the page"
    (live,) = tree(given).xpath("//a[contains(@href, ':~:text=')]/@href")
    assert live == "https://port.example/wall-report.pdf#:~:text=voids%20below%20the%20paving"
    found = describe(archive.texts["port"].body, *span_of(archive, "port", "voids below the paving"))
    exact, before, behind = (cell.text_content() for cell in tree(given).xpath("//dd[@class='exact']"))
    assert (exact, before, behind) == (found.exact, found.prefix, found.suffix)


def span_of(archive: Archive, name: str, phrase: str) -> tuple[int, int]:
    start = archive.texts[name].body.index(phrase)
    return start, start + len(phrase)


def test_a_passage_over_two_pages_or_paragraphs_says_so(site: Site, archive: Archive) -> None:
    _, given = passage(site, archive, "port", "winter of 2020.\fFindings")
    assert "pp. 1–2: “winter of 2020. Findings”" in words(given)
    _, given = passage(site, archive, "budget", "foundations.\n\nFerry.")
    assert "paras. 2–3: “foundations. Ferry.”" in words(given)


def test_right_to_left_words_are_cited_as_they_are(site: Site, archive: Archive) -> None:
    at, given = passage(site, archive, "hostile", "הים גדול מן החומה")
    assert tree(given).xpath("//mark[@id='passage']/text()") == ["הים גדול מן החומה"]
    assert "para. 2: “הים גדול מן החומה”" in words(given)
    assert (
        json.loads(ask(site, f"{at}.jsonld").body)["target"][0]["selector"][1]["exact"] == "הים גדול מן החומה"
    )


def test_every_block_shows_its_part_of_the_text_unchanged(site: Site, archive: Archive) -> None:
    """What the script counts in, and what each paragraph's own address names, without a script."""
    for name, body in (("hostile", HOSTILE), ("budget", BUDGET)):
        page = tree(ask(site, f"/text/{archive.texts[name].id}"))
        blocks = page.xpath("//*[@data-start]")
        assert blocks
        for block in blocks:
            start, shown = int(block.get("data-start")), block.text_content()
            assert body[start : start + len(shown)] == shown
        for link in page.xpath("//a[@class='pin']"):
            assert ask(site, link.get("href").partition("#")[0]).status == 200 and not link.text_content()
        assert page.xpath("//article/@data-printed") == [f"{BASE}/passage/{grouped(archive.texts[name].id)}"]


def test_a_passage_is_found_by_what_is_printed(site: Site, archive: Archive) -> None:
    found = archive.reading.evidence[0]
    span = found.passage.start, found.passage.end
    item = passage_item(site.index, found.text, *span, BASE)
    assert item and item.pinpoint
    assert named_passage(item.pinpoint.address) == (found.text, *span)
    assert named_passage(f"pincite:{grouped(found.text)}/{span[0]}-{span[1]}.") == (found.text, *span)
    snapshot = archive.snapshots["harbour"]
    for pasted, leads in (
        (f"pincite:{grouped(found.text)}/{span[0]}-{span[1]}", f"/passage/{found.text}/{span[0]}-{span[1]}"),
        (f"{item.pinpoint.address}%23passage", f"/passage/{found.text}/{span[0]}-{span[1]}"),
        (f"{BASE}/{grouped(snapshot.id)}", f"/snapshot/{snapshot.id}"),
    ):
        assert ask(site, f"/search?q={pasted}").headers["Location"] == leads
    printed = ask(site, f"/{grouped(snapshot.id)}.bib")
    assert printed.headers["Location"] == f"/snapshot/{snapshot.id}.bib"
    assert ask(site, f"/{grouped(snapshot.id)}.,").headers["Location"] == f"/snapshot/{snapshot.id}"


def test_the_landing_page_describes_the_page_and_not_the_archive(site: Site, archive: Archive) -> None:
    snapshot = archive.snapshots["article"]
    page = tree(ask(site, f"/snapshot/{snapshot.id}"))
    said = {
        meta.get("name") or meta.get("property"): meta.get("content")
        for meta in page.xpath("//meta[@content]")
    }
    assert said["citation_title"] == said["og:title"] == "What the harbour wall cost, and who paid"
    assert page.xpath("//meta[@name='citation_author']/@content") == ["Ferreira, Ines", "Baker, Tom"]
    assert (said["citation_publication_date"], said["og:type"]) == ("2026/01/14", "website")
    assert said["og:url"] == said["citation_public_url"] == f"{BASE}/{grouped(snapshot.id)}"
    assert said["DC.relation"] == snapshot.uri and said["og:site_name"] == "The Courier"
    (linked,) = page.xpath("//script[@type='application/ld+json']/text()")
    made = json.loads(linked)
    assert (made["@type"], made["url"], made["archivedAt"]["url"]) == (
        "WebPage",
        snapshot.uri,
        said["og:url"],
    )
    assert made["datePublished"] == "2026-01-14" and made["author"][0]["familyName"] == "Ferreira"


def test_names_reach_zotero_in_their_parts(site: Site, archive: Archive) -> None:
    """As its Embedded Metadata translator reads them: see tests/test_zotero.py, which asks the real one."""
    item = citation_item(site.index, archive.snapshots["harbour"].id, BASE)
    assert item

    def authors(*names: str) -> list[str]:
        return citing(replace(item, metadata=replace(item.metadata, authors=names)), "").highwire_authors

    assert authors("Anna Maria van der Berg") == ["van der Berg, Anna Maria;"]
    assert authors("Jane Doe", "Wikipedia contributors") == ["Doe, Jane", "Wikipedia contributors,"]
    assert authors("Wikipedia contributors") == ["Wikipedia contributors,"] and authors() == []


def test_no_loopback_address_is_described(archive: Archive) -> None:
    with opened(archive.folder, "http://127.0.0.1:8001") as site:
        given = ask(site, f"/snapshot/{archive.snapshots['article'].id}")
    page = tree(given)
    assert b"127.0.0.1" not in given.body
    assert not page.xpath("//meta[@property='og:url' or @name='citation_public_url']")
    assert "no public address is set" in words(given)


def test_hostile_words_end_no_script_and_no_attribute(site: Site, archive: Archive) -> None:
    given = ask(site, f"/snapshot/{archive.snapshots['hostile'].id}")
    page = tree(given)
    (linked,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert "<" not in linked and json.loads(linked)["author"][0]["name"] == "<i>Eve</i>"
    assert page.xpath("//meta[@name='citation_title']/@content") == ["<b>Bold</b> & esrever"]


@pytest.mark.parametrize(
    ("name", "status"), [("harbour", "live"), ("lost", "dead"), ("moved", "live"), ("port", "live")]
)
def test_the_status_of_an_address_is_that_of_its_newest_visit(
    site: Site, archive: Archive, name: str, status: str
) -> None:
    """A redirect is what it leads to; a copy that a person gave is no visit."""
    item = citation_item(site.index, archive.snapshots[name].id, BASE)
    assert item and f"|url-status={status}" in wikipedia(item)


def test_a_visit_that_failed_later_is_the_newest(site: Site, archive: Archive) -> None:
    assert read.is_lost(site.index, archive.failure.uri)
    assert not read.is_lost(site.index, "https://never.example/")


def test_what_is_restricted_is_cited_without_its_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = build(tmp_path_factory.mktemp("hidden"), restrict=("budget",))
    budget, text = archive.snapshots["budget"], archive.texts["budget"]
    with opened(archive.folder, BASE) as site:
        for at in (
            f"/snapshot/{budget.id}.bib",
            f"/snapshot/{budget.id}/cite",
            f"/passage/{text.id}/0-9.ris",
        ):
            assert ask(site, at).status == 451, at
        evidence = next(one for one in archive.reading.evidence if one.text == text.id)
        assert ask(site, f"/evidence/{evidence.id}.bib").status == 451
        listed = words(ask(site, f"/article/{archive.snapshots['article'].id}/bibliography"))
        assert "restricted: this archive does not show it" in listed and "14,000" not in listed
