"""What a payload is: its bytes are asked first, its label only what bytes cannot tell."""

import re

HTML, XHTML, PDF, PLAIN = "text/html", "application/xhtml+xml", "application/pdf", "text/plain"
UNKNOWN = "application/octet-stream"
# How much of a payload is looked at; the WHATWG's sniffing standard takes 1,445 bytes.
HEAD = 8192

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO", "font/otf"),
    (b"\x00\x01\x00\x00\x00", "font/ttf"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x00asm", "application/wasm"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS-", "application/postscript"),
)
_WORDS = {b"BM", b"OTTO", b"OggS", b"ID3", b"fLaC", b"wOFF", b"wOF2"}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_FTYP = {b"avif": "image/avif", b"heic": "image/heic", b"mif1": "image/heif", b"M4A ": "audio/mp4"}
_CONTAINERS = {"application/zip", "application/gzip", "application/ogg", "video/webm"}
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Bytes that no text has (WHATWG MIME Sniffing, "binary data byte"); ESC is one of ISO-2022-JP.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BEFORE_ROOT = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)+", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s+([\w:-]+)[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w-]+:)?([\w-]+)[\s/>]")
_PAGE_TAGS = {"html", "head", "body", "title", "frameset"}
# Tags that begin a fragment: those of the WHATWG's list, and what pages without a frame begin with today.
_HTML_TAG = re.compile(
    "script|iframe|style|meta|link|h[1-6]|div|span|p|br|table|a|b|font|center|ul|ol|dl|form|noscript|blockquote|"
    "main|article|section|header|nav"
)
_TEXTUAL = re.compile(
    r"text/|.*[/+](?:xml|json)$|application/(?:x-)?(?:javascript|ecmascript|yaml|toml|sql)$"
)


def identify(head: bytes, stated: str | None) -> str:
    """The media type of a payload (content coding taken off) from its first bytes.

    What the server stated decides only what bytes cannot tell: which kind of text, which use of a zip.
    """
    said = media_type(stated) or ""
    said = said if re.fullmatch(r"[\w.+-]+/[\w.+-]+", said, re.ASCII) else ""
    head = head[:HEAD]
    if not head:
        return said or UNKNOWN
    known = _by_magic(head)
    if known:
        specific = known in _CONTAINERS and said and not _TEXTUAL.match(said) and said != UNKNOWN
        return said if specific else known
    text = _as_text(head)
    if text is not None:
        return _kind_of_text(text, said)
    if said == PDF and b"%PDF-" in head:
        return PDF
    return UNKNOWN if not said or _TEXTUAL.match(said) or said in (XHTML, PDF) else said


def _by_magic(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _FTYP.get(head[8:12], "video/mp4")
    # Some servers send blank lines before a PDF.
    if head.lstrip(b"\r\n\t ").startswith(b"%PDF-"):
        return PDF
    for magic, media in _MAGIC:
        # Some of these are words as well: then binary bytes must follow.
        if head.startswith(magic) and (magic not in _WORDS or _BINARY.search(head)):
            return media
    return None


def _as_text(head: bytes) -> str | None:
    """The bytes as text for looking at markup, or None where they are none."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return None if _BINARY.search(head) else head.decode("latin-1")


def _kind_of_text(text: str, said: str) -> str:
    declared = text.lstrip().startswith("<?xml")
    start = _behind(_BEFORE_ROOT, text)
    doctype = _DOCTYPE.match(text, start)
    if doctype:
        start = _behind(_BEFORE_ROOT, text, doctype.end())
    tag = _ROOT.match(text, start)
    root = tag[1].lower() if tag else ""
    page = root in _PAGE_TAGS or bool(doctype and doctype[1].lower() == "html")
    # A browser shows markup that is labelled plain text as it stands (WHATWG MIME Sniffing, 5.1).
    if said == PLAIN:
        return PLAIN
    if page and (declared or said == XHTML):
        return said if said in (HTML, XHTML) else XHTML
    if page or (_HTML_TAG.fullmatch(root) and said in ("", HTML, UNKNOWN)):
        return HTML
    if root == "svg":
        return "image/svg+xml"
    if declared and not _TEXTUAL.match(said):
        return "application/xml"
    return said if _TEXTUAL.match(said) else PLAIN


def _behind(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def media_type(label: str | None) -> str | None:
    """The media type of a Content-Type field without its parameters, in lower case.

    >>> media_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    return (label or "").partition(";")[0].strip().lower() or None
