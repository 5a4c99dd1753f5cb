"""Notes and references of a manuscript, gathered while it is read. Pure."""

from collections.abc import Callable
from html import escape

from ingest.extract.works import Work
from ingest.extract.written import use


class Apparatus:
    """What a document cites and notes, gathered while it is read."""

    def __init__(self, known: dict[str, Work]) -> None:
        self._known = known
        self._cited: dict[str, None] = {}
        self._noting = False
        self.notes: list[str] = []

    def note(self, html: Callable[[], str]) -> str:
        """A note, read by ``html``: gives its mark."""
        self.notes.append("")
        number = len(self.notes)
        self._noting, before = True, self._noting
        self.notes[number - 1] = html()
        self._noting = before
        return use(str(number), str(number))

    def citation(self, keys: list[str], name: str) -> str:
        """A citing command, as the uses of its entries."""
        self._cited.update(dict.fromkeys(keys))
        if name == "nocite" or not keys:
            return ""
        return f" [{', '.join(map(self._use, keys))}]"

    def _use(self, key: str) -> str:
        """A key as the use of its entry; in a note, which is no place for notes, as a link to the work."""
        if not self._noting:
            return use(key, key, "ref")
        uri = self._known[key].uri if key in self._known else ""
        return f'<a href="{escape(uri)}">{escape(key)}</a>' if uri else escape(key)

    def references(self) -> str:
        """The entries of what was cited, in the order in which it was."""
        cited = [self._known[key] for key in self._cited if key in self._known]
        entries = "".join(f'<li id="ref-{escape(work.key)}">{work.html}</li>' for work in cited)
        return f"<h2>References</h2><ul>{entries}</ul>" if entries else ""
