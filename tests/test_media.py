"""What a payload is by its bytes, and its bytes without content coding; bombs are stopped at the limit."""

import gzip
import zlib
from io import BytesIO

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Damaged
from archive.warc.media import decode, identify, media_type

RAW = b"A page that repeats itself. " * 400


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


@pytest.mark.parametrize("name", PACKERS)
def test_each_coding(name: str) -> None:
    assert decode(BytesIO(PACKERS[name](RAW)), name, len(RAW)) == RAW
    assert decode(BytesIO(PACKERS[name](b"")), name.upper(), 0) == b""


@pytest.mark.parametrize("name", PACKERS)
@given(data=st.binary(max_size=300))
def test_each_coding_of_anything(name: str, data: bytes) -> None:
    assert decode(BytesIO(PACKERS[name](data)), name, 300) == data


def test_odd_but_legal() -> None:
    assert decode(BytesIO(bare_deflate(RAW)), "deflate", len(RAW)) == RAW
    assert decode(BytesIO(gzip.compress(RAW) + gzip.compress(RAW)), "gzip", 2 * len(RAW)) == RAW + RAW
    assert decode(BytesIO(gzip.compress(RAW) + bytes(7)), "gzip", len(RAW)) == RAW
    assert decode(BytesIO(brotli.compress(gzip.compress(RAW))), "gzip, br", len(RAW)) == RAW
    assert decode(BytesIO(RAW), "identity", len(RAW)) == decode(BytesIO(RAW), None, len(RAW)) == RAW


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_is_stopped_at_the_limit(name: str) -> None:
    bomb = PACKERS[name](bytes(50_000_000))
    with pytest.raises(Damaged, match="more than 1,000,000 bytes once decoded"):
        decode(BytesIO(bomb), name, 1_000_000)


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_broken_data_is_named(name: str) -> None:
    with pytest.raises(Damaged, match=r"broken"):
        decode(BytesIO(b"\xff this is not packed at all"), name, 100)


def test_codings_that_are_not_read() -> None:
    with pytest.raises(Damaged, match="'compress' is unknown"):
        decode(BytesIO(RAW), "compress", 100)
    with pytest.raises(Damaged, match="5 content codings"):
        decode(BytesIO(RAW), ", ".join(["gzip"] * 5), 100)


KINDS = [
    ("html", b"<!DOCTYPE html><p>x", "text/html", "text/html"),
    ("html said to be plain", b"<html><p>x", "text/plain", "text/plain"),
    ("html without a label", b"\n <!-- c --> <body>x", None, "text/html"),
    ("html said to be json", b"<!doctype html>", "application/json", "text/html"),
    ("html in utf-16", "\ufeff<html>".encode("utf-16-le"), None, "text/html"),
    ("a fragment that is labelled", b"hello", "text/html; charset=x", "text/html"),
    ("xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "application/xhtml+xml",
     "application/xhtml+xml"),
    ("pdf said to be html", b"%PDF-1.4", "text/html", "application/pdf"),
    ("pdf behind blank lines", b"\n\n%PDF-1.4", None, "application/pdf"),
    ("png said to be html", b"\x89PNG\r\n\x1a\n", "text/html", "image/png"),
    ("webp", b"RIFF\0\0\0\0WEBPVP8 ", None, "image/webp"),
    ("svg", b'<?xml version="1.0"?><svg xmlns="x">', None, "image/svg+xml"),
    ("css", b"body { color: red }", "text/css", "text/css"),
    ("script", b"let x = 1", "application/javascript", "application/javascript"),
    ("feed", b'<?xml version="1.0"?><rss>', "application/rss+xml", "application/rss+xml"),
    ("xml", b'<?xml version="1.0"?><x>', None, "application/xml"),
    ("plain", b"hello", None, "text/plain"),
    ("markdown", b"# <b>hello", "text/markdown", "text/markdown"),
    ("noise", bytes(range(64)), "text/html", "application/octet-stream"),
    ("noise with a label", bytes(range(64)), "video/x-odd", "video/x-odd"),
    ("nothing", b"", None, "application/octet-stream"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "head", "stated", "media"), KINDS, ids=[row[0] for row in KINDS])
def test_identify(what: str, head: bytes, stated: str | None, media: str) -> None:
    assert identify(head, stated) == media


@given(st.binary(max_size=200), st.none() | st.text())
def test_identify_never_fails(head: bytes, stated: str | None) -> None:
    assert identify(head, stated)


def test_media_type() -> None:
    assert media_type(None) is media_type(" ; x") is None
