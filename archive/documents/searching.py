"""What a search found, and what an archive has of an address."""

from collections.abc import Iterable

from archive.documents.shape import Document, hidden, shape
from archive.index.read import Citing, Connection, Found
from archive.model import Snapshot


def search_document(query: str, found: Found) -> Document:
    """What a search found, best first; ``next`` is where the next page begins, None at the end."""
    return {
        "query": query,
        "results": [shape(hit) for hit in found.hits],
        "next": found.after,
        "counted": found.counted,
        "capped": found.capped,
        "facets": {
            facet.key: [{"value": one.value, "label": one.label, "count": one.count} for one in facet.choices]
            for facet in found.facets
        },
        "complaints": list(found.complaints),
    }


def lookup_document(
    connection: Connection, address: str, visits: Iterable[Snapshot], citing: Iterable[Citing]
) -> Document:
    """The snapshots of an address, oldest first, and the articles that cite it."""
    return {
        "url": address,
        "snapshots": [
            {
                "id": visit.id,
                "uri": visit.uri,
                "date": visit.date,
                "status": visit.status,
                "redirects_to": visit.redirects_to,
                "origin": visit.origin.kind,
                "restricted": hidden(connection, visit.id) is not None,
            }
            for visit in visits
        ],
        "cited_by": [
            {
                "article": one.article,
                "uri": one.uri,
                "title": one.title,
                "citation": one.citation,
                "claims": [claim.id for claim in one.claims],
            }
            for one in citing
        ],
    }
