"""What people say of a noun, and, for those who may, the forms to say more."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.documents import described, noun_document, statement_document, title_of
from archive.index import read
from archive.model import CORRECTABLE, Correction, Metadata, Verdict
from archive.site.answers import Answer, Missing, Site, document, page
from archive.site.pages import held
from archive.site.pages.findings import where_in


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a snapshot: its value in force, what was extracted, and the corrections that stand."""

    name: str
    value: str
    extracted: str
    corrections: tuple[Correction, ...]


def said(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """All that people say of one noun."""
    found = held.identifier(names["id"])
    kind, path = read.kind_of(site.index, found), where_in(site.index, found)
    made = noun_document(site.index, found) if kind else None
    if kind is None or path is None or made is None:
        raise held.unknown(found)
    if "restricted" in made:
        return _hidden(site, made["id"], bool(names.get("ext")))
    tags, notes = read.tags_on(site.index, found), read.notes_on(site.index, found)
    collections = read.collections_on(site.index, found)
    verdicts = _verdicts(site, found, kind)
    fields = _fields(site, found) if kind == "snapshot" else []
    if names.get("ext"):
        corrections = [one for field in fields for one in field.corrections]
        every = [*(verdicts or ()), *corrections, *tags, *collections, *notes]
        return document({"kind": kind, "id": found, "said": [statement_document(one) for one in every]})
    return page(
        site,
        "said.html",
        title=title_of(site.index, found),
        id=found,
        kind=kind,
        path=path,
        verdicts=verdicts,
        fields=fields,
        current={field.name: field.value for field in fields},
        tags=tags,
        notes=notes,
        collections=collections,
        here=f"{site.root}said/{found}",
    )


def _hidden(site: Site, found: str, as_json: bool) -> Answer:
    """The tombstone of a restricted snapshot; with it, for who may lift it, the form that does."""
    try:
        held.allowed(site, found)
    except Missing as tombstone:
        if site.editor is None or as_json:
            raise
        return page(
            site,
            "restricted.html",
            tombstone.status,
            title=tombstone.title,
            said=tombstone.said,
            id=found,
            here=f"{site.root}said/{found}",
        )
    raise held.unknown(found)


def _verdicts(site: Site, found: str, kind: str) -> list[Verdict] | None:
    """The verdicts on a claim or a passage, the latest last; None where nothing can be judged."""
    if kind == "claim":
        return read.verdicts_on(site.index, found, None, None)
    span = read.evidence_span(site.index, found) if kind == "evidence" else None
    return read.verdicts_on(site.index, *span) if span else None


def _fields(site: Site, found: str) -> list[Field]:
    metadata, key = described(site.index, found)
    text = read.text_in_use(site.index, found)
    extracted = _values(text.metadata if text else Metadata(), text.cite_key if text else None)
    return [
        Field(name, value, extracted[name], tuple(read.corrections_on(site.index, found, name)))
        for name, value in _values(metadata, key).items()
    ]


def _values(metadata: Metadata, key: str | None) -> dict[str, str]:
    """The correctable fields as a form shows them."""
    values = {
        "title": metadata.title,
        "author": "; ".join(metadata.authors),
        "date": metadata.date.iso if metadata.date else None,
        "site": metadata.site,
        "language": metadata.language,
        "key": key,
    }
    return {name: values[name] or "" for name in CORRECTABLE}
