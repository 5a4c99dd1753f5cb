"""Scripts that put no blanks between words, in pairs of letters, so that any word of them can be found. Pure.

SQLite's tokenizer takes a run of such letters for one word. Pairs find words of two letters, which most
Chinese words are and which the trigram tokenizer misses; longer ones are found as a row of pairs. The last
letter stands alone, so that a word of one letter is found as the beginning of a pair.
"""

import re

# Thai and Lao, Burmese, Khmer, kana, Han, Hangul (whose words carry their particles), kana of half a width.
BLANKLESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
RUN = re.compile(f"[{BLANKLESS}]+")


def pairs(text: str | None) -> str | None:
    """The pairs of a text as the index holds them; None where it has no such script.

    >>> pairs("珊瑚礁 and 海"), pairs("reef")
    ('珊瑚 瑚礁 礁 海', None)
    """
    found = [run[at : at + 2] for run in RUN.findall(text or "") for at in range(len(run))]
    return " ".join(found) or None


def phrase(run: str) -> str:
    """A run of a question as the row of pairs that texts with it hold; a single letter begins a pair.

    >>> phrase("珊瑚礁"), phrase("海")
    ('"珊瑚 瑚礁"', '"海"*')
    """
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + '"'
