"""What can go wrong, as one small tree; each says what was expected, what was found and what to do."""


class PinciteError(Exception):
    """Something did not work. ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(PinciteError):
    """What was asked for cannot be asked like this."""

    exit_code = 2


class NoArchive(UsageError):
    """There is no archive here."""

    def __init__(self, where: str) -> None:
        super().__init__(f"no archive at or above {where}: make one with `pincite init`, or name one with -A")


class BadId(UsageError):
    """What was written is not the id of anything."""

    def __init__(self, written: str, why: str) -> None:
        super().__init__(f"{written[:80]!r} is not an id: {why}")
        self.written = written


class NotFound(PinciteError):
    """A well-formed id or address that this archive does not hold."""


class SettingsError(UsageError):
    """A setting, flag or file of settings that cannot be used."""


class UnsupportedFormat(PinciteError):
    """A file of a kind that is not read (yet)."""


class Damaged(PinciteError):
    """A stored or given file is not what it should be, at a place that is named."""

    def __init__(self, name: str, offset: int, detail: str) -> None:
        super().__init__(f"{name} at byte {offset}: {detail}")
        self.name, self.offset, self.detail = name, offset, detail


class StoreError(PinciteError):
    """The place where WARC files lie cannot be read or written."""


class IndexUnusable(PinciteError):
    """The SQLite index cannot be used; `pincite rebuild` makes it anew from the WARC files."""


class FetchFailed(PinciteError):
    """A visit brought no answer. ``reason`` is one of the words that failures are recorded with."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class ExtractionFailed(PinciteError):
    """No text could be made of a payload; ``reason`` is kept as ``text-reason``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
