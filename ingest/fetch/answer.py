"""One request and its answer, byte for byte [h11].

What comes in is teed below the parser, so that what a server sent is kept even where it breaks the
rules. h11 says where the final answer begins and ends: neither interim answers (1xx) nor bytes behind
the end get into the record.
"""

import re
import tempfile
from typing import BinaryIO, Protocol, cast

import h11

from archive.errors import FetchFailed
from ingest.fetch.heard import Call, CutOff, Fields, Heard, Link

# How much of an answer is held in memory; with 40 visits at once, 40 MB.
IN_MEMORY = 1_048_576
# Interim answers before the final one; 103 Early Hints comes once or twice.
_INTERIM = 16
_PIECE = 65_536
_STATUS_LINE = re.compile(rb"HTTP/(\d\.\d)[ \t]+(\d{3})(?:[ \t][^\r\n]*)?\r?\n")
_HEAD_END = re.compile(rb"\n\r?\n")
_Head = tuple[str, int, Fields]


class Line(Protocol):
    """A connection that keeps the patience of its visit."""

    def read(self) -> bytes:
        """What comes next; nothing at the end; raises FetchFailed or CutOff."""
        ...

    def write(self, data: bytes) -> None:
        """Send this; raises FetchFailed."""
        ...


class Listener:
    """Makes one call over a line and keeps exactly what was sent and what came as the final answer."""

    def __init__(self, call: Call, date: str, head_bytes: int) -> None:
        self.date, self.request = date, b""
        self._call, self._head_bytes = call, head_bytes
        self._file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        self._parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=head_bytes)
        self._received = self._interim = 0

    def close(self) -> None:
        """Let go of what was received."""
        self._file.close()

    def over(self, line: Line, link: Link) -> Heard:
        """Send the request, hear the answer.

        :raises FetchFailed: no answer that could be kept.
        """
        self._send(line)
        truncated: str | None = None
        try:
            head = self._hear(line)
        except h11.RemoteProtocolError as error:
            head, truncated = self._hear_the_rest(line, str(error))
        except CutOff as error:
            head, truncated = self._head_so_far("disconnect", str(error)), "disconnect"
        self._file.seek(0)
        version, status, fields = head
        return Heard(
            self._call.address, self.date, self.request, self._file, link, version, status, fields, truncated
        )

    def _send(self, line: Line) -> None:
        fields = [("Host", self._call.address.authority), *self._call.fields, ("Connection", "close")]
        try:
            asked = h11.Request(method="GET", target=self._call.address.target, headers=fields)
        except h11.LocalProtocolError as error:
            raise FetchFailed("bad-uri", f"no request can be made: {error}") from error
        self.request = self._parser.send(asked) or b""
        self._parser.send(h11.EndOfMessage())
        line.write(self.request)

    def _hear(self, line: Line) -> _Head:
        head: _Head | None = None
        while True:
            event = self._parser.next_event()
            if event is h11.NEED_DATA:
                self._parser.receive_data(self._read(line))
            elif isinstance(event, h11.InformationalResponse):
                self._drop_interim(event)
            elif isinstance(event, h11.Response):
                head = self._take(event)
            elif isinstance(event, h11.EndOfMessage) and head:
                self._file.truncate(self._received - len(self._parser.trailing_data[0]))
                return head
            elif not isinstance(event, h11.Data):
                raise FetchFailed("protocol", f"expected an answer, found {event!r}")

    def _take(self, event: h11.Response) -> _Head:
        fields = tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers.raw_items()
        )
        stated = next((value for name, value in event.headers if name == b"content-length"), b"0")
        if int(stated) > self._call.most_bytes:
            raise self._too_large(f"{int(stated)} are announced")
        return event.http_version.decode("ascii"), event.status_code, fields

    def _drop_interim(self, event: h11.InformationalResponse) -> None:
        self._interim += 1
        if event.status_code == 101 or self._interim > _INTERIM:
            raise FetchFailed("protocol", f"expected an answer, found interim answer {event.status_code}")
        rest = self._parser.trailing_data[0]
        self._file.seek(0)
        self._file.truncate()
        self._file.write(rest)
        self._received = len(rest)

    def _read(self, line: Line) -> bytes:
        data = line.read()
        if not self._received and not self._interim and not b"HTTP/".startswith(data[:5]):
            # Said at once: a mail or SSH server would now wait for us until the time is up.
            raise FetchFailed("protocol", f"expected HTTP/1.1 and a status, found {data[:40]!r}")
        self._file.write(data)
        self._received += len(data)
        if self._received > self._call.most_bytes + self._head_bytes:
            raise self._too_large("more came")
        return data

    def _hear_the_rest(self, line: Line, fault: str) -> tuple[_Head, str | None]:
        """An answer against the rules: kept as sent up to its end, if it begins like an answer.

        Bad chunks, two lengths, an unknown transfer coding, an odd field line: readers see them in the
        record. Where the end came too early, it is cut.
        """
        closed = self._parser.trailing_data[1]
        if closed:
            return self._head_so_far("disconnect", "the server closed the connection too early"), "disconnect"
        self._head_so_far("protocol", fault)
        try:
            while self._read(line):
                pass
        except CutOff:
            return self._head_so_far("protocol", fault), "disconnect"
        return self._head_so_far("protocol", fault), None

    def _head_so_far(self, reason: str, detail: str) -> _Head:
        """Status line and fields of what came, read as forgivingly as browsers do."""
        self._file.seek(0)
        found = self._file.read(self._head_bytes + _PIECE)
        self._file.seek(0, 2)
        line, end = _STATUS_LINE.match(found), _HEAD_END.search(found)
        if line and not end and len(found) > self._head_bytes:
            raise FetchFailed("too-large", f"status line and fields are longer than {self._head_bytes} bytes")
        if not line or not end or line[2] < b"200":
            raise FetchFailed(reason, f"{detail}; found {found[:40]!r}" if found else detail)
        return line[1].decode("ascii"), int(line[2]), _fields(found[line.end() : end.start()])

    def _too_large(self, found: str) -> FetchFailed:
        return FetchFailed("too-large", f"at most {self._call.most_bytes} bytes are taken, {found}")


def _fields(lines: bytes) -> Fields:
    pairs = (line.decode("latin-1").partition(":") for line in lines.split(b"\n"))
    return tuple((name.strip(), value.strip()) for name, colon, value in pairs if colon)


def body(response: BinaryIO, most: int) -> bytes:
    """The body of a recorded answer with its Transfer-Encoding taken off, at most so many bytes.

    Where chunks cannot be read, the body as it stands. The file is left at its start.
    """
    response.seek(0)
    parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=most + _PIECE)
    parser.send(h11.Request(method="GET", target="/", headers=[("Host", "recorded")]))
    parser.send(h11.EndOfMessage())
    found = bytearray()
    try:
        while len(found) < most:
            event = parser.next_event()
            if event is h11.NEED_DATA:
                parser.receive_data(response.read(_PIECE))
            elif isinstance(event, h11.Data):
                found += event.data
            elif not isinstance(event, h11.Response):
                break
    except h11.RemoteProtocolError:
        found = bytearray(found or _as_it_stands(response, most))
    finally:
        response.seek(0)
    return bytes(found[:most])


def _as_it_stands(response: BinaryIO, most: int) -> bytes:
    response.seek(0)
    head, _, rest = response.read(most + _PIECE).partition(b"\r\n\r\n")
    return rest or head
