"""Citations as linked data: a Web Annotation for a passage, schema.org for a page. Pure."""

from typing import Any

from archive.bibliography.items import Item
from archive.bibliography.names import Name
from archive.bibliography.said import archived, iso
from archive.bibliography.words import json_text, one_line, safe_uri
from archive.model import urn
from archive.uri import is_web
from archive.warc.annotation.terms import passage

ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"


def json_ld(item: Item) -> str:
    """A Web Annotation of the passage, where there is one; else the page in terms of schema.org."""
    document = schema_org(item) if item.pinpoint is None else web_annotation(item)
    return json_text(document)


def web_annotation(item: Item) -> dict[str, Any]:
    """The passage of a pincite (Web Annotation Data Model), in both places where it stands.

    Position and quotation count in the text of record, which never changes; in the original page, as it was
    at the visit, the quotation alone means something.

    :raises ValueError: the item has no passage.
    """
    found = item.pinpoint
    if found is None:
        raise ValueError(f"{item.id} is cited as a whole: there is no passage to annotate")
    here = passage(found.text, found.passage)
    targets = [here]
    if item.kept and item.original:
        state = {"type": "TimeState", "sourceDate": item.kept.date, "cached": item.kept.address}
        quotation = here["selector"][-1]
        targets.append(
            {
                "type": "SpecificResource",
                "source": safe_uri(item.original),
                "state": state,
                "selector": quotation,
            }
        )
    return {
        "@context": ANNOTATIONS,
        "id": found.address,
        "type": "Annotation",
        "motivation": "highlighting",
        "target": targets,
    }


def schema_org(item: Item) -> dict[str, Any]:
    """A page in terms of schema.org: its own title, author and date; ``archivedAt`` is the snapshot."""
    kept, doi, licence = item.kept, item.metadata.doi, item.metadata.licence or ""
    named = urn("snapshot" if kept else "citation", item.id)
    optional = {
        "url" if is_web(item.original) else "isBasedOn": safe_uri(item.original),
        "author": [_agent(name) for name in item.authors],
        "datePublished": iso(item.published),
        "inLanguage": item.language,
        "isPartOf": {"@type": "WebSite", "name": item.site} if item.site else None,
        "archivedAt": _archived_at(item),
        "description": archived(item),
        "license": safe_uri(licence) if is_web(licence) else "",
        "sameAs": f"https://doi.org/{safe_uri(one_line(doi))}" if doi else "",
    }
    document = {"@context": "https://schema.org", "@type": "WebPage", "name": item.title, "identifier": named}
    return document | {key: value for key, value in optional.items() if value}


def _archived_at(item: Item) -> dict[str, str] | None:
    kept = item.kept
    if kept is None:
        return None
    place = {"url": kept.address} if kept.has_web_address else {"identifier": kept.address}
    return {"@type": "WebPage", **place, "dateCreated": kept.date}


def _agent(name: Name) -> dict[str, str]:
    """A person where the name is plainly one; else nobody says whether it is one or an organisation's."""
    if not name.given:
        return {"@type": "Thing", "name": name.family}
    return {"@type": "Person", "name": name.natural, "familyName": name.surname, "givenName": name.given}
