"""Arrows that lead from a note back to its place in the text: taken off before anything is read. Pure."""

from lxml.html import HtmlElement

_ARROWS = frozenset("↩↑⏎⤴⬆↵▲⮌⇧^\ufe0e\ufe0f \n\t\u00a0")


def without_arrows(tree: HtmlElement) -> None:
    """Empty every link inside the page whose words are nothing but arrows; the link itself stays."""
    for link in tree.iter("a"):
        href = link.get("href") or ""
        if "#" in href:
            words = "".join(link.itertext())
            if words.strip() and _ARROWS.issuperset(words):
                link.text = ""
                for child in list(link):
                    link.remove(child)
