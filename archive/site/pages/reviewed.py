"""What an editor should look at in an article, as a page."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from archive.review import KINDS, review
from archive.site.answers import Answer, Missing, Site, document, page
from archive.site.pages import held


def reviewed(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """The report on the newest reading of an article."""
    found = held.identifier(names["id"])
    snapshot = held.snapshot(site, found)
    report = review(site.index, found)
    if report is None:
        said = f"No claims have been looked for in {found}: `pincite annotate {found}` does it."
        raise Missing(404, "No reading", said)
    if not site.publishing.shows_whole(snapshot.uri):
        # A claim without a source is text like any other.
        shown = tuple(one for one in report.remarks if one.kind != "uncited")
        report = replace(report, remarks=shown)
    if names.get("ext"):
        return document(asdict(report))
    return page(site, "review.html", title=report.title or snapshot.uri, review=report, kinds=KINDS)
