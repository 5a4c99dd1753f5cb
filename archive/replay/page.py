"""An archived page as safe HTML, token by token. Pure.

Whatever is written is one of: text without a ``<``; a tag with a name and attributes from the lists in
``allowed``, its addresses inside the archive; a style sheet in which no tag can begin. So it holds no script
however a browser reads it, and the content security policy it is served with is a second wall, not the first.
"""

import re
from html import escape, unescape

from archive.replay.addresses import Addresses, Setting
from archive.replay.allowed import is_element
from archive.replay.css import rewritten
from archive.replay.elements import NOW, Elements
from archive.replay.pictures import MISSING
from archive.replay.tokens import Token, tokens

# Doctypes decide how a browser lays out; those that are written as they should be are kept.
_DOCTYPE = re.compile(
    r"\s*html(?:\s+(?:public|system)(?:\s*(?:\"[\w\s./:+-]*\"|'[\w\s./:+-]*'))*)?\s*", re.IGNORECASE
)
_STYLE = (
    # Of no weight, so that a page's own styles hide or place what is missing; with a size it keeps that.
    f":where(img[{MISSING}]){{display:inline-block;outline:1px dashed GrayText;outline-offset:-1px}}"
    f"span[{MISSING}]{{display:inline-block;box-sizing:border-box;max-width:100%;overflow:auto;"
    "padding:.6em .8em;border:1px dashed GrayText;background:Canvas;color:CanvasText;"
    "font:14px/1.4 system-ui,sans-serif;overflow-wrap:anywhere;text-align:start}"
    "mark[data-pincite]{background:#ffe27a;color:#1f1e1b;box-shadow:0 2px 0 #b58900;scroll-margin-top:30vh}"
)
_BEGINNING = f'<meta charset="utf-8"><style>{_STYLE}</style>'
_OF_HEAD = frozenset(
    ("html", "head", "title", "meta", "link", "style", "script", "base", "noscript", "template")
)
_IN_NOSCRIPT_OF_HEAD = frozenset(("link", "style", "meta", "noscript"))
# Their contents are shown: scripts are off, and so are frames.
_UNWRAPPED = frozenset(("noscript", "noframes", "frameset"))


class Page:
    """Takes the tokens of a page and collects what a browser may have of them in ``out``.

    ``spoken``: the places in ``out`` of the page's running words.
    """

    def __init__(self, setting: Setting, xml: bool) -> None:
        self.addresses = Addresses(setting)
        self.out: list[str] = []
        self.spoken: list[int] = []
        self._elements = Elements(self.addresses, xml)
        self._begun = False
        self._in_head = False
        self._noscript = 0

    def take(self, page: str) -> None:
        """Take a whole page."""
        kinds = {
            "start": self._start,
            "end": self._end,
            "text": self._text,
            "raw": self._raw,
            "doctype": self._doctype,
        }
        for token in tokens(page):
            kinds[token.kind](token)
        self._begin()

    def _begin(self) -> None:
        """Before anything but a doctype: which characters these are, and how what is missing looks."""
        if not self._begun:
            self._begun = True
            self.out.append(_BEGINNING)

    def _doctype(self, token: Token) -> None:
        if not self._begun and _DOCTYPE.fullmatch(token.source):
            self.out.append(f"<!DOCTYPE{token.source}>")
        self._begin()

    def _text(self, token: Token) -> None:
        text = token.source
        if self._hidden("") or (not self._begun and text.isspace()):
            return
        self._begin()
        if not token.foreign and not text.isspace():
            self.spoken.append(len(self.out))
        self.out.append(text.replace("<", "&lt;") if "<" in text else text)

    def _raw(self, token: Token) -> None:
        """Style sheets; the texts of title, textarea and xmp. The insides of scripts and frames go."""
        text = token.source
        if token.name == "style":
            if token.foreign:
                # In SVG it is no raw text: references and CDATA count (HTML 13.2.6.5).
                text = unescape(text.replace("<![CDATA[", "").replace("]]>", ""))
            self.out.append(rewritten(text, self.addresses.needed))
        elif token.name in ("title", "textarea") and not self._hidden(token.name):
            self.out.append(text.replace("<", "&lt;"))
        elif token.name == "xmp" and not self._hidden(token.name):
            self.out.append(escape(text, quote=False))

    def _end(self, token: Token) -> None:
        name = NOW.get(token.name, token.name)
        if name == "noscript":
            self._noscript = max(0, self._noscript - 1)
        elif not self._hidden(name) and is_element(name):
            self._begin()
            self._in_head = self._in_head and name != "head"
            self.out.append(f"</{name}>")

    def _start(self, token: Token) -> None:
        name = token.name
        if self._hidden(name):
            return
        self._begin()
        if name == "noscript":
            self._noscript += 1
        elif name == "head" or name not in _OF_HEAD:
            self._in_head = name == "head"
        if name not in _UNWRAPPED:
            self.out.append(self._elements.start(token, self._noscript > 0))

    def _hidden(self, name: str) -> bool:
        """Whether this stands in a noscript of the head, where browsers allow few tags (HTML 13.2.6.4.5)."""
        return self._noscript > 0 and self._in_head and name not in _IN_NOSCRIPT_OF_HEAD
