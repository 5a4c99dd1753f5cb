"""An editor's report on an article: what is not cited, not captured, differs or changed. A folder's face."""

from archive.review.judged import Judged, disagree, judged
from archive.review.report import KINDS, Remark, RemarkKind, Review, review
from archive.review.written import html, lines

__all__ = [
    "KINDS",
    "Judged",
    "Remark",
    "RemarkKind",
    "Review",
    "disagree",
    "html",
    "judged",
    "lines",
    "review",
]
