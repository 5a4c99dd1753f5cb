"""Citations as people print and paste them: styles, Wikipedia, Markdown, links, names, places."""

import json
from dataclasses import replace

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archive.anchor import Locator
from archive.bibliography import (
    STYLES,
    bibtex,
    csl_json,
    form,
    item,
    markdown,
    plain,
    ris,
    robust_link,
    web_annotation,
    wikipedia,
)
from archive.bibliography.names import person
from archive.bibliography.words import one_line
from archive.model import Metadata
from tests.cited import (
    ADDRESS,
    ALL,
    BASE,
    BODY,
    HOSTILE,
    ORIGINAL,
    PAGE,
    SNAPSHOT,
    TEXT,
    pinned,
    read_bibtex,
    titled,
    titles,
)


def test_plain_is_one_line_with_both_addresses() -> None:
    assert plain(item(SNAPSHOT, PAGE, BASE)) == (
        "Jane Q. Doe; Wikipedia contributors. “Great Barrier Reef”. Reef Watch, 2024-03-05. "
        f"{ORIGINAL}. Archived 2026-11-22 (UTC) at {ADDRESS}.\n"
    )


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (
            "apa",
            "Doe, J. Q., & Wikipedia contributors. (2024, March 5). Great Barrier Reef. Reef Watch. "
            f"{ORIGINAL}. Archived November 22, 2026, at {ADDRESS}.",
        ),
        (
            "mla",
            "Doe, Jane Q., and Wikipedia contributors. “Great Barrier Reef.” Reef Watch, 5 Mar. 2024, "
            f"{ORIGINAL}. Pincite, {ADDRESS}. Archived 22 Nov. 2026.",
        ),
        (
            "chicago",
            "Doe, Jane Q., and Wikipedia contributors. “Great Barrier Reef.” Reef Watch, March 5, 2024. "
            f"{ORIGINAL}, archived November 22, 2026, at Pincite, {ADDRESS}.",
        ),
        (
            "bluebook",
            "Jane Q. Doe & Wikipedia contributors, Great Barrier Reef, Reef Watch (Mar. 5, 2024), "
            f"{ORIGINAL} [{ADDRESS}].",
        ),
    ],
)
def test_each_style_prints_both_addresses_in_its_own_way(style: str, said: str) -> None:
    assert STYLES[style](item(SNAPSHOT, PAGE, BASE)) == said + "\n"


def test_wikipedia_has_a_place_for_everything() -> None:
    assert wikipedia(item(SNAPSHOT, PAGE, BASE)) == (
        "{{cite web |last1=Doe |first1=Jane Q. |author2=Wikipedia contributors |title=Great Barrier Reef "
        f"|website=Reef Watch |date=2024-03-05 |url={ORIGINAL} |access-date=2026-11-22 "
        f"|archive-url={ADDRESS} |archive-date=2026-11-22 |url-status=live |language=en}}}}\n"
    )
    assert "|url-status=dead" in wikipedia(item(SNAPSHOT, PAGE, BASE, lost=True))
    quoted = wikipedia(pinned(item(SNAPSHOT, PAGE, BASE)))
    assert "|at=para. 2 |quote=It is large.}} (passage: https://" in quoted


def test_a_robust_link_has_the_attributes_of_the_specification() -> None:
    assert robust_link(item(SNAPSHOT, PAGE, BASE)) == (
        f'<a href="{ORIGINAL}" data-originalurl="{ORIGINAL}" data-versionurl="{ADDRESS}" '
        'data-versiondate="2026-11-22">Great Barrier Reef</a>\n'.replace("b=1&c", "b=1&amp;c")
    ).replace("b=1&c", "b=1&amp;c")


@pytest.mark.parametrize("name", ALL)
def test_a_pincite_has_locator_words_and_address_in_every_form(name: str) -> None:
    said = form(name)(pinned(item(SNAPSHOT, PAGE, BASE)))
    place = {"mla": "par. 2", "bluebook": "¶ 2", "jsonld": '"start": 6', "markdown": "para. 2"}
    assert place.get(name, "para. 2") in said
    assert ("It is\\nlarge." if name == "jsonld" else "It is large.") in said
    assert "/passage/g3z1-fdnv-kx7c-6wsj/6-18" in said.replace("\\-", "-")


def test_places_are_named_as_each_style_names_them() -> None:
    cited = pinned(item(SNAPSHOT, PAGE, BASE))
    assert cited.pinpoint
    paged = replace(cited, pinpoint=replace(cited.pinpoint, locator=Locator("page", "xiv", "xv")))
    assert "pp. xiv–xv: “It is large.”" in plain(paged) and "pp. xiv–xv: “" in STYLES["mla"](paged)
    assert " xiv–xv: “It" in STYLES["chicago"](paged) and "Reef Watch at xiv–xv (Mar." in STYLES["bluebook"](
        paged
    )
    assert "|page=xiv–xv |quote=" in wikipedia(paged)


def test_a_web_annotation_has_both_selectors_and_the_state_of_the_page() -> None:
    made = web_annotation(pinned(item(SNAPSHOT, PAGE, BASE)))
    here, there = made["target"]
    position, quotation = here["selector"]
    assert (position["type"], position["start"], position["end"]) == ("TextPositionSelector", 6, 18)
    assert BODY[position["start"] : position["end"]] == quotation["exact"]
    assert BODY.startswith(quotation["prefix"] + quotation["exact"] + quotation["suffix"])
    assert here["source"] == f"urn:pincite:text:{TEXT}"
    assert (there["source"], there["state"]["cached"]) == (ORIGINAL, ADDRESS)
    assert there["state"]["sourceDate"] == SNAPSHOT.date and there["selector"] == quotation
    with pytest.raises(ValueError, match="no passage"):
        web_annotation(item(SNAPSHOT, PAGE, BASE))


@pytest.mark.parametrize("title", HOSTILE)
def test_markdown_reads_back_as_the_title_and_two_links(title: str) -> None:
    cited = titled(title)
    (inline,) = [token for token in MarkdownIt().parse(markdown(cited)) if token.type == "inline"]
    children = inline.children or []
    links = [token.attrs["href"] for token in children if token.type == "link_open"]
    assert links == [ORIGINAL, ADDRESS]
    assert {token.type for token in children} == {"text", "link_open", "link_close"} | (
        {"text_special"} & {token.type for token in children}
    )
    assert cited.title in "".join(token.content for token in children)


@given(titles)
def test_no_title_ends_its_template_or_signs_it(title: str) -> None:
    said = wikipedia(titled(title))
    inside = said.removeprefix("{{cite web ").removesuffix("}}\n")
    names = [part.partition("=")[0] for part in inside.split("|")[1:]]
    assert names[:4] == ["last1", "first1", "author2", "title"] and len(names) == len(set(names))
    assert not {"{", "}", "[", "]", "<", ">"} & set(inside) and "''" not in inside and "~~~" not in inside


def test_no_address_that_runs_a_script_becomes_a_link() -> None:
    cited = item(replace(SNAPSHOT, uri="javascript:alert(1)"), PAGE, BASE)
    assert 'href="javascript' not in robust_link(cited) and "](<javascript" not in markdown(cited)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Doe, Jane", ("Doe", "Jane", "", "")),
        ("Jane Doe", ("Doe", "Jane", "", "")),
        ("Reuters", ("Reuters", "", "", "")),
        ("The Guardian", ("The Guardian", "", "", "")),
        ("Department of Health, Scotland", ("Department of Health, Scotland", "", "", "")),
        ("Reef Watch", ("Reef Watch", "", "", "")),
        ("jane doe", ("jane doe", "", "", "")),
        ("Anna Maria van der Berg", ("Berg", "Anna Maria", "van der", "")),
        ("van Gogh, Vincent", ("Gogh", "Vincent", "van", "")),
        ("Martin Luther King Jr.", ("King", "Martin Luther", "", "Jr.")),
        ("King, Martin Luther, Jr.", ("King", "Martin Luther", "", "Jr.")),
        ("Martin Luther King, Jr.", ("King", "Martin Luther", "", "Jr.")),
        ("Maria Teresa Garcia Lopez", ("Maria Teresa Garcia Lopez", "", "", "")),
        ("von", ("von", "", "", "")),
        ("a, b, c, d", ("a, b, c, d", "", "", "")),
    ],
)
def test_only_plain_names_are_split(name: str, parts: tuple[str, str, str, str]) -> None:
    found = person(name, "Reef Watch")
    assert (found.family, found.given, found.particle, found.suffix) == parts


def test_particles_and_suffixes_stand_where_each_form_wants_them() -> None:
    cited = titled("T", authors=("Anna Maria van der Berg", "Martin Luther King Jr."))
    assert "author = {van der Berg, Anna Maria and King, Jr., Martin Luther}" in bibtex(cited)
    assert rispy.loads(ris(cited))[0]["authors"] == ["van der Berg, Anna Maria", "King, Martin Luther, Jr."]
    assert json.loads(csl_json([cited]))[0]["author"] == [
        {"family": "Berg", "given": "Anna Maria", "non-dropping-particle": "van der"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    ]
    assert STYLES["apa"](cited).startswith("van der Berg, A. M., & King, M. L., Jr. (2024, March 5).")
    assert STYLES["bluebook"](cited).startswith("Anna Maria van der Berg & Martin Luther King Jr., T, ")


@given(st.text(max_size=40))
def test_no_name_loses_its_letters(name: str) -> None:
    """Commas and braces part and group a name, and are no letters of it."""
    found = person(name).natural
    marks = str.maketrans("", "", "{},")
    kept = sorted("".join(found.translate(marks).split()))
    assert kept == sorted("".join(one_line(name).translate(marks).split()))


def test_sixty_authors_are_all_kept_where_machines_read_and_shortened_where_people_do() -> None:
    names = tuple(f"Ada{chr(97 + n % 26)} Byron{chr(97 + n // 26)}" for n in range(60))
    cited = titled("T", authors=names)
    assert len(read_bibtex(bibtex(cited))["author"].split(" and ")) == 60
    assert len(rispy.loads(ris(cited))[0]["authors"]) == 60
    assert len(json.loads(csl_json([cited]))[0]["author"]) == 60
    assert "|last60=" in wikipedia(cited)
    assert STYLES["apa"](cited).count("Byron") == 20 and ", … Byronc, A." in STYLES["apa"](cited)
    assert STYLES["mla"](cited).startswith("Byrona, Adaa, et al. “T.”")
    assert STYLES["chicago"](cited).startswith("Byrona, Adaa, Adab Byrona, Adac Byrona, et al. “T.”")
    assert STYLES["bluebook"](cited).startswith("Adaa Byrona et al., T, ")


def test_a_file_without_an_address_is_cited_by_its_digest_name() -> None:
    local = replace(SNAPSHOT, uri="ni:///sha-256;abc", record_type="resource")
    cited = item(local, Metadata(title="Minutes"), BASE)
    for name in ALL:
        assert "ni:///sha-256;abc" in form(name)(cited).replace("\\", ""), name
    assert cited.kept
    assert f"|url={cited.kept.address} |access-date=2026-11-22 |via=ni:///" in wikipedia(cited)
    assert f'href="{cited.kept.address}"' in robust_link(cited)
