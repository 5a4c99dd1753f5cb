"""What stands beside findings: signals of evidence, and entries as a bibliographic reader read them. Pure."""

from archive.model import Bibliographic, Signals
from archive.warc.annotation.nodes import Json, Node, present


def signals_node(signals: Signals) -> Json:
    """Signals, without those lists that are empty."""
    lists = {
        "agree": signals.agree,
        "altered": signals.altered,
        "cues": signals.cues,
        "differ": signals.differ,
        "labels": signals.labels,
        "missing": signals.missing,
        "quoted": signals.quoted,
        "words_missing": signals.words_missing,
    }
    return {"pincite:cover": signals.cover} | {f"pincite:{key}": kept for key, kept in lists.items() if kept}


def signals_of(node: Node) -> Signals:
    """The signals that a node holds."""
    return Signals(
        cover=node.number("pincite:cover"),
        quoted=node.texts("pincite:quoted"),
        altered=node.pairs("pincite:altered"),
        agree=node.texts("pincite:agree"),
        differ=node.pairs("pincite:differ"),
        missing=node.texts("pincite:missing"),
        words_missing=node.texts("pincite:words_missing"),
        cues=node.texts("pincite:cues"),
        labels=node.texts("pincite:labels"),
    )


def entry_node(entry: Bibliographic) -> Json:
    """A parsed entry, without what it does not name."""
    return present(
        title=entry.title,
        authors=list(entry.authors) or None,
        date=entry.date,
        container=entry.container,
        doi=entry.doi,
        arxiv=entry.arxiv,
        isbn=entry.isbn,
    )


def entry_of(node: Node) -> Bibliographic:
    """The entry that a node holds."""
    return Bibliographic(
        title=node.maybe_text("pincite:title"),
        authors=node.texts("pincite:authors"),
        date=node.maybe_text("pincite:date"),
        container=node.maybe_text("pincite:container"),
        doi=node.maybe_text("pincite:doi"),
        arxiv=node.maybe_text("pincite:arxiv"),
        isbn=node.maybe_text("pincite:isbn"),
    )
