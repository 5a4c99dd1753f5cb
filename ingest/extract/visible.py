"""How many characters a reader of the page would see. Pure."""

from lxml.html import HtmlElement

_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "option",
    "textarea",
))  # fmt: skip


def visible(body: HtmlElement) -> int:
    """The characters of a page's body without white space, scripts and styles."""
    total = 0
    for element in body.iter("*"):
        if element.text and element.tag not in _UNSEEN:
            total += len("".join(element.text.split()))
        if element.tail and element is not body:
            total += len("".join(element.tail.split()))
    return total
