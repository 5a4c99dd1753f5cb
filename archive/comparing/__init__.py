"""Two texts beside each other: what stands in both, and what became of a cited passage. Pure."""

from archive.comparing.fates import Fate, State, fate
from archive.comparing.texts import Change, changes, reversed_changes

__all__ = ["Change", "Fate", "State", "changes", "fate", "reversed_changes"]
