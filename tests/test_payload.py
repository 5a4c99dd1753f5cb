"""A payload is what the standard counts: chunks off, content coding on, interim answers left out."""

import base64
import gzip
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc.record import canonical_digest
from tests import warcs
from tests.warcs import chunked, read, record, response


def payload_of(body: bytes, *fields: str, **rest: object):
    [found], _ = read(response(body, *fields, **rest))
    payload = found.payload()
    return payload.body.read(), payload


def test_chunks_come_off_and_content_coding_stays() -> None:
    packed = gzip.compress(b"<p>hello</p>", mtime=0)
    body, payload = payload_of(
        chunked(packed[:5], packed[5:]), "Transfer-Encoding: chunked", "Content-Encoding: gzip"
    )
    assert body == packed
    assert (payload.digest, payload.length, payload.fault) == (warcs.sha256(packed), len(packed), None)


@given(st.binary(max_size=300), st.lists(st.integers(1, 40)))
def test_any_cut_into_chunks_gives_the_body_back(content: bytes, sizes: list[int]) -> None:
    pieces, rest = [], content
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]
    body, payload = payload_of(chunked(*filter(None, [*pieces, rest])), "Transfer-Encoding: chunked")
    assert (body, payload.fault) == (content, None)


@pytest.mark.parametrize(
    ("stored", "body", "fault"),
    [
        (b"no chunks at all", b"no chunks at all", "expected the size of a chunk"),
        (b"5\r\nhelloXX\r\n", b"5\r\nhelloXX\r\n", "expected the end of a chunk"),
        (b"-5\r\nhello", b"-5\r\nhello", "expected the size of a chunk"),
        (b"5\r\nhello\r\nffffffffffffffffff\r\n", b"5\r\nhello\r\nffffffffffffffffff\r\n", "size of a chunk"),
        (b"5\r\nhel", b"hel", "ends within a chunk"),
        (b"5\r\nhello\r\n", b"hello", "before its last chunk"),
        (b"5;x=y\r\nhello\r\n0\r\nTrailer: 1\r\n\r\n", b"hello", None),
        (b"5\nhello\n0\n\n", b"hello", None),
        (b"5\r\nhello\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nsecond", b"hello", "behind the last chunk"),
        (b"", b"", None),
    ],
)
def test_bad_chunks_are_a_fault_and_the_body_stays(stored: bytes, body: bytes, fault: str | None) -> None:
    found, payload = payload_of(stored, "Transfer-Encoding: chunked")
    assert found == body
    assert payload.digest == warcs.sha256(body)
    assert (fault in payload.fault) if fault else payload.fault is None


def test_interim_heads_are_not_the_answer() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
    block = interim + b"HTTP/1.1 404 No\r\n\r\nbody"
    [found], _ = read(record("response", block))
    assert found.http is not None
    assert (found.http.status, found.http.start_line) == (404, "HTTP/1.1 404 No")
    assert found.payload().body.read() == b"body"


@pytest.mark.parametrize("media", [None, "message/http", "Application/HTTP; msgtype=response"])
def test_a_message_is_known_by_its_type_or_by_its_bytes(media: str | None) -> None:
    content = response(b"x", Content_Type=media) if media else response(b"x", without=("Content-Type",))
    [found], _ = read(content)
    assert found.payload().body.read() == b"x"
    [other], _ = read(record("response", b"no message", without=("Content-Type",)))
    assert other.http is None


@pytest.mark.parametrize("spelled", ["sha1:{b32}", "sha1:{hex}", "SHA-1:{hex}", "sha256:{h256}", "md5:{md5}"])
def test_a_stated_digest_is_accepted_over_either_reading_however_spelled(spelled: str) -> None:

    stored = chunked(b"hello")
    for counted in (b"hello", stored):
        sha1 = hashlib.sha1(counted)
        stated = spelled.format(
            b32=base64.b32encode(sha1.digest()).decode(),
            hex=sha1.hexdigest(),
            h256=hashlib.sha256(counted).hexdigest().upper(),
            md5=hashlib.md5(counted).hexdigest(),
        )
        _, payload = payload_of(stored, "Transfer-Encoding: chunked", WARC_Payload_Digest=stated)
        assert payload.holds
    _, payload = payload_of(b"other", WARC_Payload_Digest=stated)
    assert not payload.holds
    assert "does not match its digest" in (payload.fault or "")


def test_a_revisits_digest_is_not_compared_with_its_own_block() -> None:
    [found], _ = read(record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", WARC_Payload_Digest="sha1:" + "A" * 32))
    assert found.payload().fault is None


def test_digests_are_one_value_however_written() -> None:
    hexadecimal = "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"
    assert canonical_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ") == hexadecimal
    assert canonical_digest("SHA-1: 2jmj7l5rSw0yVb/vlWAYkK/YBwk=") == hexadecimal
    assert canonical_digest("sha1:nonsense") == "sha1:nonsense"
