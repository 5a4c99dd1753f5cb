"""Real programs that print papers: Debian's LaTeX and Pandoc, Typst's compiler from its wheel."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import typst as compiler

REQUIRED = "PINCITE_REQUIRE_PRINTING"


def need(*programs: str) -> None:
    """Skip where one of them is missing; where they are demanded, that is a failure."""
    lacking = [program for program in programs if shutil.which(program) is None]
    if not lacking:
        return
    needs = (
        f"needs {', '.join(lacking)} (Debian: apt-get install --no-install-recommends pandoc texlive-xetex "
        "texlive-latex-recommended texlive-bibtex-extra biber lmodern fonts-dejavu-core)"
    )
    if os.environ.get(REQUIRED):
        pytest.fail(f"{needs}, which {REQUIRED} demands")
    pytest.skip(needs)


def command(*words: str, cwd: Path) -> str:
    """What a program said; it must end well."""
    # A home of its own: TeX and Biber keep caches and read settings there.
    environment = os.environ | {"HOME": str(cwd), "SOURCE_DATE_EPOCH": "1700000000", "openout_any": "p"}
    done = subprocess.run(
        words,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def latex(paper: Path, bibliography: str) -> str:
    """The printed text of a LaTeX paper, as its author makes it: LaTeX, ``biber`` or ``bibtex``, LaTeX."""
    need("xelatex", bibliography)
    xelatex = ("xelatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", paper.name)
    command(*xelatex, cwd=paper.parent)
    command(bibliography, paper.stem, cwd=paper.parent)
    for _ in range(2):
        command(*xelatex, cwd=paper.parent)
    return printed(paper.with_suffix(".pdf"))


def pandoc(paper: Path) -> str:
    """The HTML that Pandoc makes of a paper, with its bibliography."""
    need("pandoc")
    return command("pandoc", "--citeproc", "--to", "html", paper.name, cwd=paper.parent)


def typst(paper: Path) -> str:
    """The printed text of a Typst paper."""
    target = paper.with_suffix(".pdf")
    compiler.compile(str(paper), str(target), root=str(paper.parent))
    return printed(target)


def printed(path: Path) -> str:
    """The words of a PDF without blanks and line breaks, which addresses are broken at on paper.

    pdfium gives U+FFFE for a hyphen at the end of a line; here it is the hyphen that it was.
    """
    pdf = pypdfium2.PdfDocument(path)
    try:
        pages = []
        for page in pdf:
            words = page.get_textpage()
            pages.append(words.get_text_range())
            words.close()
            page.close()
        return re.sub(r"\s+", "", "".join(pages).replace("\ufffe", "-"))
    finally:
        pdf.close()
