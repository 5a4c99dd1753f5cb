"""Forms: who may write through the site, and what a posted form says. Knows no framework and writes nothing.

A form comes only from a page of ours: with the token that we signed and that stands in its cookie too (a
stranger's page can send the cookie, but cannot read it), and from our own origin where the browser names one.
Datasette's own check lets a form pass that brings no cookie at all, or any `Authorization: Bearer`; this one
does not.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from archive.errors import UsageError
from archive.model import CORRECTABLE
from archive.saying import (
    Act,
    collect,
    correct,
    drop,
    forget,
    judge,
    lift,
    remark,
    restrict,
    retract,
    tag,
    untag,
)

COOKIE = "ds_csrftoken"
FIELD = "csrftoken"
# A remark of 20,000 characters, each escaped as nine.
MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who may write: the name that records bear, and the token that forms carry."""

    name: str
    token: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a posted form says that it comes from; ``expected``: the token that it has to carry."""

    origin: str | None
    host: str
    expected: str
    token: str


def refusal(sent: Sent, base_url: str | None) -> str | None:
    """Why a form is not believed to come from a page of ours; None where it is.

    >>> refusal(Sent("https://evil.example", "a.example", "t", "t"), None)
    'it was sent from another site'
    >>> refusal(Sent("https://a.example", "a.example", "t", "t"), None)
    """
    # A form may hold halves of surrogate pairs, which plain UTF-8 refuses.
    expected, token = (said.encode("utf-8", "surrogatepass") for said in (sent.expected, sent.token))
    if not expected or not hmac.compare_digest(expected, token):
        return "it did not carry the token of a page of this site: open the page again and repeat it there"
    ours = {sent.host, urlsplit(base_url or "").netloc} - {""}
    if sent.origin is not None and _place(sent.origin) not in ours:
        return "it was sent from another site"
    return None


def _place(origin: str) -> str:
    """Host and port of an origin; empty for what is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def local(path: str, root: str) -> str:
    """Where to go afterwards: a path of ours, or home.

    >>> local("/a/article/x?claim=1#m", "/a/"), local("//evil.example/", "/"), local("/\\\\evil.example", "/")
    ('/a/article/x?claim=1#m', '/', '/')
    """
    plain = all(32 < ord(symbol) < 127 for symbol in path)
    ours = path.startswith(root) and not path.startswith(("//", "/\\"))
    return path if plain and ours else root


Fields = Mapping[str, str]


def acts(name: str, fields: Fields) -> tuple[Act, ...]:
    """What a form says.

    :raises UsageError: it lacks a field.
    """
    return ACTS[name](fields)


def _need(fields: Fields, name: str) -> str:
    value = fields.get(name, "").strip()
    if not value:
        raise UsageError(f"the form lacks {name}")
    return value


def _verdict(fields: Fields) -> tuple[Act, ...]:
    word = _need(fields, "verdict")
    if word not in ("supports", "partly", "contradicts", "mentions", "unrelated", "none"):
        raise UsageError(f"{word[:40]!r} is no verdict")
    act = partial(judge, written=_need(fields, "subject"), verdict=word, note=fields.get("note"))  # type: ignore[arg-type]
    return (act,)


def _correct(fields: Fields) -> tuple[Act, ...]:
    """Only what was changed: each field comes with what the page showed when the form was made."""
    given = {
        name: [fields[name]]
        for name in CORRECTABLE
        if name in fields and fields[name].strip() != fields.get(f"was-{name}", "").strip()
    }
    return (partial(correct, written=_need(fields, "subject"), given=given),) if given else ()


def _undo(fields: Fields) -> tuple[Act, ...]:
    return (partial(retract, written=_need(fields, "subject"), fields=[_need(fields, "field")]),)


def _tag(fields: Fields) -> tuple[Act, ...]:
    words = [word for word in _need(fields, "tags").split(",") if word.strip()]
    return (partial(tag, written=_need(fields, "subject"), tags=words),)


def _untag(fields: Fields) -> tuple[Act, ...]:
    return (partial(untag, written=_need(fields, "subject"), tags=[_need(fields, "tag")]),)


def _note(fields: Fields) -> tuple[Act, ...]:
    return (partial(remark, written=_need(fields, "subject"), note=_need(fields, "note")),)


def _forget(fields: Fields) -> tuple[Act, ...]:
    return (partial(forget, written=_need(fields, "subject")),)


def _collect(fields: Fields) -> tuple[Act, ...]:
    return (partial(collect, name=_need(fields, "name"), members=[_need(fields, "subject")]),)


def _drop(fields: Fields) -> tuple[Act, ...]:
    return (partial(drop, name=_need(fields, "name"), members=[_need(fields, "subject")]),)


def _restrict(fields: Fields) -> tuple[Act, ...]:
    until = fields.get("until", "").strip() or None
    reason = _need(fields, "reason")
    return (partial(restrict, written=_need(fields, "subject"), reason=reason, until=until),)


def _lift(fields: Fields) -> tuple[Act, ...]:
    return (partial(lift, written=_need(fields, "subject"), reason=_need(fields, "reason")),)


ACTS: dict[str, Callable[[Fields], tuple[Act, ...]]] = {
    "verdict": _verdict,
    "correct": _correct,
    "undo": _undo,
    "tag": _tag,
    "untag": _untag,
    "note": _note,
    "forget": _forget,
    "collect": _collect,
    "drop": _drop,
    "restrict": _restrict,
    "unrestrict": _lift,
}
