"""Whether a sentence asserts something. Pure.

A question, a caption of few words, a byline, a credit, a call to subscribe or to read on, a notice of
cookies and a line of code assert nothing. Little is filtered: of 311 sentences that people looked at, 277
were worth checking, so a doubtful sentence is a claim.
"""

import re

from ingest.citations.calls import calls
from ingest.citations.entries import has_bullet

_CLOSING = '[”’"»)\\]“«」』）]*$'
_END = re.compile(r"[.!…。！։؟۔।။។།]" + _CLOSING)
_QUESTION = re.compile(r"[?？؟;]" + _CLOSING)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\d[\d.,]*")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u0f00-\u0fff]")
_BYLINE = re.compile(
    r"^(?:by|von|por|par|di|door|av|published|updated|posted|written by|last (?:updated|modified)|"
    r"reviewed by)\b",
    re.IGNORECASE,
)
# "… [VIDEO]", "Jo Doe (@jo) May 4", a line in capitals, "—Name, 12", ">>> code": no stop ends such lines,
# and they say nothing.
_TEASER = re.compile(r"\[[A-Z]{3,}\]$|\(@[\w.@-]{2,60}\)|^[—–―-](?=[^\s—–―-])")
_CODE = re.compile(r"^(?:[$%>] |>>>|\.\.\. )|\w\"[:,]\{?\"\w")
# A line that breaks off behind such a word is a piece of a sentence whose rest stands elsewhere.
_BROKEN = re.compile(
    r"\b(?:the|an?|and|or|of|to|by|in|on|at|for|from|with|can|will|is|are|was|has|have|had|your|its|their)$",
    re.IGNORECASE,
)
# English words that a finite clause has almost always one of; used only to tell captions and labels.
_FINITE = frozenset((
    "i", "we", "you", "he", "she", "they",
    "am", "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't",
    "weren't", "has", "have", "had", "hasn't", "haven't", "hadn't", "do", "does", "did", "don't",
    "doesn't", "didn't", "will", "would", "can", "could", "may", "might", "must", "shall", "should",
    "won't", "wouldn't", "can't", "cannot", "couldn't", "said", "says", "say", "tells", "told", "went",
    "goes", "go", "came", "comes", "come", "got", "gets", "made", "makes", "make", "took", "takes",
    "take", "gave", "gives", "give", "knew", "knows", "know", "thought", "thinks", "think", "saw",
    "sees", "found", "finds", "left", "leaves", "led", "leads", "lost", "loses", "met", "meets", "paid",
    "pays", "put", "ran", "runs", "sat", "sent", "sends", "set", "sets", "shot", "shows", "show",
    "showed", "shown", "sold", "sells", "sued", "sues", "spoke", "speaks", "spent",
    "stands", "stood", "struck", "strikes", "taught", "threw", "told", "understood", "won",
    "wins", "wrote", "writes", "began",
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
    "turns", "moves", "opens", "closes", "arose", "ate", "awoke", "beat", "befell", "bent", "bit", "blew",
    "bore", "bred", "burst", "clung", "cost", "costs", "crept", "dealt", "drank", "dug", "fed", "fled",
    "flung", "forbade", "foresaw", "froze", "hid", "knelt", "leapt", "lit", "misled", "mistook", "overcame",
    "oversaw", "overtook", "quit", "rebuilt", "repaid", "resold", "retook", "shed", "shone", "shook",
    "shrank", "shut", "slew", "slid", "sped", "split", "sprang", "spread", "spun", "stole", "stuck",
    "swept", "swung", "threw", "undertook", "underwent", "upset", "wept", "withheld", "withstood", "woke",
))  # fmt: skip
_ED = re.compile(r"[a-z]{3,}ed$")
_CONTRACTED = ("'s", "n't", "'d", "'ll", "'ve", "'re", "'m")
# "protects authors": in the middle of a sentence that a stop ends, such a word may be a verb.
_MAY_BE_VERB = re.compile(r"\s[a-z]{2,}[^\Ws]s\s(?=\S)")
# Shorter lines of English without a finite verb are captions or labels, even where a stop ends them.
_LABEL = 10


def asserts(sentence: str, line: str, alone: bool, language: str = "", cites: bool = False) -> bool:
    """Whether a sentence asserts something, seen with the line it stands in.

    ``alone``: it is all of that line, but for its bullet; ``cites``: it holds the mark of a citation.
    """
    if _QUESTION.search(sentence) and not sentence.endswith(";"):
        return False
    if calls(sentence) or _CODE.search(sentence) or "http://" in sentence[:8] or "https://" in sentence[:9]:
        return False
    ended = bool(_END.search(sentence))
    if _is_unspaced(sentence):
        return len(sentence) >= 8 and (ended or len(sentence) >= 15)
    words = _WORD.findall(sentence)
    if len(words) < (2 if cites else 3) or (
        len(words) == 3 and not cites and not _finite(words) and not (ended and _is_other(language))
    ):
        return False
    if ended:
        label = alone and not cites and len(words) <= _LABEL and _english(language, words)
        return not label or _finite(words) or bool(_MAY_BE_VERB.search(sentence))
    return _asserts_open(sentence, line, words, language)


def _asserts_open(sentence: str, line: str, words: list[str], language: str) -> bool:
    """The same of a sentence that no stop ends: an item of a list, a caption, a line of a table."""
    if _BYLINE.match(sentence) and len(words) < 12:
        return False
    if _TEASER.search(sentence) or sentence == sentence.upper() != sentence.lower():
        return False
    if has_bullet(line):
        return len(words) >= 5 and (len(words) >= 8 or _finite(words))
    if _english(language, words) and _BROKEN.search(sentence):
        return False
    return len(words) >= 6 and (_finite(words) or (len(words) >= 12 and not _english(language, words)))


def _is_unspaced(sentence: str) -> bool:
    """Whether most of its letters are of a script that parts no words."""
    return len(_UNSPACED.findall(sentence)) * 2 > sum(1 for mark in sentence if mark.isalpha())


def _finite(words: list[str]) -> bool:
    """Whether some word looks like a finite verb of English, or is the subject of one."""
    lowered = (word.lower().replace("’", "'").rstrip(".") for word in words if word != "AM")
    return any(word in _FINITE or _ED.match(word) or word.endswith(_CONTRACTED) for word in lowered)


def _is_other(language: str) -> bool:
    """Whether a text is known to be in another language than English, whose verbs are not listed here."""
    return bool(language) and not language.lower().startswith("en")


def _english(language: str, words: list[str]) -> bool:
    if language:
        return language.lower().startswith("en")
    common = {"the", "of", "and", "to", "for", "with", "by", "from"}
    return any(word.lower() in common for word in words)
