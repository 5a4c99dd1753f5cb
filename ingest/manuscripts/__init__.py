"""Manuscripts: which sources they name, by key, by id or by address, and in which line. Pure."""

from ingest.manuscripts.mention import Mention
from ingest.manuscripts.read import FORMS, Manuscript, mentions, wants_classic

__all__ = ["FORMS", "Manuscript", "Mention", "mentions", "wants_classic"]
