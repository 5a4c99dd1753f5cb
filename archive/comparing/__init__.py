"""Two texts beside each other: what stands in both, and what became of a cited passage. Pure."""

from archive.comparing.edges import settled
from archive.comparing.fates import Fate, State, fate
from archive.comparing.texts import Change, reversed_changes, woven


def changes(one: str, other: str) -> tuple[Change, ...]:
    """Both texts whole, cut into what is the same and what is not, by turns.

    >>> [(c.same, "a cat sat"[c.start:c.end], "a dog sat"[c.other_start:c.other_end])
    ...  for c in changes("a cat sat", "a dog sat")]
    [(True, 'a ', 'a '), (False, 'cat', 'dog'), (True, ' sat', ' sat')]
    """
    return settled(woven(one, other), one, other)


__all__ = ["Change", "Fate", "State", "changes", "fate", "reversed_changes"]
