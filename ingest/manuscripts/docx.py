"""The words of a Word document by paragraphs, with its fields and the targets of its links. Pure."""

from collections.abc import Iterator

from lxml import etree

from ingest.zipped import Parts, attribute, local

_STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")


def docx_paragraphs(payload: bytes) -> Iterator[str]:
    """Each paragraph with its fields' instructions and its links' addresses, footnotes behind the text.

    :raises ExtractionFailed: it is no Word document, is damaged, or too large.
    """
    with Parts(payload) as parts:
        for story in _STORIES:
            tree = parts.xml(story)
            if tree is not None:
                targets = relations(parts, story)
                yield from (_words(paragraph, targets) for paragraph in tree.iter("{*}p"))


def relations(parts: Parts, part: str) -> dict[str, str]:
    """The targets that a part's relations name, by their ids."""
    folder, _, name = part.rpartition("/")
    tree = parts.xml(f"{folder}/_rels/{name}.rels")
    if tree is None:
        return {}
    return {attribute(one, "Id"): attribute(one, "Target") for one in tree.iter("{*}Relationship")}


def _words(paragraph: etree._Element, targets: dict[str, str]) -> str:
    """Runs joined as they stand: Word cuts a word in two wherever somebody has typed twice."""
    pieces, fields = [], []
    for element in paragraph.iter():
        name = local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("tab", "br", "cr"):
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "instrText":
            fields.append(element.text or "")
        elif name == "fldSimple":
            fields.append(attribute(element, "instr"))
        elif name == "hyperlink":
            fields.append(f" {targets.get(attribute(element, 'id'), '')} ")
    return " ".join(("".join(pieces), "".join(fields)))
