"""A title, DOI or label to the address it leads to. The face of this folder.

`resolve` is pure but for the `get` that its MediaWiki and the plug-ins are given; `read_sources` reads a
file of a person; `installed` names the plug-ins that stand beside Pincite.
"""

from ingest.resolve.entry import doi_address, is_isbn
from ingest.resolve.mediawiki import MediaWiki, ResolverFailed
from ingest.resolve.order import Held, Resolvers, resolve
from ingest.resolve.plugins import Get, Plugin, installed
from ingest.resolve.question import Answered, Question
from ingest.resolve.sources import read_sources

__all__ = [
    "Answered", "Get", "Held", "MediaWiki", "Plugin", "Question", "ResolverFailed", "Resolvers",
    "doi_address", "installed", "is_isbn", "read_sources", "resolve",
]  # fmt: skip
