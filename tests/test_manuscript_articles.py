"""Manuscripts as articles: what a .tex with its .bib, .qmd, .docx or .epub cites is captured, and tied."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.errors import UsageError
from archive.store import Store
from archive.warc.record import record_at
from ingest import pipeline
from ingest.capture import Tools, rebuild_index
from ingest.documents import About, load
from ingest.report import ArticleReport
from tests.index_rows import index_rows
from tests.papers import extracted
from tests.printing import need
from tests.web import Web
from tests.working import chosen, working

REPORT = """<html><head><title>Yearly report</title></head><body><article><h1>Yearly report</h1>
<p>In 2025 the authority dredged 14,000 tonnes of mud from the basin, more than in any year before.</p>
<p>Nine ferries called at the port each day, and the fish market sold as much as in 2024.</p>
</article></body></html>"""
BIB = r"""@online{report, author = {{Port of Sund}}, title = {Yearly report of Sund\"on}, date = {2025-01-02},
  url = {URL/report?a_b=1%20c}}
@article{keel2020, author = {Keel, Ada and Lie, Bo}, title = {Mud}, journal = {Journal of Mud}, year = 2020,
  doi = {10.1000/mud.1}}
@misc{never, title = {Never cited}, year = 1999, howpublished = {\url{URL/never}}}
"""
TEX = r"""\documentclass{article} % a comment
\addbibresource{sources.bib}
\title{The \emph{harbour} is silting up} \author{Ada Keel \and Bo Lie} \date{2026-01-05}
\begin{document}
\maketitle
\section{Mud}\label{sec:mud}
The authority dredged 15,000 tonnes of mud from the basin in 2025 \parencite[p.~3]{report}. % \cite{never}
It cost 50\% more than in ``any year'' before\footnote{So the council, \url{URL/council}.}.
\input{chapters/two}
\printbibliography
\end{document}
"""
TWO = r"""\section{Ships}
Nine ferries called at the port each day \autocite{keel2020, report}.
"""
QMD = """---
title: "The harbour is silting up"
author: Ada Keel
bibliography: sources.bib
---

# Mud {#sec-mud}

The authority dredged 15,000 tonnes of mud from the basin in 2025 [see @report, p. 3]; see @fig-mud.

```{r}
plot(never)
```

Nine ferries called at the port each day.[^1]

[^1]: As in @keel2020, and in [the council](URL/council).
"""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as served:
        served.page("/report", REPORT)
        served.page(
            "/council", "<html><title>Council</title><p>The council of the town met on Monday.</p></html>"
        )
        served.page("/never", "<html><title>Never</title><p>This page is cited by nobody at all.</p></html>")
        yield served


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, web: Web) -> Iterator[Tools]:
    with working(tmp_path_factory.mktemp("manuscripts") / "archive") as tools:
        # DOIs are asked of this machine too, where they lead nowhere.
        yield chosen(tools, doi_resolver=web.url("/doi/"))


@pytest.fixture
def papers(tmp_path: Path, web: Web) -> Path:
    """A folder with a paper in each form, and the files that they name."""
    base = web.url("").rstrip("/")
    (tmp_path / "chapters").mkdir()
    written = {"paper.tex": TEX, "chapters/two.tex": TWO, "paper.qmd": QMD, "sources.bib": BIB}
    for name, content in written.items():
        (tmp_path / name).write_text(content.replace("URL", base), "utf-8")
    return tmp_path


def ingested(held: Tools, path: Path) -> ArticleReport:
    (report,) = pipeline.ingest(held, [str(path)], About(), None).articles
    assert report.failure is None
    return report


def cited(report: ArticleReport) -> dict[str, str]:
    """Of each citation the path of its address, and what became of it."""
    named = ((one.uri.partition("/report")[1] or one.uri.rpartition("/")[2], one) for one in report.citations)
    return {name: one.status for name, one in named if name}


@pytest.mark.parametrize("name", ["paper.tex", "paper.qmd"])
def test_what_a_manuscript_cites_is_captured_and_tied_to_its_claims(
    held: Tools, papers: Path, web: Web, name: str
) -> None:
    asked = web.asked("/never")
    report = ingested(held, papers / name)
    assert report.title == "The harbour is silting up"
    found = cited(report)
    assert set(found) == {"/report", "council", "mud.1"} and found.pop("mud.1") == "failed"
    assert set(found.values()) <= {"captured", "unchanged"}
    assert web.asked("/never") == asked
    shown = shown_article(held, report)
    claim = next(one for one in shown["claims"] if "15,000 tonnes" in one["exact"])
    assert any(one["tied"] == "author" and "14,000 tonnes" in one["exact"] for one in claim["evidence"])


def shown_article(held: Tools, report: ArticleReport) -> dict[str, Any]:
    from archive.documents import noun_document
    from ingest.capture import index

    assert report.snapshot
    with index(held) as connection:
        return json.loads(json.dumps(noun_document(connection, report.snapshot)))  # type: ignore[no-any-return]


def test_a_latex_paper_reads_as_it_is_printed(papers: Path) -> None:
    found = extracted(papers / "paper.tex")
    assert found.body.splitlines()[0] == "The harbour is silting up"
    assert "It cost 50% more than in “any year” before1." in found.body
    assert "Nine ferries called at the port each day [keel2020, report]." in found.body
    assert "- Keel, Ada; Lie, Bo (2020). “Mud”. Journal of Mud. doi:10.1000/mud.1." in found.body
    assert "never" not in found.body.lower() and "\\" not in found.body and "sec:mud" not in found.body
    assert found.metadata.authors == ("Ada Keel", "Bo Lie") and found.metadata.date
    assert [found.body[h.start :].partition("\n")[0] for h in found.headings] == [
        "The harbour is silting up", "Mud", "Ships", "References",
    ]  # fmt: skip


def test_a_quarto_paper_reads_without_code_and_marks(papers: Path) -> None:
    found = extracted(papers / "paper.qmd")
    assert "plot(" not in found.body and "{#" not in found.body and "@online" not in found.body
    assert [marker.note for marker in found.links.markers] == ["@report", "1", "@keel2020"]


def test_all_files_of_a_manuscript_are_in_the_log_and_are_read_again_from_it(
    held: Tools, papers: Path
) -> None:
    report = ingested(held, papers / "paper.tex")
    before = index_rows(held.archive.index)
    store = Store(held.archive.store)
    rebuild_index(held.archive, store, lambda said: None)
    assert index_rows(held.archive.index) == before
    body = payload(held, report)
    for name in ("sources.bib", "chapters/two.tex", "paper.tex"):
        assert (papers / name).read_bytes().rstrip(b"\n") in body
    shutil.rmtree(papers)
    assert report.snapshot
    (again,) = pipeline.annotate(held, report.snapshot, latest=False).articles
    assert again.text == report.text and again.claims == report.claims


def payload(held: Tools, report: ArticleReport) -> bytes:
    from archive.index import read
    from ingest.capture import index

    with index(held) as connection:
        snapshot = read.snapshot(connection, report.snapshot or "")
    assert snapshot
    with Store(held.archive.store).open(snapshot.place.file) as stream:
        return record_at(stream, snapshot.place).payload().body.read()


def test_a_bundle_still_compiles(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    need("xelatex")
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "chapters").mkdir()
    source = (
        (papers / "paper.tex")
        .read_text("utf-8")
        .replace("\\addbibresource", "\\usepackage{url,biblatex}\\addbibresource")
    )
    (papers / "paper.tex").write_text(source, "utf-8")
    body = load(str(papers / "paper.tex"), About(), "Ada", "2026-01-01T00:00:00Z").body
    (folder / "paper.tex").write_bytes(body)
    done = subprocess.run(
        ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"],
        cwd=folder, capture_output=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    # LaTeX writes the files that it carries; what is in them is what was.
    assert "@online{report" in (folder / "sources.bib").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("a.tex", r"\bibliography{gone}", "names the bibliography gone.bib"),
        ("a.tex", r"\addbibresource{../outside.bib}", "put it into the folder of a.tex"),
        ("a.md", "---\nbibliography: [/etc/gone.bib]\n---\n\nText.", "/etc/gone.bib: put it"),
        ("a.tex", r"\bibliography{odd}", r"\end{filecontents}: take that line out"),
    ],
)
def test_a_bibliography_that_cannot_be_carried_is_told(
    tmp_path: Path, name: str, source: str, said: str
) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    (tmp_path / "outside.bib").write_text("@misc{secret, title={x}}")
    (folder / "odd.bib").write_text("\\end{filecontents}")
    (folder / name).write_text(source)
    with pytest.raises(UsageError) as caught:
        load(str(folder / name), About(), "Ada", "2026-01-01T00:00:00Z")
    assert said in str(caught.value)


def test_no_file_outside_of_the_folder_is_taken_in(tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    (tmp_path / "secret.tex").write_text("the secret")
    (folder / "link.tex").symlink_to(tmp_path / "secret.tex")
    (folder / "a.tex").write_text(r"\input{../secret} \input{link} \input{/etc/passwd} Words of the paper.")
    body = load(str(folder / "a.tex"), About(), "Ada", "2026-01-01T00:00:00Z").body
    assert b"the secret" not in body and b"root:" not in body


@pytest.mark.parametrize("suffix", ["docx", "epub"])
def test_what_pandoc_makes_of_a_paper_is_read_back(papers: Path, suffix: str) -> None:
    need("pandoc")
    source = (papers / "paper.qmd").read_text("utf-8").replace("; see @fig-mud", "")
    (papers / "paper.md").write_text(source, "utf-8")
    subprocess.run(
        ["pandoc", "--citeproc", "paper.md", "-o", f"out.{suffix}"], cwd=papers, check=True, timeout=120
    )
    found = extracted(papers / f"out.{suffix}")
    assert (found.reason, found.metadata.title, found.metadata.authors) == (
        None,
        "The harbour is silting up",
        ("Ada Keel",),
    )
    (listed,) = found.links.lists
    assert [entry.label.partition(".")[0] for entry in listed.entries] == [
        "Keel, Ada, and Bo Lie",
        "Port of Sund",
    ]
    assert len(found.links.notes) == 1 and "council" in found.links.notes[0].uri
    assert "Mud" in [found.body[h.start :].partition("\n")[0] for h in found.headings]
