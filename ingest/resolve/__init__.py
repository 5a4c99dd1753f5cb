"""A title, DOI or label to the address it leads to. The face of this folder.

`resolve` is pure but for the `get` that its MediaWiki is given; `read_sources` reads a file of a person.
"""

from ingest.resolve.mediawiki import MediaWiki, ResolverFailed
from ingest.resolve.order import Answered, Question, resolve
from ingest.resolve.sources import read_sources

__all__ = ["Answered", "MediaWiki", "Question", "ResolverFailed", "read_sources", "resolve"]
