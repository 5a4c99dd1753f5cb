"""How much of others' pages a served archive shows: everything at home, to the public what it may. Pure.

Whole copies belong to those who wrote them. `pincite serve --public` shows them only where the archive's
`public_copies` allows it; passages and citations are shown otherwise. Every route that hands out a copy goes
through ``pages.held.whole``, every one that quotes through ``pages.held.quoted``.
"""

from dataclasses import dataclass

from archive.uri import site

EVERY = "*"
# A long paragraph. A passage has an address of its own for any two offsets: without an end to it, one that
# spans the text would be the copy.
LONGEST_QUOTATION = 2_000
# Tables in which whole texts stand, at once or piece by piece (claims are nearly every sentence of an
# article), and what FTS5 keeps of them.
_SEARCHED = ("passages_fts", "claims_fts")
_KEPT = ("_data", "_idx", "_docsize", "_config")
COPIES = frozenset(
    (
        *("texts", "passages", "claims", "passages_fts_words"),
        *(name + part for name in _SEARCHED for part in ("", *_KEPT)),
    )
)


@dataclass(frozen=True, slots=True)
class Publishing:
    """Whom an archive is served to, and the sites (hosts) whose copies anyone may see; ``EVERY`` for all."""

    public: bool = False
    copies: frozenset[str] = frozenset()

    @property
    def shows_everything(self) -> bool:
        """Whether every copy is shown."""
        return not self.public or EVERY in self.copies

    def shows_whole(self, uri: str) -> bool:
        """Whether a whole copy of the page at an address is shown.

        >>> Publishing().shows_whole("https://a.example/")
        True
        >>> shown = Publishing(True, frozenset({"a.example"}))
        >>> [shown.shows_whole(f"https://{host}/x") for host in ("a.example", "news.a.example", "ba.example")]
        [True, True, False]
        """
        if self.shows_everything:
            return True
        host = site(uri)
        return any(host == allowed or host.endswith(f".{allowed}") for allowed in self.copies if allowed)

    def shows_table(self, name: str) -> bool:
        """Whether a table may be read as it is; one with whole texts only where every copy is shown.

        >>> [Publishing(True).shows_table(name) for name in ("PASSAGES", "passages_fts_data", "snapshots")]
        [False, False, True]
        """
        return self.shows_everything or name.lower() not in COPIES


AT_HOME = Publishing()
