"""Whether the newest snapshot of a source still has the passage that a reading found in an older one."""

from archive import anchor
from archive.index import read
from archive.index.read import Connection
from archive.model import Evidence, Reading, Snapshot, Text


class Changes:
    """Looks each source up once."""

    def __init__(self, connection: Connection, reading: Reading) -> None:
        self._connection = connection
        self._sources = {source.text: source for source in reading.sources}
        self._newer: dict[str, Snapshot | None] = {}

    def of(self, evidence: Evidence) -> tuple[str, str] | None:
        """The newer snapshot and what became of the passage in it; None where it still stands."""
        source = self._sources.get(evidence.text)
        if source is None or not evidence.passage.exact:
            return None
        if source.uri not in self._newer:
            self._newer[source.uri] = self._newest(source.uri, source.date)
        newer = self._newer[source.uri]
        if newer is None:
            return None
        if newer.status is not None and newer.status >= 400:
            return newer.id, f"its source answered {newer.status} on {newer.date[:10]} (UTC)"
        text = read.text_in_use(self._connection, newer.id)
        if text is None or not text.body or _stands(text, evidence):
            return None
        return newer.id, f"the passage is not in the snapshot of {newer.date[:10]} (UTC)"

    def _newest(self, uri: str, since: str) -> Snapshot | None:
        """The last own capture of an address after an instant, where its redirects end."""
        later = [
            one
            for one in read.snapshots_of(self._connection, uri)
            if one.date > since and one.origin.kind == "fetched"
        ]
        return read.last_hop(self._connection, later[-1].id) if later else None


def _stands(text: Text, evidence: Evidence) -> bool:
    """Whether the words stand anywhere: here moved words still stand, whatever is around them now."""
    return anchor.find(text.body, evidence.passage) is not None or evidence.passage.exact in text.body
