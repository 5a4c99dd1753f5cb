"""WARC files: bytes and records, findings as Web Annotations, and which record carries which fact."""
