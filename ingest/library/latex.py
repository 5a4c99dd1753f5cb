"""What LaTeX prints of a value: its letters, without commands and braces. Pure.

Per{\\'u}, \\textbackslash{}, \\emph{UN}, 1--2   ->   Perú, \\, UN, 1–2
"""

import re
import unicodedata

from archive.bibliography.words import one_line

_MARKS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "i", "j": "j", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "textendash": "–", "textemdash": "—", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "lbrace": "{", "rbrace": "}", "ldots": "…", "dots": "…", "textellipsis": "…",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textbraceleft": "{", "textbraceright": "}", "textdollar": "$", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "textquotedbl": '"', "textquotesingle": "'", "S": "§", "P": "¶",
    "copyright": "©", "pounds": "£", "euro": "€", "texteuro": "€", "LaTeX": "LaTeX", "TeX": "TeX",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\([A-Za-z]+)\*?[ \t\n]*|\\(.)|([{}])|(---|--|``|''|[?!]`)|([^\\{}`'?!-]+)|(.)", re.DOTALL
)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
_ARGUMENT = re.compile(
    r"\s*(?:\{\s*((?:\\[A-Za-z]+\s*|\\.|[^{}\\]))\s*\}|(\\[A-Za-z]+|\\.|[^{}\\\s]))", re.DOTALL
)
_PRINTED = re.compile(r"\\url\s*\{([^{}]*)\}")


def plain(value: str) -> str:
    """A value as people read it, on one line."""
    found, at = [], 0
    while match := _TOKEN.match(value, at):
        at = match.end()
        command = match[1] or match[2]
        if command is None:
            found.append("" if match[3] else _LIGATURES.get(match[4] or "", match[4] or match[5] or match[6]))
            if match[5]:
                found[-1] = match[5].replace("~", " ")
        elif command == "url" and (address := _PRINTED.match(value, match.start())):
            found.append(verbatim(address[1]))
            at = address.end()
        elif command in _MARKS and (argument := _ARGUMENT.match(value, at)):
            found.append(_accented(command, argument[1] or argument[2]))
            at = argument.end()
        else:
            found.append(_LETTERS.get(command, "") if match[1] else command.replace("\\", " "))
    return one_line("".join(found))


def _accented(mark: str, letter: str) -> str:
    base = plain(letter) or " "
    return unicodedata.normalize("NFC", base[0] + _MARKS[mark]) + base[1:]


def verbatim(value: str) -> str:
    """An address or number: every sign of it counts, but the escapes before ``_ % & # ~``."""
    return re.sub(r"\\([_%&#~{}])", r"\1", one_line(value))
