"""A claim and the texts of its sources to ranked passages. Pure. The face of this folder.

`match` finds for each claim the closest passages of the sources that it cites, with signals that people
judge by, and an outcome for every claim. It never says that a passage supports anything.
"""

from ingest.evidence.match import METHOD, Matcher, match
from ingest.evidence.source import Absent, ArticleText, Source

__all__ = ["METHOD", "Absent", "ArticleText", "Matcher", "Source", "match"]
