"""One temporary file for all requisites of a visit: 150 of them, 40 visits at once, must cost neither
memory nor 6,000 open files."""

import io
import os
import shutil
import tempfile
import threading
from typing import BinaryIO, cast


class Keep:
    """Takes finished answers in; each is read again on its own, by any thread."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._lock = threading.Lock()
        self._open = 1

    def take(self, answer: BinaryIO) -> BinaryIO:
        """The same bytes from the shared file; ``answer`` is closed."""
        with self._lock:
            start = self._file.seek(0, os.SEEK_END)
            answer.seek(0)
            shutil.copyfileobj(answer, self._file)
            self._file.flush()
            stretch = _Stretch(self, start, self._file.tell() - start)
            self._open += 1
        answer.close()
        return cast(BinaryIO, io.BufferedReader(stretch))

    def close(self) -> None:
        """Nothing more comes in; the file goes when the last answer is closed."""
        with self._lock:
            self._open -= 1
            if self._open == 0:
                self._file.close()

    def read_at(self, offset: int, length: int) -> bytes:
        """A piece of the file, without moving anybody's place in it."""
        return os.pread(self._file.fileno(), length, offset)


class _Stretch(io.RawIOBase):
    """A part of the shared file, as a file of its own."""

    def __init__(self, keep: Keep, start: int, length: int) -> None:
        super().__init__()
        self._keep, self._start, self._length, self._at = keep, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        wanted = min(len(buffer), max(0, self._length - self._at))
        data = self._keep.read_at(self._start + self._at, wanted) if wanted else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._keep.close()
