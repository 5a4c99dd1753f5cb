"""A source that an article cites in many ways is one source: visited once, listed once."""

from pathlib import Path

import pytest

from archive.uri import page_key, without_tracking
from tests.program import LOOPBACK, pincite
from tests.web import Web

PAGE = "<title>{0}</title><article><p>The harbour of {0} was closed for three days after it.</p></article>"


def test_five_ways_of_citing_one_source(tmp_path: Path) -> None:
    with Web() as web:
        web.page("/report", PAGE.format("Sund"))
        web.page("/10.1000/crane.2015", PAGE.format("Moss"))
        report = web.url("/report")
        article = tmp_path / "article.md"
        article.write_text(
            f"# Storm\n\nThe harbour was [closed]({report}). Nobody was [told]({report}#why) then. "
            f"It was [opened later]({report}?utm_source=letter&fbclid=x1). It fell (doi:10.1000/crane.2015). "
            f"See [the study](https://www.doi.org/10.1000/crane.2015#part) of it.\n\n## References\n\n"
            f"- The report of Sund. {report}?utm_medium=x\n- Berg, A. (2015). Moss. "
            "http://dx.doi.org/10.1000/crane.2015\n- Berg, A. Moss. DOI 10.1000/crane.2015\n",
            encoding="utf-8",
        )
        archive = tmp_path / "archive"
        pincite("init", archive, "--operator", "Ada", "--contact", "ada@a.example")
        done = pincite(
            "-A",
            archive,
            "ingest",
            article,
            "--resolver",
            "none",
            "--doi-resolver",
            web.url("/"),
            *LOOPBACK,
            "--json",
        )
        assert done.code == 0, done.err
        found = done.json["articles"][0]["citations"]
        assert len(found) == 8
        assert len({each["snapshot"] for each in found}) == 2
        assert (web.asked("/report"), web.asked("/10.1000/crane.2015")) == (1, 1)
        assert {each["uri"].partition("#")[0] for each in found} == {report, web.url("/10.1000/crane.2015")}


@pytest.mark.parametrize(
    "other",
    ["https://example.org/a?b=1", "http://www.example.org/a?b=1", "HTTP://EXAMPLE.org:80/a/?b=1#part"],
)
def test_addresses_of_one_page(other: str) -> None:
    assert page_key("http://example.org/a?b=1") == page_key(other)


@pytest.mark.parametrize(
    "other",
    ["http://example.org/A?b=1", "http://example.org/a?b=2", "http://m.example.org/a?b=1", "", "x://["],
)
def test_addresses_of_other_pages(other: str) -> None:
    assert page_key("http://example.org/a?b=1") != page_key(other)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("https://e.org/a?utm_source=x", "https://e.org/a"),
        ("https://e.org/a?utm_source=x#top", "https://e.org/a#top"),
        ("https://e.org/a?id=1&gclid=2&p=3", "https://e.org/a?id=1&p=3"),
        ("https://e.org/a?ref=3&source=letter", "https://e.org/a?ref=3&source=letter"),
        ("https://e.org/a#x?utm_source=y", "https://e.org/a#x?utm_source=y"),
        ("https://e.org/a?", "https://e.org/a?"),
        ("https://e.org/a?a=%2F&b=+", "https://e.org/a?a=%2F&b=+"),
    ],
)
def test_what_only_counts_visitors_is_left_out_and_all_else_stays(written: str, clean: str) -> None:
    assert without_tracking(written) == clean
