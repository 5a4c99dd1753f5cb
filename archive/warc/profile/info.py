"""The warcinfo record: who writes a file, with what, under which rules; and what others say in theirs."""

from dataclasses import dataclass, replace

from archive.model import StoredWarc
from archive.warc.profile.fields import Pairs, escaped, fields_of, plain_fields
from archive.warc.record import Record

_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_MOST_BYTES = 1024 * 1024
_MOST_VALUE = 1000


@dataclass(frozen=True, slots=True)
class Info:
    """What the warcinfo of a file of ours says.

    ``software``: name and version, of the libraries too. ``imports``: the stored name of the imported
    file whose pages this file holds the texts of; ``imported_as``: the base name that file came with.
    ``settings``: names and values worth knowing later.
    """

    software: str
    operator: str | None = None
    user_agent: str | None = None
    robots: str | None = None
    imports: str | None = None
    imported_as: str | None = None
    settings: Pairs = ()

    def fields(self) -> Pairs:
        """The fields of the record, by the names that WARC 1.1 gives them, and ours behind those."""
        named = (
            ("software", self.software),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", _CONFORMS_TO),
            ("operator", self.operator),
            ("http-header-user-agent", self.user_agent),
            ("robots", self.robots),
            ("pincite-imports", self.imports),
            ("pincite-imported-as", self.imported_as),
            *((f"pincite-{name}", value) for name, value in self.settings),
        )
        return tuple((name, escaped(value)) for name, value in named if value)


def described(warc: StoredWarc, record: Record, ours: bool) -> StoredWarc:
    """A stored file with what a warcinfo record says of it."""
    block = record.block_bytes(_MOST_BYTES)
    stated = dict(reversed(fields_of(block) if ours else plain_fields(block)))
    said = replace(
        warc,
        date=_plain(record.date),
        software=_plain(stated.get("software")),
        operator=_plain(stated.get("operator")),
    )
    if not ours:
        # What somebody else's file says that it imports is nothing to this archive.
        return said
    return replace(said, imports=stated.get("pincite-imports"), imported_as=stated.get("pincite-imported-as"))


def _plain(value: str | None) -> str | None:
    """A value on one line; None for nothing."""
    shown = "".join(symbol if symbol.isprintable() else " " for symbol in value or "")
    return " ".join(shown.split())[:_MOST_VALUE] or None
