r"""A LaTeX manuscript to its text of record, with what it cites from the bibliography that it carries. Pure.

    \begin{filecontents}{sources.bib} … \end{filecontents}      what \bibliography or \input names
    claims \cite{key} claims\footnote{…}  ->  claims [key] claims¹   …   1 note   References: - entry

It reads what authors write, not what TeX could be made to do: macros of one's own are passed over.
"""

import re
from html import escape

from archive.model import Metadata, PageDate
from archive.warc.media.encoding import decode
from ingest.extract.apparatus import Apparatus
from ingest.extract.clean import clean, squeeze, value
from ingest.extract.dates import iso_date
from ingest.extract.page import Extraction, Page
from ingest.extract.texcommands import ARGUMENTS, HEADINGS, SKIPPED, SYMBOLS, VERBATIM
from ingest.extract.works import Work, works
from ingest.extract.written import notes, written
from ingest.library.latex import plain
from ingest.manuscripts.latex import cited_at, cites

EXTRACTOR = "pincite-latex 1"
_FILE = re.compile(
    rb"\\begin\{filecontents\*?\}(?:\[[^\]]*\])?\{([^{}\n]{1,200})\}[^\n]*\n(.*?)\n?\\end\{filecontents\*?\}\n?",
    re.DOTALL,
)
# A % in an address or verbatim begins no comment; a comment takes its line's end with it.
_COMMENT = re.compile(
    r"(\\(?:url|nolinkurl|href|path)\s*\{[^{}\n]*\}|\\(?:verb|lstinline)\*?([^\w\s*])[^\n]*?\2|\\\\|\\%|"
    r"\\begin\{(?:verbatim|lstlisting)\*?\}.*?\\end\{(?:verbatim|lstlisting)\*?\})|%[^\n]*(?:\n[ \t]*)?",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z@]+\*?)[ \t]*|\\(?P<sign>.)|(?P<brace>[{}])|(?P<math>\$\$?)|(?P<blank>~)|"
    r"(?P<paragraph>\n[ \t]*\n\s*)|(?P<dash>---?)|(?P<quote>``|'')|(?P<cell>&)",
    re.DOTALL,
)
_ACCENT = re.compile(
    r"\\(?:['`^\"~=.]\s{0,9}(?:\{\s{0,9}\\?[A-Za-z]\s{0,9}\}|\\?[A-Za-z])|"
    r"[cvuHkrdb](?:\s{0,9}\{\s{0,9}\\?[A-Za-z]\s{0,9}\}|\s{1,9}\\?[A-Za-z]\b)|"
    r"(?:ss|ae|AE|oe|OE|o|O|l|L|aa|AA|i|j|dh|DH|th|TH|dj|DJ)(?![A-Za-z])\s?)"
)
_OPTION = re.compile(r"\s{0,20}\[[^\[\]]{0,1000}\]")
# Where the references stand; no text of record has such a sign.
_REFERENCES = "\x02"
_DEEPEST = 30
_MOST_FILES = 2000


def extract_latex(page: Page) -> Extraction:
    """The text of a LaTeX payload: what a reader of the printed document reads."""
    files = {
        name.decode("utf-8", "replace").strip(): _text(body, None)
        for name, body in _FILE.findall(page.payload)
    }
    source = _text(_FILE.sub(b"", page.payload), page.charset)
    known: dict[str, Work] = {}
    for name, content in files.items():
        if name.endswith(".bib"):
            known = works(content) | known
    reader = _Reader(files, known)
    html = reader.document(source)
    return written(html, page, EXTRACTOR, reader.said())


def _text(payload: bytes, charset: str | None) -> str:
    return clean(decode(payload, charset))


class _Reader:
    """LaTeX to HTML: what was cited, noted and said of the document on the way."""

    def __init__(self, files: dict[str, str], known: dict[str, Work]) -> None:
        self._files, self._apparatus = files, Apparatus(known)
        self._left = _MOST_FILES
        self._front: dict[str, str] = {}
        self._listed = False

    def document(self, source: str) -> str:
        """The whole document: its body, its notes, and its references where it does not place them."""
        source = _letters(source)
        preamble, begun, body = source.partition("\\begin{document}")
        if begun:
            self.html(preamble)
            self._apparatus.notes.clear()
        html = self.html(body.partition("\\end{document}")[0] if begun else source)
        html += "" if _REFERENCES in html else _REFERENCES
        before, _, behind = html.partition(_REFERENCES)
        # The notes stand before the references: what stands behind those would be taken for one more entry.
        references = "" if self._listed else self._apparatus.references()
        return before + notes(self._apparatus.notes) + references + behind.replace(_REFERENCES, "")

    def said(self) -> Metadata:
        """What the document says of itself."""
        date = self._front.get("date", "")
        iso = iso_date(date) if date else None
        authors = re.split(r"\s*\\and\b\s*|\s*;\s*", self._front.get("author", ""))
        return Metadata(
            title=value(_words(self.html(self._front.get("title", ""))), 500),
            authors=tuple(name for one in authors if (name := value(_words(self.html(one)), 200))),
            date=PageDate(date, iso, "meta") if iso else None,
        )

    def html(self, text: str, depth: int = 0) -> str:
        """A piece of LaTeX as HTML; deeper than a document goes, only its words."""
        if depth > _DEEPEST:
            return escape(re.sub(r"\\[A-Za-z]+|[{}]", " ", text))
        pieces: list[str] = []
        at = 0
        while token := _TOKEN.search(text, at):
            pieces.append(escape(text[at : token.start()]))
            made, at = self._token(text, token, depth)
            pieces.append(made)
        return "".join(pieces) + escape(text[at:])

    def _token(self, text: str, token: re.Match[str], depth: int) -> tuple[str, int]:
        """What a token is as HTML, and where the text goes on."""
        kind, end = token.lastgroup, token.end()
        if kind == "name":
            return self._command(text, token["name"], end, depth)
        if kind == "math":
            closing = text.find(token[0], end)
            if closing < 0:
                return "", end
            return _formula(text[end:closing]) if token[0] == "$" else " ", closing + len(token[0])
        if kind == "sign":
            if token["sign"] == "[":
                closing = text.find("\\]", end)
                return (" ", closing + 2) if closing >= 0 else ("", end)
            return (
                "<br>" if token["sign"] == "\\" else _SIGNS.get(token["sign"], escape(token["sign"]))
            ), end
        return _PLAIN.get(token[0], "<p>"), end

    def _command(self, text: str, name: str, at: int, depth: int) -> tuple[str, int]:
        bare = name.rstrip("*")
        if bare in SYMBOLS:
            return SYMBOLS[bare], at
        if bare == "begin":
            return self._environment(text, at, depth)
        if bare == "end":
            name, at = _braced(text, at)
            return _CLOSING.get(name.rstrip("*"), "<p>"), at
        if bare == "href":
            address, at = _braced(text, at)
            words, at = _braced(text, at)
            return f'<a href="{escape(_address(address))}">{self.html(words, depth + 1)}</a>', at
        if bare in ("verb", "lstinline") and at < len(text):
            closing = text.find(text[at], at + 1)
            return (escape(text[at + 1 : closing]), closing + 1) if closing > 0 else ("", at)
        if cites(name):
            keys, at = cited_at(text, at, name)
            return self._apparatus.citation([key for key, _ in keys], bare), at
        while option := _OPTION.match(text, at) if bare not in ("item", "\\") else None:
            at = option.end()
        taken, shown = ARGUMENTS.get(bare, (1, 0) if bare in HEADINGS or bare in _HANDLED else (0, None))
        arguments = []
        for _ in range(taken):
            argument, at = _braced(text, at)
            arguments.append(argument)
        if bare in _HANDLED or bare in HEADINGS:
            return self._handled(bare, arguments[0] if arguments else "", depth), at
        return self.html(arguments[shown], depth + 1) if shown is not None and arguments else "", at

    def _handled(self, name: str, argument: str, depth: int) -> str:
        if name in HEADINGS:
            level = HEADINGS[name]
            return f"<h{level}>{self.html(argument, depth + 1)}</h{level}>"
        if name in ("title", "author", "date"):
            self._front.setdefault(name, argument)
            return ""
        if name in ("footnote", "endnote", "sidenote", "footnotetext", "thanks"):
            return self._apparatus.note(lambda: self.html(argument, depth + 1))
        if name in ("url", "nolinkurl", "path"):
            address = _address(argument)
            return f'<a href="{escape(address)}">{escape(address)}</a>'
        if name in ("input", "include", "subfile"):
            return self._included(argument, depth)
        if name == "bibitem":
            return f'<li id="ref-{escape(" ".join(argument.split()))}">'
        if name in ("bibliography", "printbibliography"):
            return _REFERENCES
        if name == "maketitle":
            return f"<h1>{self.html(self._front.get('title', ''), depth + 1)}</h1>"
        return f"<p>{self.html(argument, depth + 1)}<p>"  # a caption

    def _included(self, name: str, depth: int) -> str:
        self._left -= 1
        content = self._files.get(name) or self._files.get(f"{name}.tex")
        if content is None or self._left < 0:
            return ""
        return self.html(_letters(content), depth + 1)

    def _environment(self, text: str, at: int, depth: int) -> tuple[str, int]:
        name, at = _braced(text, at)
        bare = name.strip().rstrip("*")
        if bare in SKIPPED or bare in VERBATIM:
            closing = text.find(f"\\end{{{name}}}", at)
            closing = len(text) if closing < 0 else closing
            inside = f"<pre>{escape(text[at:closing])}</pre>" if bare in VERBATIM else "<p>"
            return inside, min(len(text), closing + len(f"\\end{{{name}}}"))
        while option := _OPTION.match(text, at):
            at = option.end()
        for _ in range(_SETTINGS.get(bare, 0)):
            _, at = _braced(text, at)
        if bare == "thebibliography":
            self._listed = True
            return f"{_REFERENCES}<h2>References</h2><ul>", at
        return _OPENING.get(bare, "<p>"), at


_HANDLED = frozenset((
    "title", "author", "date", "footnote", "endnote", "sidenote", "footnotetext", "thanks", "url",
    "nolinkurl", "path", "input", "include", "subfile", "bibitem", "bibliography", "printbibliography",
    "maketitle", "caption",
))  # fmt: skip
_SETTINGS = {"tabular": 1, "tabularx": 2, "longtable": 1, "multicols": 1, "minipage": 1, "thebibliography": 1,
             "tabulary": 2, "wrapfigure": 2, "list": 2}  # fmt: skip
_OPENING = {
    "itemize": "<ul>", "enumerate": "<ul>", "description": "<ul>", "quote": "<blockquote>",
    "quotation": "<blockquote>", "displayquote": "<blockquote>",
}  # fmt: skip
_CLOSING = {
    "itemize": "</ul>", "enumerate": "</ul>", "description": "</ul>", "quote": "</blockquote>",
    "quotation": "</blockquote>", "displayquote": "</blockquote>", "thebibliography": "</ul>",
}  # fmt: skip
_SIGNS = {
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    "\n": " ",
    "!": "",
    "/": "",
    "-": "",
    "@": "",
    "(": "",
    ")": "",
}
_PLAIN = {"~": "\u00a0", "---": "—", "--": "–", "``": "“", "''": "”", "&": " | ", "{": "", "}": ""}


def _braced(text: str, at: int) -> tuple[str, int]:
    """What stands in the braces at a place, and where they end; nothing where there are none."""
    begun = re.compile(r"\s{0,20}\{").match(text, at)
    if not begun:
        return "", at
    depth = 1
    for mark in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, begun.end()):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if not depth:
            return text[begun.end() : mark.start()], mark.end()
    return "", begun.end()


def _address(written: str) -> str:
    return re.sub(r"\\([%#&_{}~])", r"\1", written.strip())


def _letters(source: str) -> str:
    """LaTeX without its comments, its accents and foreign letters as letters."""
    return _ACCENT.sub(lambda match: plain(match[0]), _COMMENT.sub(lambda match: match[1] or "", source))


def _formula(source: str) -> str:
    """A formula in running text, as it is typed but for TeX's marks."""
    return escape(re.sub(r"[\\{}]", "", source))


def _words(html: str) -> str:
    return squeeze(
        re.sub(r"<[^<>]*>", " ", html).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    )
