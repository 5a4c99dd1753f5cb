"""Which sentences of an article assert something: the claims. Pure.

A heading, a question, a caption of few words, a byline, a call to subscribe and an entry of a list
of sources assert nothing. Little is filtered: of 311 sentences that people looked at, 277 were worth
checking, so a doubtful sentence is a claim.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from archive.model import Heading
from ingest.citations.cover import Cover
from ingest.citations.entries import has_bullet, without_bullet
from ingest.sentences import Span, spans

_END = re.compile(r"[.!…。！։؟۔।][”’\"»)\]]*$")
_QUESTION = re.compile(r"[?？؟;][”’\"»)\]]*$")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\d[\d.,]*")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\u1780-\u17ff\u0f00-\u0fff]")
_CALL = re.compile(
    r"^(?:subscribe|sign up|sign in|log in|click|tap here|read (?:more|also|next|the full)|see also|"
    r"also read|follow us|"
    r"share (?:this|on)|join (?:us|our|the)|download|listen to|watch (?:now|:|the video)|advertisement|"
    r"copyright|©|\(c\)|"
    r"all rights reserved|photo(?:graph)?s?\b.{0,12}:|image\b.{0,12}:|images? (?:credit|courtesy)|"
    r"getty images|"
    r"(?:we|this site) uses? cookies|please enable|enable javascript|support (?:us|our)|donate|buy now|"
    r"shop now|"
    r"get (?:our|the latest|your)|don['’]t miss|this (?:article|story|post) (?:was|is|has been|"
    r"originally|first)\b|"
    r"contact us|email (?:us|the author)|leave a comment|jump to|skip to|table of contents|"
    r"continue reading|"
    r"jetzt (?:abonnieren|lesen|kaufen)|mehr (?:dazu|lesen)|lesen sie auch|abonnieren|foto:|bild:|"
    r"suscr[ií]bete|"
    r"lea también|lire aussi|abonnez|à lire|leggi anche|lees ook|leia também)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by|von|por|par|di|door|av|published|updated|posted|written by|last (?:updated|modified)|"
    r"reviewed by)\b",
    re.IGNORECASE,
)
# English words that a finite clause has almost always one of; used only to tell captions and labels.
_FINITE = frozenset((
    "am", "is", "are", "was", "were", "be", "been", "being", "'s", "'re", "isn't", "aren't", "wasn't",
    "weren't", "has", "have", "had", "hasn't", "haven't", "hadn't", "do", "does", "did", "don't",
    "doesn't", "didn't", "will", "would", "can", "could", "may", "might", "must", "shall", "should",
    "won't", "wouldn't", "can't", "cannot", "couldn't", "said", "says", "say", "tells", "told", "went",
    "goes", "go", "came", "comes", "come", "got", "gets", "made", "makes", "make", "took", "takes",
    "take", "gave", "gives", "give", "knew", "knows", "know", "thought", "thinks", "think", "saw",
    "sees", "found", "finds", "left", "leaves", "led", "leads", "lost", "loses", "met", "meets", "paid",
    "pays", "put", "ran", "runs", "sat", "sent", "sends", "set", "sets", "shot", "shows", "show",
    "showed", "shown", "sold", "sells", "spoke", "speaks", "spent", "stands", "stood", "struck",
    "strikes", "taught", "threw", "told", "understood", "won", "wins", "wrote", "writes", "began",
    "begins", "became", "becomes", "became", "broke", "breaks", "brought", "brings", "built", "builds",
    "bought", "buys", "caught", "chose", "cut", "cuts", "drew", "drove", "fell", "falls", "felt",
    "feels", "fought", "flew", "forgot", "grew", "grows", "heard", "held", "holds", "hit", "hits",
    "hurt", "kept", "keeps", "laid", "lay", "led", "lent", "let", "lets", "meant", "means", "rose",
    "rises", "read", "reads", "rode", "rang", "sang", "sank", "saw", "sought", "slept", "swore",
    "swept", "swam", "swung", "tore", "wore", "wove", "withdrew", "remains", "remain", "seems", "seem",
    "appears", "appear", "continues", "continue", "reflects", "suggests", "suggest", "represents",
    "signals", "represents", "marks", "needs", "need", "wants", "want", "works", "work", "plans",
    "plan", "includes", "include", "helps", "help", "expects", "expect", "calls", "call", "offers",
    "offer", "faces", "face", "rejects", "backs", "warns", "urges", "claims", "denies", "vows", "seeks",
    "hopes", "fears", "agrees", "reports", "announces", "launches", "hits", "kills", "dies", "wins",
    "turns", "moves", "opens", "closes",
))  # fmt: skip
_ED = re.compile(r"[a-z]{3,}ed$")


def claims(
    body: str, headings: Sequence[Heading], hidden: Sequence[Span], masked: str, language: str
) -> list[Span]:
    """The spans of the sentences that assert something.

    ``masked`` is the body with the markers of notes blanked out, so that they end no sentence and
    belong to none; ``hidden`` are spans (lists of sources, notes) that hold no claims.
    """
    starts = {heading.start for heading in headings}
    covered = Cover(hidden)
    return [
        (start, end)
        for start, end, line, alone in _sentences(masked, starts, language)
        if not covered.holds(start) and asserts(masked[start:end], line, alone, language)
    ]


def _sentences(masked: str, headings: set[int], language: str) -> Iterator[tuple[int, int, str, bool]]:
    """Each sentence with the line it stands in, and whether it is that line's only sentence."""
    lines = [match.span() for match in re.finditer(r"[^\n\f]+", masked)]
    found = spans(masked, language)
    at = 0
    for begin, stop in lines:
        inside: list[Span] = []
        while at < len(found) and found[at][0] < stop:
            inside.append(found[at])
            at += 1
        line = masked[begin:stop]
        first = begin + len(line) - len(line.lstrip())
        if first in headings:
            continue
        for start, end in _without_bullet(masked, inside):
            yield start, end, line, len(inside) == 1


def _without_bullet(masked: str, inside: list[Span]) -> Iterator[Span]:
    """The sentences of a line, the first one without its bullet or number."""
    for index, (start, end) in enumerate(inside):
        if index == 0 and has_bullet(masked[start:end]):
            rest, _, cut = without_bullet(masked[start:end])
            if rest:
                yield start + cut, start + cut + len(rest)
        elif any(symbol.isalnum() for symbol in masked[start:end]):
            yield start, end


def asserts(sentence: str, line: str, alone: bool, language: str = "") -> bool:
    """Whether a sentence asserts something, seen with the line it stands in."""
    if _QUESTION.search(sentence) and not sentence.endswith(";"):
        return False
    if _CALL.match(sentence) or " | " in line or "http://" in sentence[:8] or "https://" in sentence[:9]:
        return False
    if _UNSPACED.search(sentence):
        return len(sentence) >= 8 and (bool(_END.search(sentence)) or len(sentence) >= 15)
    words = _WORD.findall(sentence)
    if len(words) < 3 or (len(words) == 3 and not _finite(words)):
        return False
    if _END.search(sentence):
        return not (alone and len(words) <= 10 and _english(language, words) and not _finite(words))
    if _BYLINE.match(sentence) and len(words) < 12:
        return False
    if has_bullet(line):
        return len(words) >= 5 and (len(words) >= 8 or _finite(words))
    return len(words) >= 6 and (_finite(words) or (len(words) >= 12 and not _english(language, words)))


def _finite(words: list[str]) -> bool:
    """Whether some word looks like a finite verb of English."""
    lowered = (word.lower().replace("’", "'").rstrip(".") for word in words)
    return any(word in _FINITE or _ED.match(word) or word.endswith(("'s", "n't")) for word in lowered)


def _english(language: str, words: list[str]) -> bool:
    if language:
        return language.lower().startswith("en")
    common = {"the", "of", "and", "in", "on", "a", "to", "for", "with", "at", "by", "from"}
    return any(word.lower() in common for word in words)


def section_of(start: int, body: str, headings: Sequence[Heading]) -> str | None:
    """The words of the heading that a place in the text stands under; None before the first."""
    number = bisect_right(headings, start, key=lambda heading: heading.start) - 1
    if number < 0 or (headings[number].start == _first(body) and headings[number].level == 1):
        return None
    begin = headings[number].start
    end = body.find("\n", begin)
    return body[begin : end if end >= 0 else len(body)].strip() or None


def _first(body: str) -> int:
    return len(body) - len(body.lstrip())
