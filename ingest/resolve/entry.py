"""The address that a citation gives itself: as written, or made of its DOI or arXiv number. Pure.

An ISBN names a book and leads to no page by itself: it is checked, recorded, and left to other resolvers.
"""

import re
from urllib.parse import quote

from archive.model import Citation
from archive.uri import host, is_web, without_tracking
from ingest.settings import DOI_RESOLVER

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_DOI = re.compile(r"\b(?:doi:\s*|(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"<>“”]+)", re.IGNORECASE)
_ARXIV = re.compile(r"\barxiv:\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
_ISBN = re.compile(r"\b(?:urn:)?isbn(?:-1[03])?:?\s*([\dxX][\dxX -]{8,16})", re.IGNORECASE)
_DOI_HOSTS = frozenset(("doi.org", "dx.doi.org", "www.doi.org"))
# What a DOI may hold and an address may too; "%": many are written already escaped.
_PLAIN = "/:;()._-+~!*%'"
_TRAILING = ".,;:!?…’'”\"*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def stated_address(citation: Citation, doi_resolver: str = DOI_RESOLVER) -> str | None:
    """Where a citation's own address leads, whoever sent the link; a DOI's to the resolver that is set.

    The same source is one address then, however an article writes it each time.
    """
    if not is_web(citation.uri):
        return identifier(citation.uri, doi_resolver)
    named = host(citation.uri) in _DOI_HOSTS
    # A fragment or query of such a link is no part of the number.
    number = re.split("[?#]", citation.uri, maxsplit=1)[0]
    return (identifier(number, doi_resolver) if named else None) or without_tracking(citation.uri)


def entry_address(citation: Citation, doi_resolver: str = DOI_RESOLVER) -> str | None:
    """The address that the words of an entry give: its DOI, its arXiv number, else the first address."""
    entry = citation.entry
    found = entry.doi and identifier(entry.doi, doi_resolver)
    found = found or (entry.arxiv and identifier(f"arXiv:{entry.arxiv.removeprefix('arXiv:')}"))
    return found or address_in(citation.label) or identifier(citation.label, doi_resolver)


def address_in(words: str) -> str | None:
    """The first address in the words of an entry, without the punctuation that ends the sentence."""
    match = _ADDRESS.search(words)
    address = _without_trailing(match[0]) if match else ""
    return without_tracking(address) if is_web(address) else None


def identifier(words: str, doi_resolver: str = DOI_RESOLVER) -> str | None:
    """The address of a DOI or arXiv number in the words of an entry.

    >>> identifier("doi:10.1000/182.")
    'https://doi.org/10.1000/182'
    """
    if match := _DOI.search(words):
        return doi_address(_without_trailing(match[1]), doi_resolver)
    if match := _ARXIV.search(words):
        return f"https://arxiv.org/abs/{match[1]}"
    return None


def doi_address(doi: str, doi_resolver: str = DOI_RESOLVER) -> str:
    """The address that leads to what a DOI names."""
    return f"{doi_resolver.rstrip('/')}/{quote(doi, safe=_PLAIN)}"


def isbn_of(citation: Citation) -> str | None:
    """The ISBN of an entry, as its digits; None where there is none."""
    match = _ISBN.search(f"{citation.label} {citation.uri}")
    written = citation.entry.isbn or (match[1] if match else "")
    return re.sub(r"[ -]", "", written).upper() or None


def is_isbn(written: str) -> bool:
    """Whether the check digit of an ISBN is right.

    >>> is_isbn("0451450523"), is_isbn("9780451450524"), is_isbn("0451450524")
    (True, True, False)
    """
    if re.fullmatch(r"\d{9}[\dX]", written):
        digits = [10 if mark == "X" else int(mark) for mark in written]
        return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", written):
        return sum(int(mark) * (1, 3)[at % 2] for at, mark in enumerate(written)) % 10 == 0
    return False


def _without_trailing(address: str) -> str:
    while address:
        last = address[-1]
        unopened = last in _BRACKETS and address.count(last) > address.count(_BRACKETS[last])
        if last not in _TRAILING and not unopened:
            break
        address = address[:-1]
    return address
