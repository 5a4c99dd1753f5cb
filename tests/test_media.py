"""A payload is what its bytes say; content codings come off, and never past the limit."""

import gzip
import io
import sys
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Damaged
from archive.warc.media import TooLarge, decode, first_bytes, identify

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.mark.parametrize(
    ("head", "stated", "media"),
    [
        (b"<!DOCTYPE html><p>x", None, "text/html"),
        (b"  \n<!-- made by hand -->\n<HTML lang=en>", "application/octet-stream", "text/html"),
        (b"\xef\xbb\xbf<html>", None, "text/html"),
        ("\ufeff<html>".encode("utf-16-le"), None, "text/html"),
        (b"<html>404", "text/css", "text/html"),
        (b"<html>404", "image/png", "text/html"),
        (b"<p>A fragment", None, "text/html"),
        (b"<p>A fragment", "text/html; charset=utf-8", "text/html"),
        (b"<p>A fragment", "text/plain", "text/plain"),
        (b"<html>shown as it stands", "text/plain; charset=utf-8", "text/plain"),
        (b"<article>x", None, "text/html"),
        (b"\n\n%PDF-1.4", None, "application/pdf"),
        (b'<h1 align="center">Read me</h1>', "text/markdown", "text/markdown"),
        (b"Words alone", "TEXT/HTML", "text/html"),
        (b"Words alone", None, "text/plain"),
        (b"Words alone", "image/png", "text/plain"),
        (b"Words alone", "nonsense", "text/plain"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', None, "application/xhtml+xml"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', "text/html", "text/html"),
        (b'<?xml version="1.0"?><svg xmlns="x">', None, "image/svg+xml"),
        (b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg>', "image/svg+xml", "image/svg+xml"),
        (b'<?xml version="1.0"?><rss>', "application/rss+xml", "application/rss+xml"),
        (b'<?xml version="1.0"?><rss>', None, "application/xml"),
        (b"%PDF-1.7\n%\xe2\xe3", "text/html", "application/pdf"),
        (b"\0junk\n%PDF-1.7\n", "application/pdf", "application/pdf"),
        (PNG, "text/html", "image/png"),
        (b"BM\x36\0\0\0\0\0\0\0", None, "image/bmp"),
        (b"BMW makes cars", None, "text/plain"),
        (b"OTTO is a name", None, "text/plain"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", None, "image/webp"),
        (b"\0\0\0\x20ftypisom", None, "video/mp4"),
        (b"PK\x03\x04\x14", "application/epub+zip", "application/epub+zip"),
        (b"PK\x03\x04\x14", "text/html", "application/zip"),
        (b"\0\x01\x02\x03\x05", "text/html", "application/octet-stream"),
        (b"\0\x01\x02\x03\x05", "application/x-own", "application/x-own"),
        (b"body{}", "text/css", "text/css"),
        (b"{}", "application/ld+json", "application/ld+json"),
        (b"", "text/html", "text/html"),
        (b"", None, "application/octet-stream"),
        ("\x1b$B%F%9%H\x1b(B".encode("ascii"), "text/html", "text/html"),
    ],
)
def test_bytes_decide_and_the_server_only_what_they_cannot_tell(head, stated, media) -> None:
    assert identify(head, stated) == media


@given(st.binary(max_size=200), st.none() | st.text(max_size=30))
def test_any_bytes_have_a_media_type(head: bytes, stated: str | None) -> None:
    kind, slash, sub = identify(head, stated).partition("/")
    assert kind and slash and sub


def raw_deflate(content: bytes) -> bytes:
    return zlib.compress(content)[2:-4]


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZip": lambda content: gzip.compress(content[:10]) + gzip.compress(content[10:]),
    "deflate": zlib.compress,
    " deflate": raw_deflate,
    "br": lambda content: brotli.compress(content, quality=4),
    "zstd": zstd.compress,
    "zstd ": lambda content: zstd.compress(content[:10]) + zstd.compress(content[10:]),
    "identity": bytes,
    "": bytes,
}


def decoded(packed: bytes, codings: str | None, limit: int = 10_000_000) -> bytes:
    return decode(io.BytesIO(packed), codings, limit)


@given(st.lists(st.sampled_from(sorted(PACKERS)), max_size=3), st.binary(max_size=3000))
def test_codings_come_off_in_turn(codings: list[str], content: bytes) -> None:
    packed = content
    for coding in codings:
        packed = PACKERS[coding](packed)
    assert decoded(packed, ",".join(codings)) == content


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_long_bodies_come_off_whole(coding: str) -> None:
    content = b"".join(b"%d\n" % (n * n) for n in range(300_000))
    assert decoded(PACKERS[coding](content), coding) == content


def test_members_may_meet_anywhere() -> None:
    first = gzip.compress(b"", mtime=0)
    for filler in range(65_536 - len(first) - 40, 65_536 - len(first), 1):
        one = gzip.compress(b"x" * filler, 0, mtime=0)
        assert decoded(one + gzip.compress(b"second"), "gzip").endswith(b"xsecond")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_stops_at_the_limit(coding: str) -> None:
    packed = PACKERS[coding](b"\0" * 50_000_000)
    with pytest.raises(TooLarge, match="more than 1000 bytes"):
        decoded(packed, coding, 1000)
    with pytest.raises(TooLarge, match="more than"):
        decoded(PACKERS["gzip"](packed), f"{coding}, gzip", 1000)


def test_a_body_of_exactly_the_limit_passes() -> None:
    assert decoded(gzip.compress(b"12345"), "gzip", 25) == b"12345"
    assert decoded(b"12345", None, 5) == b"12345"
    with pytest.raises(TooLarge, match="more than 4 bytes"):
        decoded(b"12345", None, 4)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_what_is_cut_or_broken_is_said(coding: str) -> None:
    packed = PACKERS[coding](bytes(range(256)) * 40)
    with pytest.raises(Damaged, match="cut short"):
        decoded(packed[: len(packed) // 2], coding)
    with pytest.raises(Damaged, match=r"cannot be unpacked|cut short"):
        decoded(b"\0\x01\xff\xfe" * 40, coding)


@pytest.mark.parametrize("body", [b"<html>unpacked by a recorder", PNG])
def test_what_is_not_packed_stays_as_it_is(body: bytes) -> None:
    assert decoded(body, "gzip") == body


def test_bytes_behind_the_last_member_are_dropped() -> None:
    assert decoded(gzip.compress(b"page") + b"\0" * 200_000, "gzip") == b"page"


def test_an_unknown_coding_is_named() -> None:
    with pytest.raises(Damaged, match="'compress' is unknown"):
        decoded(b"x", "compress")


def test_an_empty_body_is_empty_however_it_is_said_to_be_packed() -> None:
    assert decoded(b"", "gzip, br") == b""


@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=20_000))
def test_first_bytes_are_those_of_the_whole(coding: str, content: bytes) -> None:
    assert first_bytes(io.BytesIO(PACKERS[coding](content)), coding) == content[:8192]


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_first_bytes_of_what_is_cut_are_what_is_there(coding: str) -> None:
    content = b"<!DOCTYPE html>" + b"not packed " * 4000
    packed = PACKERS[coding](b"".join(b"%d," % (n * n) for n in range(90_000)))
    assert len(first_bytes(io.BytesIO(packed[: len(packed) // 2]), coding)) == 8192
    assert first_bytes(io.BytesIO(content), coding) == content[:8192]
