"""Bytes and records of WARC files: a strict reader that goes on behind damage, and the one writer.

for item in records(stream, name):        # Record | Damage, in the order of the file
    ...

writer = WarcWriter(path, now, (("software", "pincite 1"),))
record_id, place = writer.write(Draft("response", uri, date, "application/http;msgtype=response", wire))
sealed = writer.seal()                    # sealed.name is its name in the store
"""

from archive.warc.record.digests import canonical_digest
from archive.warc.record.http import HttpHead, head_of
from archive.warc.record.nouns import Damage, Draft, Record, Sealed
from archive.warc.record.payload import Payload
from archive.warc.record.reader import expect_warc, record_at, records
from archive.warc.record.wacz import stored_records, wacz_records
from archive.warc.record.writer import WarcWriter

__all__ = [
    "Damage",
    "Draft",
    "HttpHead",
    "Payload",
    "Record",
    "Sealed",
    "WarcWriter",
    "canonical_digest",
    "expect_warc",
    "head_of",
    "record_at",
    "records",
    "stored_records",
    "wacz_records",
]
