"""The bibliography of manuscripts: exactly the sources that they name, in a file that only a change touches.

files -> mentions (manuscripts) -> items by key, id and address (documents) -> one text -> the file
"""

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.bibliography import Item, together
from archive.documents import keyed_item, named_item
from archive.errors import BadId, ExtractionFailed, UsageError
from archive.index.read import Connection
from archive.model import parse_id
from ingest.manuscripts import FORMS, Manuscript, Mention, mentions, wants_classic
from ingest.settings import Profile

STDOUT = "-"
# Forms by what a file's name ends with; a .bib may hold either of two.
SUFFIXES = {".bib": "biblatex", ".json": "csl-json", ".yml": "hayagriva", ".yaml": "hayagriva"}
CLASSIC = "bibtex"
# A thesis with pictures as Word keeps it has 100 MB; what is larger is no manuscript.
_LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Named:
    """A source that the manuscripts name: the key of its entry, and the id of its snapshot or citation."""

    key: str
    id: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a manuscript names and the archive does not know; ``line`` counts paragraphs in a ``.docx``."""

    name: str
    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What was found, and the text of the bibliography."""

    entries: tuple[Named, ...]
    unknown: tuple[Unknown, ...]
    text: str


def manuscript(path: Path) -> Manuscript:
    """A manuscript as it lies on disk.

    :raises UsageError: it cannot be read, is of another kind, or larger than any manuscript.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        listed = " ".join(f".{form}" for form in FORMS)
        raise UsageError(f"{path} is no manuscript that can be read: there are {listed}")
    try:
        with path.open("rb") as stream:
            payload = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    if len(payload) > _LARGEST:
        raise UsageError(f"{path} has more than {_LARGEST:,} bytes, which is the most")
    return Manuscript(str(path), form, payload)


def form_of(output: str, chosen: str | None, manuscripts: Iterable[Manuscript]) -> str:
    """Which form the file has: by its name; of a .bib by what is chosen, or what the manuscripts print with.

    :raises UsageError: the name ends otherwise, or says another form than the one that is chosen.
    """
    suffix = Path(output).suffix.lower()
    by_name = SUFFIXES.get(suffix)
    if output != STDOUT and by_name is None:
        raise UsageError(f"{output}: the file's name says its form, and ends with {', '.join(SUFFIXES)}")
    if by_name and chosen and chosen not in ({by_name, CLASSIC} if suffix == ".bib" else {by_name}):
        raise UsageError(f"{output} is {by_name} by its name, and --format says {chosen}: change one of them")
    if chosen or suffix not in ("", ".bib"):
        return chosen or by_name or CLASSIC
    return CLASSIC if any(map(wants_classic, manuscripts)) else SUFFIXES[".bib"]


def bibliography(
    connection: Connection, profile: Profile, manuscripts: Sequence[Manuscript], form: str
) -> Bibliography:
    """The sources that the manuscripts name, by the keys that they use, and what is not known.

    :raises UsageError: a ``.docx`` cannot be read.
    """
    bases = (profile.base_url, *profile.former_base_urls)
    gathered = _Gathered(connection, profile.base_url or None)
    for one in manuscripts:
        # One by one, so that an error names its file; labels of Typst are shared by all of them.
        try:
            found = mentions([one, *(other for other in manuscripts if other.form == "typ")], bases)[0]
        except ExtractionFailed as error:
            raise UsageError(f"{one.name} cannot be read: {error.reason}") from error
        for mention in found:
            gathered.take(mention, one.name)
    items = gathered.items()
    named = tuple(Named(key, item.id, tuple(gathered.files[key])) for key, item in items.items())
    text = together(items.values(), form) if items else _EMPTY[form]
    return Bibliography(named, tuple(gathered.unknown), text)


# A Typst file without entries must still be a map, and CSL-JSON a list.
_EMPTY = {"biblatex": "", CLASSIC: "", "csl-json": "[]\n", "hayagriva": "{}\n"}


class _Gathered:
    """Items by the keys that manuscripts use; those that only an address names stand behind, by their own."""

    def __init__(self, connection: Connection, base_url: str | None) -> None:
        self._connection, self._base_url = connection, base_url
        self._found: dict[tuple[str, bool], Item | str] = {}
        self._keyed: dict[str, Item] = {}
        self._addressed: dict[str, Item] = {}
        self.files: dict[str, dict[str, None]] = {}
        self.unknown: list[Unknown] = []

    def take(self, mention: Mention, file: str) -> None:
        """Look up what is mentioned; what is not found is complained of, unless it may be something else."""
        as_key = mention.kind == "key" or (mention.kind == "bare" and not _is_id(mention.name))
        known = (mention.name, as_key)
        if known not in self._found:
            self._found[known] = self._by_key(mention.name) if as_key else self._by_address(mention.name)
        found = self._found[known]
        if isinstance(found, Item):
            held = self._keyed if as_key else self._addressed
            held.setdefault(found.key, found)
            self.files.setdefault(found.key, {})[file] = None
        elif mention.kind != "bare":
            self.unknown.append(Unknown(mention.name, file, mention.line, found))

    def items(self) -> dict[str, Item]:
        """Every item once under each key that is used for it, and once where only its address stands."""
        cited = {item.id for item in self._keyed.values()}
        apart = {key: item for key, item in self._addressed.items() if item.id not in cited}
        return self._keyed | {key: item for key, item in apart.items() if key not in self._keyed}

    def _by_key(self, key: str) -> Item | str:
        return keyed_item(self._connection, key, self._base_url) or "no source in this archive has this key"

    def _by_address(self, written: str) -> Item | str:
        """The source; which passage of it is meant stands in the manuscript beside it."""
        try:
            item = named_item(self._connection, written, self._base_url)
        except BadId as error:
            return str(error)
        return replace(item, pinpoint=None) if item else "nothing in this archive has this id"


def _is_id(written: str) -> bool:
    try:
        return bool(parse_id(written))
    except BadId:
        return False


def write_changed(path: Path, text: str) -> bool:
    """Put a text in place whole, unless the file holds it already: then nothing is touched, no time either.

    :raises UsageError: it cannot be written.
    """
    wanted = text.encode()
    try:
        if path.is_file() and path.read_bytes() == wanted:
            return False
        # A link stays a link, and the mode of the file that is there stays as it is.
        target = path.resolve()
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            beside.write_bytes(wanted)
            if target.exists():
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return True
