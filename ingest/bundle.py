"""A manuscript and the files beside it that it names, as the one file that is kept and read again.

.tex         each as \\begin{filecontents}{name} … \\end{filecontents} before it, as LaTeX has it: it compiles
.md, .qmd    the bibliography behind it as a raw block ```{=bibtex} … ```, which Pandoc prints in no format

What cannot be recomputed must be in the log: so the bytes of every file stand in it as they were. Only
files in the manuscript's own folder are taken: a stranger's paper must not be able to ask for one's keys.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from archive.errors import UsageError
from ingest.manuscripts.latex import without_comments

LATEX = (".tex", ".ltx")
MARKDOWN = (".md", ".markdown", ".qmd")
_LIBRARY = re.compile(r"\\(?:bibliography|addbibresource(?:\[[^\]]*\])?)\s*\{([^{}]+)\}")
_INPUT = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}]+)\}")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\n(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.DOTALL)
_NAMED = re.compile(r"^bibliography:[ \t]*(.*(?:\n[ \t]*-[ \t]+.*)*)", re.MULTILINE)
_FENCE = re.compile(rb"^[ \t]*(`{3,})", re.MULTILINE)
_END = b"\\end{filecontents}"
_MOST = 200


def bundled(path: Path, body: bytes, most: int) -> bytes:
    """The manuscript with what it names; one that names nothing is what it was.

    :raises UsageError: a bibliography that it names is not in its folder, cannot be carried, or all together
        are larger than ``most`` bytes.
    """
    suffix = path.suffix.lower()
    if suffix in LATEX:
        files = _latex(path, body)
        made = b"".join(
            b"\\begin{filecontents}{%s}\n%s\n%s\n" % (name.encode(), content, _END)
            for name, content in files.items()
        )
        made += body
    elif suffix in MARKDOWN:
        made = body + b"".join(map(_raw, _markdown(path, body).values()))
    else:
        return body
    if len(made) > most:
        raise UsageError(
            f"{path} with the files that it names has more than {most:,} bytes, which is the most"
        )
    return made


def _latex(path: Path, body: bytes) -> dict[str, bytes]:
    """The bibliographies and parts that a LaTeX source names, and those that its parts name."""
    found: dict[str, bytes] = {}
    waiting = [body]
    while waiting and len(found) < _MOST:
        source = without_comments(waiting.pop().decode("utf-8", "replace"))
        for name in _names(_LIBRARY, source, ".bib"):
            found.setdefault(name, _library(path, name))
        for name in _names(_INPUT, source, ".tex"):
            content = None if name in found else _beside(path, name)
            # Macros from elsewhere are no text; a chapter that is missing stops LaTeX, not us.
            if content is not None:
                found[name] = content
                waiting.append(content)
    for name, content in found.items():
        if _END in content:
            raise UsageError(f"{name}, which {path} names, holds {_END.decode()}: take that line out")
    return found


def _names(pattern: re.Pattern[str], source: str, suffix: str) -> Iterator[str]:
    for listed in pattern.findall(source):
        for name in filter(None, map(str.strip, listed.split(","))):
            yield name if name.lower().endswith(suffix) else name + suffix


def _markdown(path: Path, body: bytes) -> dict[str, bytes]:
    """The BibTeX files that the front matter of a Markdown source names."""
    front = _FRONT.match(body.decode("utf-8", "replace").replace("\r\n", "\n"))
    listed = _NAMED.search(front[1]) if front else None
    words = re.split(r"\n[ \t]*-[ \t]+|[\[\],]", listed[1]) if listed else []
    names = (word.strip().strip("\"'") for word in words)
    return {name: _library(path, name) for name in names if name.lower().endswith((".bib", ".bibtex"))}


def _raw(content: bytes) -> bytes:
    """A raw block whose fence is longer than any in the file."""
    longest = max((len(fence) for fence in _FENCE.findall(content)), default=2)
    fence = b"`" * (longest + 1)
    return b"\n\n%s{=bibtex}\n%s\n%s\n" % (fence, content.rstrip(b"\n"), fence)


def _library(path: Path, name: str) -> bytes:
    content = _beside(path, name)
    if content is None:
        raise UsageError(
            f"{path} names the bibliography {name}: put it into the folder of {path.name}, or below"
        )
    return content


def _beside(path: Path, name: str) -> bytes | None:
    """A file in the manuscript's folder or below; None where there is none, links that lead out included."""
    folder = path.parent.resolve()
    try:
        beside = (folder / name).resolve()
        return beside.read_bytes() if beside.is_relative_to(folder) and beside.is_file() else None
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}, which {path} names, cannot be read: {error}") from error
