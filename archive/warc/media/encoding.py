"""Bytes of a page to characters: byte order mark, what was stated, what the bytes are. Pure.

    1. byte order mark          2. valid UTF-8, whatever a single-byte name says
    3. the server's charset     4. <meta charset>, XML declaration
    5. what browsers assume for the page's language, else windows-1252

Names are read as browsers read them (WHATWG Encoding): latin-1 and ascii mean windows-1252. A name
outside the table is ignored, so that no page can choose utf-7 or a codec that is no charset.
"""

import codecs
import re

_HEAD = 4096
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<html[^>]{0,400}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Codecs of Python by the labels of the WHATWG table (the common ones of each).
_CODECS = {
    label: codec
    for codec, labels in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8 utf-8-sig",
        "cp1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 latin-1 l1 "
        "ascii us-ascii ansi_x3.4-1968 cp819 ibm819",
        "cp1250": "windows-1250 cp1250 x-cp1250",
        "cp1251": "windows-1251 cp1251 x-cp1251",
        "cp1253": "windows-1253 cp1253",
        "cp1254": "windows-1254 cp1254 iso-8859-9 iso8859-9 latin5",
        "cp1255": "windows-1255 cp1255",
        "cp1256": "windows-1256 cp1256",
        "cp1257": "windows-1257 cp1257",
        "cp1258": "windows-1258 cp1258",
        "cp874": "windows-874 tis-620 iso-8859-11",
        "iso8859-2": "iso-8859-2 iso8859-2 latin2",
        "iso8859-3": "iso-8859-3",
        "iso8859-4": "iso-8859-4",
        "iso8859-5": "iso-8859-5 iso8859-5",
        "iso8859-6": "iso-8859-6",
        "iso8859-7": "iso-8859-7 iso8859-7 greek",
        "iso8859-8": "iso-8859-8 iso-8859-8-i",
        "iso8859-10": "iso-8859-10",
        "iso8859-13": "iso-8859-13",
        "iso8859-14": "iso-8859-14",
        "iso8859-15": "iso-8859-15 iso8859-15 latin-9 latin9",
        "iso8859-16": "iso-8859-16",
        "koi8-r": "koi8-r koi8 koi",
        "koi8-u": "koi8-u koi8-ru",
        "cp866": "ibm866 cp866",
        "mac-roman": "macintosh x-mac-roman mac",
        "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk hz-gb-2312",
        "big5hkscs": "big5 big5-hkscs x-x-big5 cn-big5",
        "euc-jp": "euc-jp x-euc-jp",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
        "iso2022_jp": "iso-2022-jp",
        "cp949": "euc-kr ks_c_5601-1987 windows-949 korean",
        "utf-16-le": "utf-16 utf-16le",
        "utf-16-be": "utf-16be",
    }.items()
    for label in labels.split()
}
_MULTI_BYTE = frozenset(("gb18030", "big5hkscs", "euc-jp", "cp932", "iso2022_jp", "cp949"))
# What browsers assume for a page in this language that says nothing.
_BY_LANGUAGE = {
    language: codec
    for codec, languages in {
        "cp1250": "cs hr hu pl ro sk sl bs",
        "cp1251": "be bg ky mk ru sr tg tt uk kk",
        "cp1253": "el",
        "cp1254": "tr az ku",
        "cp1255": "he",
        "cp1256": "ar fa ur",
        "cp1257": "et lt lv",
        "cp1258": "vi",
        "cp874": "th",
        "gb18030": "zh",
        "cp932": "ja",
        "cp949": "ko",
    }.items()
    for language in languages.split()
}


def decode(payload: bytes, stated: str | None) -> str:
    """The characters of a page; never raises: what no codec reads becomes U+FFFD."""
    for mark, codec in _BOMS:
        if payload.startswith(mark):
            return payload[len(mark) :].decode(codec, "replace")
    head = payload[:_HEAD]
    named = [codec for codec in (codec_of(stated), _in_page(head)) if codec]
    if _is_utf16(head):
        return payload.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace")
    if not named or named[0] not in _MULTI_BYTE:
        text = _utf8(payload)
        if text is not None:
            return text
    for codec in [*(codec for codec in named if codec != "utf-8"), _by_language(head), "cp1252"]:
        text = _strict(payload, codec)
        if text is not None:
            return text
    return _loosely(payload, named[0] if named else "cp1252")


def codec_of(label: str | None) -> str | None:
    """Python's codec for a charset as a server or page names it, or None where it is no known one.

    >>> codec_of(" ISO-8859-1 "), codec_of("utf-7")
    ('cp1252', None)
    """
    return _CODECS.get((label or "").strip(" \"'").lower())


def _in_page(head: bytes) -> str | None:
    match = _META.search(head) or _XML.search(head)
    codec = codec_of(match[1].decode("ascii")) if match else None
    # A declaration that could be read as ASCII was not UTF-16 (WHATWG, prescan).
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _is_utf16(head: bytes) -> bool:
    even, odd = head[0:64:2], head[1:64:2]
    return len(head) >= 8 and max(even.count(0), odd.count(0)) * 3 > len(odd) * 2


def _utf8(payload: bytes) -> str | None:
    """The text if the bytes are UTF-8 (a few broken sequences among many whole ones are forgiven)."""
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        text = payload.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # One broken byte in eight multi-byte characters: cut at the end, or a stray; latin-1 has no whole ones.
    return text if broken * 8 <= sum(1 for byte in payload if byte >= 0xC0) - broken else None


def _by_language(head: bytes) -> str:
    match = _LANGUAGE.search(head)
    return _BY_LANGUAGE.get(match[1].decode("ascii").lower(), "cp1252") if match else "cp1252"


def _strict(payload: bytes, codec: str) -> str | None:
    try:
        return payload.decode(codec)
    except UnicodeDecodeError:
        if codec != "cp1252":
            return None
    # The five bytes that windows-1252 leaves open are controls for browsers; they are dropped later.
    return payload.decode("latin-1").translate(_WINDOWS)


def _loosely(payload: bytes, codec: str) -> str:
    return payload.decode(codec, "replace")


_WINDOWS = {
    byte: decoded for byte in range(0x80, 0xA0) if (decoded := bytes([byte]).decode("cp1252", "ignore"))
}
