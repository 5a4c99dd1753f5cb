"""The archive of record: WARC files as the log, SQLite as a fold over it, pages that read it."""

__version__ = "0.1.0"
