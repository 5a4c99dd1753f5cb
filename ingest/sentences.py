"""A text to its sentences, with exact offsets. [sentencex]

    1. split at line breaks and page breaks, and lines longer than any prose where a sentence may end
    2. cut each line where the library says, and behind every other stop that a capital follows
    3. move a cut that falls before a closing mark, a note's number or a smiley, or behind a list's number
    4. leave out the cuts behind abbreviations, initials and list numbers, and before "…?” she asked"

The library never splits inside quotation marks or behind `.)`, and takes "me.", "no." and "etc." for
abbreviations; steps 2 to 4 mend that. What each is worth is in `benchmarks/sentences.py`.
Thai and Lao have no mark for the end of a sentence: they are cut at some of their blanks (`blanks`).
"""

import re
from collections.abc import Iterator

import sentencex

from ingest.abbreviations import ABBREVIATED
from ingest.blanks import cuts as blank_cuts

Span = tuple[int, int]

_LINE = re.compile(r"[^\n\f]+")
# The library's time grows with the square of a line of quotation marks: 30,000 “ take it 1 s, 300,000
# minutes. Cut like this, 300,000 take 1.3 s. The longest paragraph of prose is shorter.
_LONGEST_LINE = 5_000
_MAY_END = re.compile(r"[.!?…。！？][”’\"»)]?\s+(?=[“‘\"«(]?[^\W_a-z])|[。！？។།]+[」』”’）]*")
# How far around a cut is looked: longer than any abbreviation, name or "said the …".
_AROUND = 60

_RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"
_NOTE = rf"(?:\[(?:\d{{1,3}}|[a-z]|citation needed)\]|{_RAISED}(?:[,–⁻-]{_RAISED}){{0,9}})"
_SMILEY = r"[:;=]['’]?-?[)(DPp](?!\w)"
# A sentence end: stop, perhaps closing marks and notes, blank, then a capital, a digit or an opening mark.
# „So schließt man“ in German, »so« in Danish: what opens a quotation here closes it there.
_STOP = re.compile(
    rf"[.!?…][”’\"»)\]“«‘]*(?:\s?{_NOTE})*\s+(?=(?:[“‘\"(\[„‚»]|«\s?)*[A-ZÀ-ÖØ-ÞА-ЯЁ\d])"
    r"|[。！？]+[」』”’）]*(?=[^」』”’）。！？\s])"
    r"|[។៕།༎]+\s*(?=[^។៕།༎\s])"
)
_STOPPED = re.compile(r"[.!?…。！？][”’\"»)\]“«‘]*\s*$")
# What belongs to the sentence before it: a note, a smiley, closing marks that the library left over.
_TAIL = re.compile(rf"(?:\s*(?:{_NOTE}|{_SMILEY}|[”’»)\]]+|['\"]+(?=\s|$)))+(?=\s|$)\s*")
# What belongs to the sentence after it: an opening mark that stands free, the number of a list's entry.
_HEAD = re.compile(r"(?:^|(?<=[.!?…:;])|(?<=[.!?…:;][”’\")]))\s+([\"“„]|\(?\d{1,2}[.)])\s*$")
_NUMBER_ONLY = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s*$|[*•–-]\s*$")
_SAYS = (
    "said|says|say|asked|asks|ask|howled|replied|replies|cried|cries|shouted|shouts|yelled|whispered|whispers|exclaimed|"
    "answered|added|wondered|muttered|murmured|called|snapped|screamed|demanded|wrote|told|thought|laughed|"
    "continued|insisted|responded|began|repeated|roared|hissed|groaned|sighed|gasped|inquired|enquired"
)
_SPEAKER = re.compile(
    rf"(?:(?:I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|[Yy]ou|(?:[Tt]he|[Mm]y|[Hh]is|[Hh]er|[Aa]n?)(?: \w+){{1,2}}|"
    rf"(?:[A-Z][\w.’'-]+ ){{0,2}}[A-Z][\w’'-]+) (?:\w+ly )?(?:{_SAYS})|(?:{_SAYS}))\b|と|って"
)
_QUOTED_STOP = re.compile(r"[!?…][”’\"»]+\s*$|[。！？][」』]+\s*$")
# "The 3rd of October", as German, Danish, Finnish, Polish and others write it.
_ORDINAL = re.compile(r"(?:^|\s)\d{1,3}\.\s*$")
_DAY = re.compile(r"(?:^|\s)\d{1,2}\.\s*$")
# "1890. godine", "am 3. und 4. Mai": behind such a stop a small letter begins no sentence.
_NUMBERED = re.compile(r"(?:^|[\s(])\d{1,4}\.\s*$")
_OF_YEARS = ("godin", "gada ", "leta ")
# "Der 2. Weltkrieg": German writes every noun with a capital, so only words that begin a sentence tell.
_GERMAN_STARTERS = frozenset((
    "aber", "als", "am", "an", "auch", "auf", "bei", "da", "dabei", "damit", "danach", "dann", "daraus",
    "das", "dem", "den", "der", "deshalb", "die", "dies", "diese", "dieser", "dieses", "doch", "ein",
    "eine", "einen", "er", "es", "für", "heute", "hier", "ich", "ihr", "ihre", "im", "in", "insgesamt",
    "jede", "jeder", "jedes", "jetzt", "laut", "man", "mehr", "mit", "nach", "noch", "nun", "nur", "ob",
    "seine", "seit", "sie", "so", "trotz", "und", "unter", "viele", "vom", "von", "vor", "was", "weil",
    "wenn", "wer", "wie", "wir", "wo", "zu", "zudem", "zum", "zur",
))  # fmt: skip
# "z. B.", "d. h.", "i. d. R.": a small letter alone before a stop is an abbreviation in these languages,
# but not a unit ("4782 g.") or the Polish year ("w 2018 r.").
_LETTERED = re.compile(r"(?:^|(?<!\d)[\s(])[a-zäöüøå]\.\s*$")
# "EE. UU.", "JJ. OO.": Spanish doubles the letter of a plural.
_DOUBLED = re.compile(r"\b([A-Z])\1\.\s*$")
# Words before a stop that never end a sentence, and words that do not when a number follows.
_TITLES = frozenset((
    "adm", "ald", "asst", "brig", "capt", "cdr", "cmdr", "col", "cpl", "dr", "drs", "fr", "ft", "gen", "gov",
    "hon", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "pres", "prof", "pvt", "rep",
    "reps", "rev", "sen", "sens", "sgt", "sig", "sra", "srta", "st", "ste", "supt",
))  # fmt: skip
_NEVER = frozenset((
    "vs", "v", "cf", "viz", "ie", "eg", "e.g", "i.e", "z.b", "d.h", "u.a", "esp", "incl", "resp", "p.s",
    "bzw", "vgl", "evtl", "sog", "bspw",
))  # fmt: skip
_BEFORE_NUMBER = frozenset((
    "no", "nos", "nr", "num", "op", "p", "pp", "para", "pars", "fig", "figs", "vol", "vols", "sec",
    "art", "ch", "pt", "abs", "bd", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "oct", "nov", "dec", "janv", "févr", "juil", "déc", "okt", "dez", "ene", "dic", "ca", "approx", "núm",
    "pág", "págs", "c", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri",
    "sat", "sun", "tel", "ph", "mob", "eq", "sect", "ext", "b", "d", "m", "r", "div", "fl", "sc",
))  # fmt: skip
# Abbreviations that end a sentence only where a word follows that begins one.
_MAYBE = frozenset((
    "inc", "corp", "co", "ltd", "llc", "jr", "sr", "bros", "esq", "al", "ave", "blvd", "rd", "dept", "univ",
    "assn", "ed", "eds", "est", "govt", "intl", "natl", "ph.d", "mass", "calif", "ariz", "conn", "fla", "ill",
    "kr", "acc",
    "mich", "minn", "penn", "tenn", "tex", "wash", "wis", "oz", "lb", "lbs", "mi", "km", "cm", "mm", "trans",
    *_BEFORE_NUMBER,
))  # fmt: skip
# Words that begin a sentence; a capitalised word that is none of these may be a name ("the U.S. Senate").
_STARTERS = frozenset((
    "a", "after", "all", "also", "although", "an", "and", "another", "any", "are", "as", "at", "because",
    "before", "both", "but", "by", "can", "could", "did", "do", "does", "during", "each", "even", "every",
    "few", "for", "from", "had", "has", "have", "he", "her", "here", "his", "how", "however", "i", "if",
    "in", "is", "it", "its", "let", "many", "may", "maybe", "meanwhile", "more", "most", "my", "no", "nor",
    "not", "now", "oh", "okay", "on", "once", "one", "only", "or", "our", "please", "several", "she",
    "should", "since", "so", "some", "such", "thank", "thanks", "that", "the", "their", "then", "there",
    "therefore", "these", "they", "this", "those", "though", "through", "thus", "to", "today", "under",
    "until", "was", "we", "well", "were", "what", "when", "where", "whether", "which", "while", "who",
    "why", "will", "with", "without", "would", "yeah", "yes", "yet", "you", "your",
))  # fmt: skip
_DAYS = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "et", "est", "edt", "pt",
    "pst", "gmt", "utc", "cet", "ist", "bst", "local",
))  # fmt: skip
# Begun inside a word it would only fail more slowly, from each of its letters.
_LAST_WORD = re.compile(
    r"(?<![^\W\d_])([^\W\d_](?:[^\W\d_]|\.(?=[^\W\d_]))*)\.([”’\"»)\]]*)(?:\s?\[[^\]]*\])*\s*$"
)
_CLOCK = re.compile(r"\b[ap]\.?m\.\s*$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[“‘\"«(\[„‚]*([^\W\d_]+)")
_YEAR_OF_WORK = re.compile(r"[(\[]\d")


def spans(text: str, language: str = "en") -> list[Span]:
    """The spans of a text's sentences in order, trimmed; none crosses a line break."""
    found: list[Span] = []
    code = (language or "en").split("-")[0].lower() or "en"
    for line in _LINE.finditer(text):
        for start, end in _short(text, line.start(), line.end()):
            found.extend(_in_line(text, start, end, code))
    return found


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """A line, cut where it is too long to be one: behind the last sentence end, else at a blank."""
    while end - start > _LONGEST_LINE:
        limit = start + _LONGEST_LINE
        ends = [stop.end() for stop in _MAY_END.finditer(text, start, limit)]
        blank = text.rfind(" ", start + 1, limit)
        cut = ends[-1] if ends else blank + 1 if blank > 0 else limit
        yield start, cut
        start = cut
    yield start, end


def _in_line(text: str, start: int, end: int, code: str) -> Iterator[Span]:
    for cut in _cuts(text, start, end, code):
        place = _moved(text, start, cut, end)
        if start < place < end and _parts(text, start, place, end, code):
            yield from _trimmed(text, start, place)
            start = place
    yield from _trimmed(text, start, end)


def _cuts(text: str, start: int, end: int, code: str) -> list[int]:
    """Where a sentence may begin: by the library, and behind each stop that a capital follows."""
    stops = (stop.end() for stop in _STOP.finditer(text, start, end))
    found = {at for at in stops if code == "en" or not _ORDINAL.search(text, max(start, at - 6), at)}
    found.update(cut for cut in blank_cuts(text[start:end], start))
    at = start
    for part in sentencex.segment(code, text[start:end]):
        at += len(part)
        found.add(at + _blank(text, at, end))
    return sorted(found)


def _blank(text: str, start: int, end: int) -> int:
    at = start
    while at < end and text[at].isspace():
        at += 1
    return at - start


def _moved(text: str, start: int, cut: int, end: int) -> int:
    """A cut, moved: closing marks and notes belong before it, opening marks and list numbers behind it."""
    before = text[max(start, cut - _AROUND) : cut]
    if _STOPPED.search(before) and (tail := _TAIL.match(text, cut, min(end, cut + _AROUND))):
        return tail.end()
    if head := _HEAD.search(before):
        # "voted on Jan. 3. Mr. Berg saw it": the number of a day is none of a list.
        counted = head[1][:1] in "\"“„" or not _hangs_on(before[: head.start(1)], head[1])
        return cut - len(before) + head.start(1) if counted else cut
    return cut


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        yield start, end


def _parts(text: str, start: int, cut: int, end: int, code: str) -> bool:
    """Whether a sentence ends before this cut, and does not only pause."""
    before = text[max(start, cut - _AROUND) : cut]
    after = text[cut : min(end, cut + _AROUND)]
    # Not in English: "in 2019. ecobee redesigned it" are two.
    if _NUMBERED.search(before) and after[:1].islower() and (code != "en" or after.startswith(_OF_YEARS)):
        return False
    if cut - start < _AROUND and _NUMBER_ONLY.fullmatch(before.strip()):
        return False
    if _QUOTED_STOP.search(before) and _SPEAKER.match(after):
        return False
    if code != "en" and _is_abbreviated(before, after, code):
        return False
    return not _hangs_on(before, after)


def _is_abbreviated(before: str, after: str, code: str) -> bool:
    """Whether the stop ends an ordinal or an abbreviation that English does not write."""
    if code == "de" and _DAY.search(before):
        first = _FIRST_WORD.match(after)
        return not first or first[1].lower() not in _GERMAN_STARTERS
    word = _LAST_WORD.search(before)
    if word and word[1].lower() in ABBREVIATED.get(code, ()):
        first = _FIRST_WORD.match(after)
        return code != "de" or not first or first[1].lower() not in _GERMAN_STARTERS
    doubled = _DOUBLED.search(before)
    if doubled and re.match(r"([A-Z])\1\.", after):
        return True
    return bool(_LETTERED.search(before))


def _hangs_on(before: str, after: str) -> bool:
    """Whether the stop at the end of ``before`` only ends an abbreviation."""
    found = _LAST_WORD.search(before)
    if not found:
        return False
    first = _FIRST_WORD.match(after)
    next_word = first[1] if first else ""
    word, lower = found[1], found[1].lower()
    if lower == "al" and after[:1] in ("(", "["):
        return True  # "Berg et al. (2015) counted …"
    if _CLOCK.search(before):
        return next_word.lower() in _DAYS or next_word[:1].islower()
    if next_word[:1].islower():
        return not _is_ordinary(word)
    if lower in _NEVER or (lower in _TITLES and word != lower):
        return not found[2]
    if lower == "al" and _YEAR_OF_WORK.match(after):
        return True
    if lower in _BEFORE_NUMBER and (after[:1].isdigit() or next_word.lower()[:3] in _BEFORE_NUMBER):
        return True
    return _is_short(word) and next_word.lower() not in _STARTERS and not found[2]


def _is_ordinary(word: str) -> bool:
    """Whether a word is no abbreviation by its looks."""
    return len(word) > 1 and "." not in word and word.lower() not in _MAYBE | _TITLES | _NEVER


def _is_short(word: str) -> bool:
    """Whether a word before a stop may be an abbreviation or an initial."""
    is_initial = len(word) == 1 and word.isupper()
    return is_initial or "." in word or (word.lower() in _MAYBE and not word.islower())
