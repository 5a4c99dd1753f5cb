"""Libraries of other programs, read entry by entry: nothing of an entry is lost. The face of this folder."""

from ingest.library.entry import Fault, Imported, doi_of
from ingest.library.recognise import FORMS, Library, again, form_of, read_library

__all__ = ["FORMS", "Fault", "Imported", "Library", "again", "doi_of", "form_of", "read_library"]
