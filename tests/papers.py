"""What the tests of manuscripts share: Word and EPUB files made part by part, as their writers zip them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from ingest.documents import About, load
from ingest.extract import Extraction, Page, extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document; ``parts``: further parts of word/ by name, ``links`` its relations."""
    named = {
        f"word/{name}.xml": f"<w:{name} {W} {R}>{xml}</w:{name}>"
        for name, xml in parts.items()
        if name != "links"
    }
    return zipped({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{parts.get("links", "")}</Relationships>',
        **named,
    })  # fmt: skip


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{said}{''.join(runs)}</w:p>"


def field(instruction: str, shown: str) -> str:
    """A complex field, as Word and Zotero write it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def extracted(path: Path) -> Extraction:
    """What the extractor makes of a file, in this process."""
    document = load(str(path), About(), "Ada", "2026-01-01T00:00:00Z")
    return extract(Page(document.body, document.media, None, document.uri))
