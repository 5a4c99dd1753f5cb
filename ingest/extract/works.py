"""What a bibliography beside a manuscript says of works: BibTeX to entries as they are printed. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from archive.uri import is_web
from ingest.library.bibtex import Block, blocks, people
from ingest.library.latex import plain, verbatim

_ADDRESS = re.compile(r"https?://[^\s{}\\]+")
_CONTAINERS = (
    "journaltitle",
    "journal",
    "booktitle",
    "maintitle",
    "organization",
    "institution",
    "publisher",
)
_VERBATIM = frozenset(("url", "doi", "howpublished", "note", "eprint", "isbn"))
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Work:
    """One entry: ``said`` is its words as they are printed, without its address."""

    key: str
    said: str
    uri: str

    @property
    def label(self) -> str:
        """The whole entry on one line."""
        return f"{self.said} {self.uri}".strip()

    @property
    def html(self) -> str:
        """The entry with its address as a link."""
        link = f' <a href="{escape(self.uri)}">{escape(self.uri)}</a>' if self.uri else ""
        return escape(self.said) + link


def works(text: str) -> dict[str, Work]:
    """The entries of a BibTeX file by their keys, as far as it can be read."""
    found: dict[str, Work] = {}
    for block in blocks(text):
        # An entry that does not end is passed over, as BibTeX does: a manuscript is read for what it holds.
        if isinstance(block, Block) and block.key and len(found) < _MOST:
            found.setdefault(block.key, _work(block))
    return found


def _work(block: Block) -> Work:
    """Authors, date, title, container, DOI: in the order in which an entry is read again for its parts."""
    fields = {
        name: verbatim(value) if name in _VERBATIM else plain(value) for name, value in block.fields.items()
    }
    # Parted by semicolons, so that no comma in one of them parts it.
    written = block.fields.get("author") or block.fields.get("editor") or ""
    names = "; ".join(name.inverted for name in people(written))
    date = fields.get("date") or fields.get("year") or ""
    container = next((fields[name] for name in _CONTAINERS if fields.get(name)), "")
    doi = fields.get("doi", "")
    parts = [
        f"{names} ({date})" if date else names,
        f"“{fields['title']}”" if fields.get("title") else "",
        container,
        f"doi:{doi.rpartition('doi.org/')[2]}" if doi else "",
        _eprint(fields),
        f"ISBN {fields['isbn']}" if fields.get("isbn") else "",
        "" if is_web(fields.get("url", "")) else _ADDRESS.sub("", fields.get("note", "")).strip(" ."),
    ]
    return Work(
        block.key, ". ".join(part.strip().rstrip(".") for part in parts if part.strip()) + ".", _uri(fields)
    )


def _eprint(fields: Mapping[str, str]) -> str:
    arxiv = (fields.get("eprinttype") or fields.get("archiveprefix") or "").lower() == "arxiv"
    return f"arXiv:{fields['eprint']}" if arxiv and fields.get("eprint") else ""


def _uri(fields: Mapping[str, str]) -> str:
    """The address of an entry: its own, else the first that it prints."""
    if is_web(fields.get("url", "")):
        return fields["url"]
    printed = (_ADDRESS.search(fields.get(name, "")) for name in ("howpublished", "note", "url"))
    return next((match[0].rstrip(".,;") for match in printed if match), "")
