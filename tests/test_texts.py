"""A text of record in a WARC file: its words, what is known of them, or why there are none."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.bibliography import cite_key
from archive.errors import PinciteError
from archive.model import Heading, Text
from archive.warc.profile import Log
from tests import logs, nouns
from tests.logs import an_exchange, at, kept, stored, with_text, written

FULL = replace(
    nouns.a_text(
        nouns.a_page(), title="A ferry,\na captain\\n and \u2028 C:\\DOS ", authors=("Jane Doe", " ")
    ),
    headings=(Heading(0, 1), Heading(70, 2)),
    pages=("i", "", "2"),
)


def test_a_text_is_words_and_what_is_known_of_them(tmp_path: Path) -> None:
    text, found, name = kept(tmp_path, with_text(FULL))
    assert found[1] == at(name, text)
    assert text.metadata == FULL.metadata
    assert text.cite_key == cite_key(FULL.metadata, found[0])
    path, _ = written(tmp_path, with_text(FULL))
    page, conversion, metadata = (stored(path)[n] for n in (2, 4, 5))
    assert conversion.block_bytes(10_000).decode() == nouns.ARTICLE
    assert conversion.field("Content-Type") == "text/plain;charset=utf-8"
    assert metadata.field("Content-Type") == "application/warc-fields"
    for record in (conversion, metadata):
        assert (record.uri, record.field("WARC-Refers-To")) == (page.uri, f"<{page.id}>")
        assert record.field("Pincite-Snapshot") == found[0].id
        assert record.field("WARC-Payload-Digest") is None
    lines = metadata.block_bytes(10_000).decode().split("\r\n")
    assert "title: A ferry,\\na captain\\\\n and \\u2028 C:\\\\DOS\\u0020" in lines


def test_a_page_without_text_says_why(tmp_path: Path) -> None:
    text, found, name = kept(tmp_path, with_text(replace(FULL, body="", headings=(), reason="limit: time")))
    assert found[1] == at(name, text)
    path, _ = written(tmp_path, with_text(replace(FULL, body="", headings=(), reason="limit: time")))
    assert "conversion" not in [record.type for record in stored(path)]


def test_a_text_keeps_the_key_that_it_has(tmp_path: Path) -> None:
    text, _, _ = kept(tmp_path, with_text(replace(FULL, cite_key="doe2019-abc")))
    assert text.cite_key == "doe2019-abc"


def test_a_text_needs_its_page(tmp_path: Path) -> None:
    log = Log(tmp_path, lambda: nouns.DATE, logs.INFO)
    page = nouns.a_page("https://elsewhere.example/\r\nWARC-Type: response")
    with pytest.raises(PinciteError, match="expected the snapshot"):
        log.text(nouns.a_text(page))
    with pytest.raises(PinciteError, match="expected the snapshot"):
        log.text(nouns.a_text(page), nouns.a_page())
    assert log.text(nouns.a_text(page), page).cite_key == f"elsewherend-{page.id[:8]}"
    sealed = log.seal()
    assert [record.type for record in stored(sealed.path)] == ["warcinfo", "conversion", "metadata"]
    log.discard()


@pytest.mark.parametrize(
    "wrong",
    [
        replace(FULL, body="a\x02b"),
        replace(FULL, body="a\ud800b"),
        replace(FULL, headings=(Heading(10_000, 1),)),
        replace(FULL, share=1.5),
        replace(FULL, metadata=replace(FULL.metadata, title="a\x00")),
        replace(FULL, metadata=replace(FULL.metadata, title="a\ud800")),
        replace(FULL, reason="limit: time"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(tmp_path: Path, wrong: Text) -> None:
    log = Log(tmp_path, lambda: nouns.DATE, logs.INFO)
    page = log.exchange(an_exchange())
    size = log.size
    with pytest.raises(PinciteError):
        log.text(replace(wrong, snapshot=page.id))
    assert log.size == size
    log.discard()
    assert list(tmp_path.iterdir()) == []
