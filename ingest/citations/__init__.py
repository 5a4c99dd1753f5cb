"""An article's text to its claims, its citations and the ties between them. The face of this folder. Pure.

    body + headings + Links  ->  Findings(claims, citations, ties, sections)

Every offset counts code points of the body; ``body[start:end]`` is what a claim says it quotes.
"""

from ingest.citations.findings import Findings, read_article
from ingest.citations.headings import is_source_heading

__all__ = ["Findings", "is_source_heading", "read_article"]
