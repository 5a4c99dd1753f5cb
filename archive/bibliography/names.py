"""People's names in their parts, where they plainly are people's; all else stays whole. Pure."""

import re
from dataclasses import dataclass

from archive.bibliography.words import one_line

# A name with one of these words is an organisation's: it is never split into given name and surname.
_CORPORATE = frozenset(
    {"agency", "association", "authority", "board", "bureau", "committee", "company", "contributors"}
    | {"council", "department", "desk", "editor", "editorial", "editors", "foundation", "group", "institute"}
    | {"journal", "magazine", "ministry", "network", "news", "office", "press", "reporters", "service"}
    | {"society", "staff", "team", "the", "times", "university"}
)
_PARTICLES = frozenset(
    {"af", "al", "av", "bin", "bint", "d’", "da", "das", "de", "degli", "dei", "del", "della", "den", "der"}
    | {"des", "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "los", "ten", "ter", "van"}
    | {"vom", "von", "y", "zu", "zum", "zur"}
)
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
# Letters with what joins them in names; combining marks belong to the letter before them.
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f'’.-])*")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts; of an organisation, or where in doubt, all of it in ``family``."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def surname(self) -> str:
        """The family name behind its particle."""
        return f"{self.particle} {self.family}" if self.particle else self.family

    @property
    def natural(self) -> str:
        """As people say it: given name first."""
        said = f"{self.given} {self.surname}" if self.given else self.family
        return f"{said} {self.suffix}" if self.suffix else said

    @property
    def inverted(self) -> str:
        """As lists sort it: surname first."""
        return ", ".join(filter(None, (self.surname, self.given, self.suffix)))

    @property
    def initials(self) -> str:
        """The given names as initials.

        >>> Name("Sartre", "Jean-Paul Charles").initials
        'J.-P. C.'
        """
        words = (word.split("-") for word in self.given.split())
        return " ".join("-".join(f"{part[0]}." for part in word if part) for word in words)


def person(written: str, site: str | None = None) -> Name:
    """A name in its parts where it is plainly a person's; ``site``: the page's own site is nobody's name.

    >>> person("Jane Q. Doe").inverted, person("Wikipedia contributors").inverted
    ('Doe, Jane Q.', 'Wikipedia contributors')
    >>> person("Anna Maria van der Berg").inverted, person("Martin King Jr.").inverted
    ('van der Berg, Anna Maria', 'King, Martin, Jr.')
    >>> person("{Barnes and Noble, Inc.}")
    Name(family='Barnes and Noble, Inc.', given='', particle='', suffix='')
    >>> person("{Press}, Jane").natural
    'Jane Press'
    """
    whole = one_line(written)
    if "{" in whole:
        return _braced(whole)
    words = whole.replace(",", " ").lower().split()
    if whole == site or not _CORPORATE.isdisjoint(words):
        return Name(whole)
    if "," in whole:
        return _inverted(whole)
    return _natural(whole)


def written(name: Name) -> str:
    """A name as :func:`person` reads it back: ``Family, Suffix, Given``; in braces what would be parted else.

    >>> written(Name("World Health Organization")), written(Name("Berg", "Anna", "van der"))
    ('{World Health Organization}', 'van der Berg, Anna')
    """
    if not name.given:
        return _group(" ".join(filter(None, (name.family, name.suffix))))
    parts = filter(None, (name.surname, name.suffix, name.given))
    plain = ", ".join(_unbraced(part) for part in parts)
    if person(plain) == name:
        return plain
    family = f"{_group(name.particle)} {_group(name.family)}" if name.particle else _group(name.family)
    return ", ".join([family, *(_group(part) for part in (name.suffix, name.given) if part)])


def _group(part: str) -> str:
    return "{" + _unbraced(part) + "}"


def _unbraced(part: str) -> str:
    """Braces group in a name, and cannot be a part of it."""
    return part.replace("{", "(").replace("}", ")")


def parted(written: str, at: str = ",") -> list[str]:
    """What stands between the marks that no braces protect, blanks around it taken off.

    >>> parted("{a, b}, c")
    ['{a, b}', 'c']
    """
    parts, depth, start = [], 0, 0
    for place, symbol in enumerate(written):
        depth = max(0, depth + {"{": 1, "}": -1}.get(symbol, 0))
        if symbol in at and not depth:
            parts.append(written[start:place])
            start = place + 1
    if depth:
        # A brace that is never closed protects nothing.
        return [part.strip() for part in re.split(f"[{re.escape(at)}]", written)]
    return [part.strip() for part in (*parts, written[start:])]


_GROUPS = re.compile(r"\{([^{}]*)\}(?:\s+\{([^{}]*)\})?")


def _braced(whole: str) -> Name:
    """A name in which braces say what belongs together."""
    parts = [part for part in parted(whole) if part]
    bare = [" ".join(re.sub("[{}]", "", part).split()) for part in parts]
    if len(parts) not in (2, 3) or not all(bare):
        return Name(", ".join(filter(None, bare)))
    groups = _GROUPS.fullmatch(parts[0])
    if groups and groups[2]:
        before, family = groups[1], groups[2]
    else:
        before, family = ("", bare[0]) if groups else _particle(bare[0].split())
    return Name(family or bare[0], bare[-1], before if family else "", bare[1] if len(bare) == 3 else "")


def _inverted(whole: str) -> Name:
    parts = [part.strip() for part in whole.split(",")]
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    rest = [part for part in parts if part not in suffixes]
    if len(suffixes) == 1 and len(rest) == 1:
        split = _natural(rest[0])
        return Name(split.family, split.given, split.particle, suffixes[0]) if split.given else Name(whole)
    if len(rest) != 2 or not all(rest) or len(suffixes) > 1:
        return Name(whole)
    before, family = _particle(rest[0].split())
    return Name(family, rest[1], before, *suffixes) if family else Name(rest[0], rest[1], "", *suffixes)


def _natural(whole: str) -> Name:
    words = whole.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    first = next((n for n, word in enumerate(words) if n and word in _PARTICLES), None)
    given, behind = (words[:-1], words[-1:]) if first is None else (words[:first], words[first:])
    before, family = _particle(behind)
    proper = [*given, *family.split()]
    plainly = all(_NAME_WORD.fullmatch(word) and word[0].isupper() for word in proper)
    # Beyond three words without a particle nobody can tell where the surname begins.
    few = 0 < len(given) <= (2 if first is None else 4)
    return Name(family, " ".join(given), before, suffix) if plainly and few and family else Name(whole)


def _particle(words: list[str]) -> tuple[str, str]:
    """Leading particles, and the rest."""
    count = next((n for n, word in enumerate(words) if word not in _PARTICLES), len(words))
    return " ".join(words[:count]), " ".join(words[count:])
