"""What a sentence encoder must do to be asked whether a claim is in a source at all. Pure.

The encoder itself has a room outside (`ingest/semantic.py`): it is optional and carries weights of its own.
"""

from collections.abc import Sequence
from typing import Protocol


class Read(Protocol):
    """The sentences of one source, read once."""

    def likeness(self, texts: Sequence[str]) -> list[float]:
        """For each text the greatest cosine between its meaning and that of any sentence (-1 to 1)."""


class Meaning(Protocol):
    """A sentence encoder."""

    @property
    def name(self) -> str:
        """Its name and version, which become part of the method's."""

    def read(self, sentences: Sequence[str]) -> Read:
        """Read the sentences of a source."""
