"""Templates as HTML, everything escaped: the only door to Jinja, in an environment of our own.

Not Datasette's environment: its pages tell query times and what an actor may do, ours depend on the
archive alone.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from archive import uri as addresses
from archive.bibliography.names import person
from archive.bibliography.words import one_line, safe_uri
from archive.model import grouped
from archive.review import disagree
from archive.site import words
from archive.site.languages import language_tag
from archive.site.nouns import NOUNS

FOLDER = Path(__file__).parent
STATIC = {
    "frame.css": "text/css; charset=utf-8",
    "site.css": "text/css; charset=utf-8",
    "data.css": "text/css; charset=utf-8",
    "cite.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
    "cite.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def render(template: str, context: Mapping[str, Any]) -> str:
    """One page as HTML."""
    return environment().get_template(template).render(context)


def cell(name: str, **values: Any) -> Any:
    """A macro of ``cells.html`` as markup that Datasette's own tables take as safe."""
    return getattr(environment().get_template("cells.html").module, name)(**values)


@cache
def environment() -> Environment:
    """Autoescape everywhere; a name that no page gave is an error, never an empty place."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "grouped": grouped,
        "moment": words.moment,
        "line": one_line,
        "people": people,
        "size": words.size,
        "share": words.share,
        "number": words.number,
        "tag": language_tag,
        "web": addresses.is_web,
        "href": safe_uri,
        "segment": addresses.segment,
        "disagree": disagree,
        "plain_host": plain_host,
    }
    # Nobody may write, unless a page says who.
    made.globals |= {"editor": None, "here": ""}
    made.globals |= {"words": words, "nouns": NOUNS}
    made.globals |= {"fingerprint": {name: fingerprint(name) for name in STATIC}}
    return made


def lend(theirs: Environment) -> None:
    """Give Datasette's environment our banner, and a base template of ours around its own."""
    theirs.loader = ChoiceLoader(
        [
            FileSystemLoader(FOLDER / "templates" / "datasette"),
            PrefixLoader({"pincite": FileSystemLoader(FOLDER / "templates")}),
            theirs.loader or FileSystemLoader([]),
        ]
    )


def people(names: Iterable[str]) -> str:
    """Names as people say them; braces only keep an organisation's name together.

    >>> people(["{World Health Organization}", "Doe, Jane"])
    'World Health Organization, Jane Doe'
    """
    said = (person(name).natural if {"{", ","} & set(name) else one_line(name) for name in names)
    return ", ".join(said)


def plain_host(uri: str) -> str | None:
    """The host as the network knows it, where the address shows another or hides it behind a user's name.

    >>> plain_host("https://münchen.example/a"), plain_host("https://bank.example@evil.example/")
    ('xn--mnchen-3ya.example', 'evil.example')
    >>> plain_host("https://example.org/")
    """
    host = addresses.host(uri)
    if host.isascii() and "@" not in uri.partition("//")[2].partition("/")[0]:
        return None
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return safe_uri(host)


@cache
def static(name: str) -> bytes:
    """A file of ours that pages load."""
    return (FOLDER / "static" / name).read_bytes()


def fingerprint(name: str) -> str:
    """A few symbols that change when the file does, so that it may be kept for long."""
    return hashlib.sha256(static(name)).hexdigest()[:10]
