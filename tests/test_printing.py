"""Papers printed by the real programs hold original address, archived address and date, for good.

The archive moves to another public address after they are printed: what stands on paper still leads there.
"""

import html
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from archive.bibliography import together
from archive.model import grouped
from ingest.demo import web
from tests.cited import ADDRESS, HOSTILE, ORIGINAL, titled
from tests.printing import latex, pandoc, typst
from tests.program import ROOT, pincite
from tests.serving import get, served

OLD, NEW = "https://papers.old.example/archive", "https://archive.new.example"
EXAMPLES = ROOT / "docs" / "examples"
SOURCES = {
    "petrels": web.ARTICLE,
    "minutes-2019": "/council/minutes-2019-03-14.html",
    "warden": "/radio/the-warden-who-waited.html",
    "census-2023": "/census/census-2023.pdf",
}
LOOPBACK = ("--allow-private", "127.0.0.1/32")


@dataclass(frozen=True)
class Author:
    """An author's archive, and of each source by its key: the snapshot's id, its address, its day."""

    archive: Path
    ids: Mapping[str, str]
    originals: Mapping[str, str]
    days: Mapping[str, str]


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    archive = tmp_path_factory.mktemp("author") / "archive"
    assert pincite("init", archive, "--base-url", OLD).code == 0
    ids, originals, days = {}, {}, {}
    with web.running() as address:
        addresses = [address + path for path in SOURCES.values()]
        taken = pincite("-A", archive, "capture", *addresses, *LOOPBACK, "--json").json["articles"]
    for key, one in zip(SOURCES, taken, strict=True):
        ids[key], originals[key] = one["snapshot"], one["uri"]
        days[key] = pincite("-A", archive, "show", one["snapshot"], "--json").json["date"][:10]
        assert pincite("-A", archive, "correct", one["snapshot"], f"key={key}").code == 0
    return Author(archive, ids, originals, days)


def written(author: Author, folder: Path, paper: str, bibliography: str) -> Path:
    """An example in a folder of its own, with the bibliography that `pincite bib` gives it."""
    for name in (paper, "archived.csl"):
        shutil.copy(EXAMPLES / name, folder / name)
    done = pincite("-A", author.archive, "bib", paper, "-o", bibliography, cwd=folder)
    assert (done.code, done.err) == (0, ""), done.err
    return folder / paper


def holds_all(author: Author, text: str) -> bool:
    """Whether the printed references have each source's two addresses and its day."""
    for key, identifier in author.ids.items():
        assert f"{OLD}/{grouped(identifier)}" in text, key
        assert author.originals[key] in text and author.days[key] in text, key
    return True


def test_biblatex(author: Author, tmp_path: Path) -> None:
    paper = written(author, tmp_path, "paper.tex", "sources.bib")
    assert holds_all(author, latex(paper, "biber"))
    # What LaTeX wrote down names the same sources as the paper does.
    again = pincite(
        "-A", author.archive, "bib", "paper.aux", "-o", "sources.bib", "--format", "biblatex", cwd=tmp_path
    )
    assert again.code == 0 and "nothing has changed" in again.out


def test_classic_bibtex(author: Author, tmp_path: Path) -> None:
    paper = written(author, tmp_path, "classic.tex", "sources.bib")
    assert holds_all(author, latex(paper, "bibtex"))
    again = pincite("-A", author.archive, "bib", "classic.aux", "-o", "sources.bib", cwd=tmp_path)
    assert again.code == 0 and "nothing has changed" in again.out


@pytest.mark.parametrize("bibliography", ["sources.bib", "sources.json"])
def test_pandoc(author: Author, tmp_path: Path, bibliography: str) -> None:
    paper = written(author, tmp_path, "paper.md", bibliography)
    paper.write_text(paper.read_text("utf-8").replace("sources.bib", bibliography), "utf-8")
    made = html.unescape(pandoc(paper))
    assert holds_all(author, made) and "citeproc: citation" not in made
    for identifier in author.ids.values():
        assert f'href="{OLD}/{grouped(identifier)}"' in made


@pytest.mark.parametrize("style", ["ieee", "apa", "chicago-author-date", "mla", "vancouver"])
def test_typst(author: Author, tmp_path: Path, style: str) -> None:
    paper = written(author, tmp_path, "paper.typ", "sources.yml")
    paper.write_text(paper.read_text("utf-8").replace('"ieee"', f'"{style}"'), "utf-8")
    assert holds_all(author, typst(paper))


@contextmanager
def moved(author: Author, folder: Path) -> Iterator[str]:
    """The archive at its new address, served."""
    archive = folder / "moved"
    shutil.copytree(author.archive, archive)
    assert pincite("init", archive, "--base-url", NEW).code == 0
    with served(archive) as base:
        yield base


def test_what_is_printed_leads_to_the_archive_at_its_new_address(author: Author, tmp_path: Path) -> None:
    with moved(author, tmp_path) as base:
        for key, identifier in author.ids.items():
            on_paper = f"{OLD}/{grouped(identifier)}"
            for way in (f"{base}/search?q={on_paper}", f"{base}/{grouped(identifier)}"):
                status, page = get(way)
                assert status == 200 and author.originals[key] in html.unescape(page), way
            # It is cited under the new address from now on.
            assert f"{NEW}/{grouped(identifier)}" in get(f"{base}/snapshot/{identifier}.bib")[1]
        text = pincite("-A", author.archive, "show", author.ids["petrels"], "--json").json["text"]
        status, page = get(f"{base}/search?q={OLD}/passage/{grouped(text)}/0-20")
        assert status == 200 and "Ardle Bay" in page
    # A paper that names a source by the old address still gets its entry.
    (tmp_path / "old.md").write_text(f"As in {OLD}/{grouped(author.ids['warden'])}.\n")
    done = pincite("-A", tmp_path / "moved", "bib", tmp_path / "old.md")
    assert done.code == 0 and f"{NEW}/{grouped(author.ids['warden'])}" in done.out


HOSTILE_TITLES = [*HOSTILE, r"\undefined \end{document} ^^5c ##1 #{}", "汉字 и ελ — «x» ’’ ``''", "$x^$ & \\"]


def hostile(form: str) -> str:
    names = ("Doe & Sons_ #1 50%", "Ångström, Zoë", "{Barnes and Noble}", "שלום עליכם", "🪸 Reef")
    said = {"site": "The $ite_ & #1 ~ ^", "language": "he"}
    items = [
        replace(titled(title, authors=(names[n % len(names)], "O’Neil, B. $"), **said), key=f"k{n}")
        for n, title in enumerate(HOSTILE_TITLES)
    ]
    return together(items, form)


def test_no_title_stops_latex(tmp_path: Path) -> None:
    keys = ",".join(f"k{n}" for n in range(len(HOSTILE_TITLES)))
    for example, form, program in (("paper.tex", "biblatex", "biber"), ("classic.tex", "bibtex", "bibtex")):
        (tmp_path / "sources.bib").write_text(hostile(form), "utf-8")
        source = (EXAMPLES / example).read_text("utf-8")
        body = re.compile(r"\\maketitle\n.*?(?=\\(?:printbib|bibliographystyle))", re.DOTALL)
        paper = tmp_path / example
        paper.write_text(body.sub(lambda _: rf"\cite{{{keys}}}" + "\n", source), "utf-8")
        text = latex(paper, program)
        assert text.count(ADDRESS) == text.count(ORIGINAL) == len(HOSTILE_TITLES)
        assert "50%of“R&D”costs#1$5under_score~tilde^caret" in text
        assert r"\undefined\end{document}^^5c##1#{}" in text and "и ελ".replace(" ", "") in text


def test_no_title_stops_typst(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text(hostile("hayagriva"), "utf-8")
    paper = tmp_path / "paper.typ"
    cites = " ".join(f"@k{n}" for n in range(len(HOSTILE_TITLES)))
    paper.write_text(f'#set page(width: 60cm)\n{cites}\n#bibliography("sources.yml")\n', "utf-8")
    text = typst(paper)
    assert text.count(ADDRESS) == text.count(ORIGINAL) == len(HOSTILE_TITLES)
    assert "50%of“R&D”costs#1$5under_score~tilde^caret" in text and r"\undefined\end{document}" in text


def test_no_title_stops_pandoc(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "archived.csl", tmp_path)
    for name, form in (("sources.bib", "biblatex"), ("sources.json", "csl-json")):
        (tmp_path / name).write_text(hostile(form), "utf-8")
        cites = "; ".join(f"@k{n}" for n in range(len(HOSTILE_TITLES)))
        paper = tmp_path / "paper.md"
        paper.write_text(f"---\nbibliography: {name}\ncsl: archived.csl\n---\n[{cites}]\n", "utf-8")
        made = html.unescape(pandoc(paper))
        assert made.count(f'href="{ADDRESS}"') >= len(HOSTILE_TITLES) and "<script>alert" not in pandoc(paper)
