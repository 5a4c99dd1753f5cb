"""JSON records of ours: what is known of an exchange or document beside its bytes, and failures. Pure."""

from dataclasses import dataclass

from archive.model import Document, Exchange, Failure, Place, Provenance, Role, failure_id
from archive.warc.annotation import Malformed, encoded, parsed


@dataclass(frozen=True, slots=True)
class Beside:
    """What the record behind an answer says of it.

    ``provenance`` of an exchange; ``name`` and ``supplied_by`` of a document.
    """

    uri: str
    record_id: str
    provenance: Provenance | None = None
    name: str | None = None
    supplied_by: str | None = None


def exchange_block(exchange: Exchange, record_id: str) -> bytes:
    """What is known of an exchange."""
    how = exchange.provenance
    return encoded(
        {
            "uri": exchange.uri,
            "record": record_id,
            "role": how.role,
            "certificates": list(how.certificates),
            "dns": list(how.dns),
            **_known(tls_version=how.tls_version, cipher=how.cipher, robots=how.robots, via=how.via),
            **_known(refreshes_to=how.refreshes_to),
        }
    )


def document_block(document: Document, record_id: str) -> bytes:
    """What is known of a file that a person gave."""
    known = _known(name=document.name, supplied_by=document.supplied_by)
    return encoded({"uri": document.uri, "record": record_id, "document": True, **known})


def _known(**values: str | None) -> dict[str, str]:
    return {key: value for key, value in values.items() if value is not None}


def beside_of(block: bytes) -> Beside:
    """What the record behind an answer says.

    :raises Malformed: it is no such record.
    """
    node = parsed(block)
    uri, record_id = node.text("uri"), node.text("record")
    if node.has("document"):
        return Beside(uri, record_id, None, node.maybe_text("name"), node.maybe_text("supplied_by"))
    provenance = Provenance(
        role=node.word("role", Role),
        tls_version=node.maybe_text("tls_version"),
        cipher=node.maybe_text("cipher"),
        certificates=node.texts("certificates"),
        dns=node.texts("dns"),
        robots=node.maybe_text("robots"),
        via=node.maybe_text("via"),
        refreshes_to=node.maybe_text("refreshes_to"),
    )
    return Beside(uri, record_id, provenance)


def failure_block(failure: Failure) -> bytes:
    """Why a visit brought no answer; it names address and date, so that no two failures share an id."""
    return encoded(
        {
            "uri": failure.uri,
            "date": failure.date,
            "reason": failure.reason,
            "detail": failure.detail,
            "role": failure.role,
        }
    )


def failure_of(block: bytes, place: Place | None = None) -> Failure:
    """The failure that a block holds, with its id; the bytes that were sent stay in their own record.

    :raises Malformed: it holds none.
    """
    node = parsed(block)
    uri, reason = node.text("uri"), node.text("reason")
    if not uri or not reason:
        raise Malformed("expected a failure with address and reason")
    date, detail, role = node.date("date"), node.text("detail"), node.word("role", Role)
    return Failure(uri, date, reason, detail, role, None, failure_id(block), place)
