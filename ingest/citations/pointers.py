"""Which links of a page's text are citations, and which are its furniture. Pure."""

import re
from urllib.parse import urlsplit

from ingest.extract.page import Link

# Parts of a page that cite nothing, as the markup around the link showed them.
_FURNITURE = frozenset(("navigation", "share", "author", "tag", "related", "advertisement", "wiki", "image"))
_SHARE = re.compile(
    r"facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share|home\?status)"
    r"|linkedin\.com/(?:share|cws)|pinterest\.\w+/pin/create|reddit\.com/(?:submit|r/\w+/submit)|"
    r"(?:api\.)?whatsapp\.com/send|wa\.me/\?|t\.me/share"
    r"|news\.ycombinator\.com/submit|tumblr\.com/(?:share|widgets)|bsky\.app/intent|"
    r"getpocket\.com/(?:save|edit)"
    r"|addtoany\.com|addthis\.com|plus\.google\.com/share|vk\.com/share|flipboard\.com/bookmarklet|"
    r"xing\.com/spi/shares"
    r"|flattr\.com|paypal\.com/(?:donate|cgi-bin)|patreon\.com/join|feedburner|/feed/?$|/rss/?$"
)
_OWN_PAGES = re.compile(
    r"/(?:tags?|categor(?:y|ies|ia)|kategorie|etiquetas?|topics?|authors?|autor(?:en)?|auteur|users?|"
    r"profile|people|"
    r"contributors?|search|login|signin|sign-in|register|signup|subscribe|subscription|newsletters?|"
    r"abo(?:nnement)?|"
    r"contact|kontakt|about(?:-us)?|impressum|privacy(?:-policy)?|datenschutz|terms|donate|shop|cart|"
    r"comments?|"
    r"wp-login\.php|wp-admin|print|amp)(?:/|$|\?)",
    re.IGNORECASE,
)
_FURNITURE_WORDS = re.compile(
    r"^(?:read (?:more|full|the full).*|continue reading.*|more|more info(?:rmation)?|learn more|"
    r"click here(?: to .*)?|"
    r"subscribe.*|sign up.*|sign in|log ?in|register|share.*|tweet(?: this)?|print|e-?mail(?: this)?|"
    r"comments?|"
    r"\d* ?comments?|reply|permalink|edit|top|back to top|next|previous|prev|home|follow(?: us.*| me.*)?|"
    r"facebook|twitter|instagram|whatsapp|telegram|linkedin|pinterest|rss|newsletter|download the app|"
    r"weiterlesen|mehr(?: lesen)?|lesen sie (?:auch|mehr).*|abonnieren|teilen|drucken|leer más|"
    r"lire la suite|»|›|→)$",
    re.IGNORECASE,
)


def is_citation(link: Link, page: str) -> bool:
    """Whether a link in the text of record points to a source."""
    if link.within in _FURNITURE or not any(symbol.isalnum() for symbol in link.label):
        return False
    parts = _split(link.uri)
    if parts is None or parts[0] not in ("http", "https") or not parts[1]:
        return False
    if _SHARE.search(link.uri) or _FURNITURE_WORDS.match(" ".join(link.label.split())):
        return False
    own = _split(page)
    if own is None or _site(own[1]) != _site(parts[1]):
        return True
    if (parts[1], parts[2].rstrip("/"), parts[3]) == (own[1], own[2].rstrip("/"), own[3]):
        return False
    return link.within != "heading" and not _OWN_PAGES.search(parts[2]) and parts[2].strip("/") != ""


def _split(uri: str) -> tuple[str, str, str, str] | None:
    try:
        parts = urlsplit(uri)
        return parts.scheme.lower(), (parts.hostname or ""), parts.path, parts.query
    except ValueError:
        return None


def _site(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")
