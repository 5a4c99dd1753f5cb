"""What agrees and what differs between a claim and a passage: shown to people, never judged. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.model import Signals
from archive.quotations import LONG, Plain, plain, quotations
from ingest.evidence.altering import altered
from ingest.evidence.dates import Day, dates
from ingest.evidence.names import Name, names, same, sure, written
from ingest.evidence.numbers import Number, numbers
from ingest.evidence.words import FUNCTION_WORDS, Token, small, tokens

# These patterns are small letters, and so is what they are searched in.
# Words by which a text tells that it repeats a statement in order to deny it (the echo trap).
_DENIAL = re.compile(
    r"\b(?:false(?:ly)?|untrue|not true|fake|hoax|debunk\w*|refut\w*|rebut\w*|den(?:y|ies|ied|ying|ial)"
    r"|disput\w*|mislead\w*|fabricat\w*|misinformation|disinformation|conspiracy|no evidence|baseless"
    r"|without evidence|unfounded|incorrect\w*|inaccurate\w*|myth|rumou?rs?|retract\w*|wrongly"
    r"|bogus|unsubstantiated|no truth|pants on fire|made[- ]up"
    r"|falsch\w*|unwahr|widerleg\w*|dementier\w*|gerüchte?|fausses?|c['’]est faux"
    r"|démenti\w*|dément|infox|rumeurs?"
    r"|fals[oa]s?|desmient\w*|desmint\w*|bulos?"
    r"|contradict\w*|no proof|no basis|unproven|alleged\w*|so-called|purported\w*"
    r"|fact[- ]check\w*)\b"
)
# A denial that only one of the two texts has: "troops did not land".
_NEGATION = re.compile(r"\b(?:not|never|cannot|neither|nor)\b|\b\w+n['’]t\b")
_NEGATION_IN = {
    "de": re.compile(r"\b(?:nicht|niemals|kein\w*|weder)\b"),
    "fr": re.compile(r"\b(?:ne|pas|jamais|aucune?|ni)\b|\bn['’]"),
    "es": re.compile(r"\b(?:no|nunca|jamás|ningun[ao]?|tampoco)\b"),
}
_MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim read once for its quotations, numbers, dates and names."""

    text: str
    language: str | None
    quotations: tuple[str, ...]
    dates: tuple[Day, ...]
    numbers: tuple[Number, ...]
    names: tuple[Name, ...]
    words: tuple[Token, ...]

    @property
    def first(self) -> int:
        """Where its first word stands."""
        return self.words[0].start if self.words else 0


@dataclass(slots=True)
class _Compared:
    agree: list[tuple[int, str]] = field(default_factory=list)
    differ: list[tuple[int, tuple[str, str]]] = field(default_factory=list)
    missing: list[tuple[int, str]] = field(default_factory=list)


def statement(text: str, language: str | None = None) -> Statement:
    """Read a claim."""
    days = dates(text, language)
    counted = [one for one in numbers(text, language, [(day.start, day.end) for day in days]) if one.sure]
    words = tokens(text)
    # "Half of them", "5 °C", "3. Januar": capitals that name nobody.
    read = [*((day.start, day.end) for day in days), *((one.start, one.end) for one in counted)]
    named = [
        name
        for name in names(text, words)
        if not any(start <= name[0].start and name[-1].end <= end for start, end in read)
    ]
    return Statement(
        text, language, tuple(quotations(text)), tuple(days), tuple(counted), tuple(named), words
    )


def compare(
    claim: Statement, passage: str, language: str | None, cover: float, beside: str | None = None
) -> Signals:
    """The signals between a claim and a passage; ``beside``: the passage with what stands around it."""
    told = _Compared()
    words = tokens(passage)
    days = dates(passage, language)
    _compare_dates(claim, days, told)
    _compare_numbers(claim, numbers(passage, language, [(day.start, day.end) for day in days]), told)
    _compare_names(claim, passage, names(passage, words), told)
    quoted, changed = _compare_quotations(claim, passage)
    return Signals(
        cover=cover,
        quoted=quoted,
        altered=changed,
        agree=_in_order(told.agree),
        differ=tuple(dict.fromkeys(pair for _, pair in sorted(told.differ))),
        missing=_in_order(told.missing),
        words_missing=_words_missing(claim, words),
        cues=_cues(claim.text, beside or passage, language),
    )


def _in_order(found: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for _, words in sorted(found)))


def _compare_quotations(
    claim: Statement, passage: str
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    if not claim.quotations:
        return (), ()
    there = Plain(passage)
    quoted = tuple(q for q in claim.quotations if there.find(plain(q)))
    pairs = ((q, altered(q, passage)) for q in claim.quotations if q not in quoted and len(q) >= LONG)
    return quoted, tuple((q, found) for q, found in pairs if found)


def _compare_dates(claim: Statement, there: list[Day], told: _Compared) -> None:
    free = [day for day in there if not any(mine.equals(day) for mine in claim.dates)]
    for mine in claim.dates:
        if any(mine.equals(day) for day in there):
            told.agree.append((mine.start, mine.text))
            continue
        likely = [(mine.shared(day), len(mine.near & day.near), -day.start, day) for day in free]
        likely = [entry for entry in likely if entry[0] >= 0 and entry[0] + entry[1] > 0]
        if likely:
            told.differ.append((mine.start, (mine.text, max(likely, key=lambda entry: entry[:3])[3].text)))
        else:
            told.missing.append((mine.start, mine.text))


def _compare_numbers(claim: Statement, there: list[Number], told: _Compared) -> None:
    free = [number for number in there if not any(mine.equals(number) for mine in claim.numbers)]
    for mine in claim.numbers:
        if any(mine.equals(number) for number in there):
            told.agree.append((mine.start, mine.bare))
        elif other := _counterpart(mine, free):
            # A unit that both have says nothing; one that differs says what is meant.
            alike = mine.unit == other.unit
            pair = (mine.bare, other.bare) if alike else (mine.text, other.text)
            told.differ.append((mine.start, pair))
        else:
            told.missing.append((mine.start, mine.bare))


def _counterpart(mine: Number, free: list[Number]) -> Number | None:
    """The number of a passage that counts the same thing otherwise; None where none plausibly does."""
    same = [number for number in free if number.sure and number.family == mine.family]
    shared = [(len(mine.near & number.near), -number.start, number) for number in same]
    best = max(shared, key=lambda entry: entry[:2], default=None)
    if best is None:
        return None
    alone = len(same) == 1 and mine.family == "percent"
    return best[2] if best[0] or alone else None


def _compare_names(claim: Statement, passage: str, theirs: list[Name], told: _Compared) -> None:
    for name in claim.names:
        as_written, found = written(name, claim.text), same(name, theirs)
        if not sure(name, claim.first):
            # "Trump announced", "Talks failed": a name only if the passage has it inside a sentence.
            if found is True and re.search(rf"(?<=[\w,;:”\"] ){re.escape(as_written)}\b", passage):
                told.agree.append((name[0].start, as_written))
        elif found is True:
            told.agree.append((name[0].start, as_written))
        elif found is False:
            told.missing.append((name[0].start, as_written))
        else:
            told.differ.append((name[0].start, (as_written, written(found, passage))))


def _words_missing(claim: Statement, passage: Sequence[Token]) -> tuple[str, ...]:
    """The claim's words of matter that a passage lacks; names, dates and numbers are told apart from them."""
    there = {token.stem for token in passage}
    named = [(name[0].start, name[-1].end) for name in claim.names if sure(name, claim.first)]
    named += [(day.start, day.end) for day in claim.dates]
    named += [(number.start, number.end) for number in claim.numbers]
    absent = (
        re.sub(r"['’]s$", "", claim.text[token.start : token.end])
        for token in claim.words
        if token.stem not in there and token.stem not in FUNCTION_WORDS and not token.number
        if not any(start <= token.start < end for start, end in named)
    )
    return tuple(dict.fromkeys(absent))[:_MOST_WORDS]


def _cues(claim: str, passage: str, language: str | None) -> tuple[str, ...]:
    negation = _NEGATION_IN.get((language or "")[:2].lower(), _NEGATION)
    mine, theirs = small(claim), small(passage)
    found = _DENIAL.findall(theirs)
    if found:
        said = set(_DENIAL.findall(mine))
        found = [word for word in found if word not in said]
    if not negation.search(mine):
        found += negation.findall(theirs)
    return tuple(dict.fromkeys(found))
