"""Posts, films and documents that a page shows whole in a frame: the addresses of their own pages. Pure.

    <iframe src="https://www.youtube.com/embed/abcDEF12345?rel=0">   ->   https://www.youtube.com/watch?v=abcDEF12345
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from archive.uri import is_web, join
from ingest.extract.clean import squeeze
from ingest.extract.page import Named
from ingest.extract.places import Places

_MOST = 50
_LONGEST_LABEL = 300
# A frame's address and the page it is a frame of; any other frame (an advertisement, a form) is none.
_FORMS = tuple(
    (re.compile(rf"^https?://(?:www\.)?{form}", re.IGNORECASE), page)
    for form, page in (
        (r"youtube(?:-nocookie)?\.com/embed/(?!videoseries|live_stream)([\w-]{6,20})", "https://www.youtube.com/watch?v={}"),
        (r"player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{}"),
        (r"dailymotion\.com/embed/video/(\w+)", "https://www.dailymotion.com/video/{}"),
        (r"open\.spotify\.com/embed(?:-podcast)?/((?:episode|show)/\w+)", "https://open.spotify.com/{}"),
        (r"instagram\.com/((?:p|reel)/[\w-]+)/embed", "https://www.instagram.com/{}/"),
        (r"platform\.twitter\.com/embed/.*?[?&]id=(\d+)", "https://twitter.com/i/status/{}"),
        (r"embed\.bsky\.app/embed/(did:[\w:%.-]+)/app\.bsky\.feed\.post/(\w+)", "https://bsky.app/profile/{}/post/{}"),
        (r"embed\.documentcloud\.org/documents/([\w-]+)", "https://www.documentcloud.org/documents/{}"),
        (r"([^/?#]+/@[\w.]+(?:@[\w.-]+)?/\d{10,})/embed", "https://{}"),
        (r"([^/?#]+/videos)/embed/([\w-]{8,40})", "https://{}/watch/{}"),
    )
)  # fmt: skip
# Frames that name the page in a parameter.
_NAMING = re.compile(
    r"^https?://(?:(?:www\.)?facebook\.com/plugins/(?:post|video)\.php|w\.soundcloud\.com/player/?)\?",
    re.IGNORECASE,
)
_ELEMENTS = ("iframe", "lite-youtube", "div")


def embedded(tree: HtmlElement, page: str, places: Places) -> Iterator[Named]:
    """What the article shows in frames: those next to a paragraph of the text of record, no others."""
    seen = 0
    for element in tree.iter(*_ELEMENTS):
        uri = _page_of(element, page)
        if not uri or seen >= _MOST:
            continue
        seen += 1
        if _in_article(element, places):
            label = squeeze(element.get("title") or "")[:_LONGEST_LABEL]
            yield Named(label or uri, uri, "embed", "")


def _page_of(element: HtmlElement, page: str) -> str:
    if element.tag == "lite-youtube":
        video = element.get("videoid") or ""
        return f"https://www.youtube.com/watch?v={video}" if re.fullmatch(r"[\w-]{6,20}", video) else ""
    if element.tag == "div":
        posted = {"fb-post", "fb-video"} & set((element.get("class") or "").split())
        return join(page, element.get("data-href") or "") if posted and element.get("data-href") else ""
    sources = [element.get(name) or "" for name in ("src", "data-src", "data-lazy-src")]
    return next((uri for source in sources if source and (uri := watched(join(page, source)))), "")


def watched(frame: str) -> str:
    """The page that a frame's address belongs to, ``""`` where the frame is of no known kind.

    >>> watched("https://player.vimeo.com/video/123?h=1")
    'https://vimeo.com/123'
    """
    for form, page in _FORMS:
        if found := form.match(frame):
            return page.format(*found.groups())
    if _NAMING.match(frame):
        try:
            named = parse_qs(urlsplit(frame).query)
        except ValueError:
            return ""
        uri = (named.get("href") or named.get("url") or [""])[0]
        return uri if is_web(uri) else ""
    return ""


def _in_article(element: HtmlElement, places: Places) -> bool:
    """Whether the paragraph before a frame, or the one behind it, stands in the text of record."""
    near = element.xpath("(preceding::p[normalize-space()])[last()] | (following::p[normalize-space()])[1]")
    return any(places.of_text("".join(paragraph.itertext())) for paragraph in near)
