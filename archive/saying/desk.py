"""Where what people say is written: one WARC file for one act, stored and folded before it is acknowledged.

The command line and the site's forms both come here. It reads and writes through connections of its own;
Datasette's stay read-only.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive import __version__
from archive.index import read
from archive.index.read import Connection
from archive.model import Statement
from archive.saying.voice import Voice
from archive.shelf import Shelf
from archive.store import Store
from archive.uri import warc_date
from archive.warc.profile import Info, Log

# What is to be said, given what stands: nothing, where all of it has been said already.
Act = Callable[[Connection, Voice], Sequence[Statement]]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an archive's statements are written. ``operator``: who keeps the archive, for the warcinfo."""

    store: Store
    index: Path
    operator: str = ""
    now: Callable[[], datetime] = _now

    def say(self, by: str, *acts: Act) -> tuple[Statement, ...]:
        """Check and write what is said, all in one file or none of it; what was written, with ids.

        Nothing is written where everything was said before, or where one act is refused.

        :raises UsageError: what was said cannot be said like this.
        :raises NotFound: it is of nothing in this archive.
        """
        shelf = Shelf(self.store, self.index, self._date)
        shelf.catch_up(lambda _said: None)
        voice = Voice(by, self._date())
        with closing(read.connect(self.index)) as connection:
            planned = [statement for act in acts for statement in act(connection, voice)]
        if not planned:
            return ()
        info = Info(software=f"pincite {__version__}", operator=self.operator or None)
        log = Log(self.store.temp(), self._date, info)
        try:
            written = tuple(log.statement(statement) for statement in planned)
            sealed = log.seal()
        except BaseException:
            log.discard()
            raise
        shelf.keep(sealed)
        return written

    def _date(self) -> str:
        return warc_date(self.now())
