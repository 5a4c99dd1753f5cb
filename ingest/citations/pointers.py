"""Which links of a page's text are citations, and which are its furniture. Pure."""

import re
from urllib.parse import urlsplit

from ingest.extract.page import Link, Links

Parts = tuple[str, str, str, str]

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
    r"/(?:tags?|categor(?:y|ies|ia)|kategorie|etiquetas?|topics?|tema|temat|thema|themen|dossiers?|"
    r"glossar|glossary|authors?|autor(?:en)?|auteur|users?|"
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


# Words before a link that send the reader to another story instead of naming a source.
_ONWARD = re.compile(
    r"(?:read (?:also|more|next)|see also|also read|also on|more on this|related(?: stories|"
    r" articles?)?|don['’]t miss|"
    r"more from|up next|trending|lesen sie (?:auch|mehr)|mehr zum thema|mehr themen|auch interessant|"
    r"weitere artikel|"
    r"lire aussi|à lire aussi|lea también|lee también|te puede interesar|leggi anche|lees ook|"
    r"leia (?:também|mais)|"
    r"czytaj (?:też|także|więcej)|zobacz też|läs (?:också|mer)|les også|læs også|читайте также|"
    r"читать также)"
    r"\s*[:：>»-]*\s*$",
    re.IGNORECASE,
)
# A person's or firm's own page at a network is named, not cited; what they wrote there has a longer path.
_PROFILE = re.compile(
    r"^(?:www\.|m\.)?(?:twitter|x|instagram|facebook|tiktok|threads|pinterest|linkedin|github|youtube|"
    r"bsky)\.(?:com|net|app)"
    r"/(?:in/|company/|profile/|channel/|user/|c/|@)?[^/]+/?$",
    re.IGNORECASE,
)
_SOLD = re.compile(
    r"^(?:amzn\.to|amzn\.com|go\.skimresources|click\.linksynergy|shareasale|www\.awin1|prf\.hn|"
    r"rstyle\.me|bit\.ly/amz|"
    r"www\.amazon\.[a-z.]+/.*[?&]tag=|www\.anrdoezrs|www\.dpbolvw|www\.jdoqocy|www\.kqzyfj|www\.tkqlhce|"
    r"www\.pntra)",
    re.IGNORECASE,
)
_DOWNLOAD = re.compile(
    r"\.(?:mp3|m4a|ogg|opus|wav|mp4|m4v|webm|zip|gz|exe|dmg|apk|ics|vcf|jpe?g|png|gif|webp|svg)$",
    re.IGNORECASE,
)


def is_citation(link: Link, links: Links, body: str) -> bool:
    """Whether a link in the text of record points to a source."""
    if link.within in _FURNITURE or "\n" in link.label or not any(symbol.isalnum() for symbol in link.label):
        return False
    parts = _split(link.uri)
    if parts is None or parts[0] not in ("http", "https") or not parts[1]:
        return False
    address = f"{parts[1]}{parts[2]}" + (f"?{parts[3]}" if parts[3] else "")
    if _SHARE.search(link.uri) or _DOWNLOAD.search(parts[2]):
        return False
    if _PROFILE.match(address) or _SOLD.match(address):
        return False
    if _FURNITURE_WORDS.match(" ".join(link.label.split())) or _ONWARD.search(_before(link, body)):
        return False
    own = [split for page in (links.uri, links.canonical) if (split := _split(page)) and split[1]]
    if all(_site(page[1]) != _site(parts[1]) for page in own):
        return True
    return link.within != "heading" and not _alone(link, body) and _is_other_page(parts, own)


def _is_other_page(parts: Parts, own: list[Parts]) -> bool:
    """Whether an address of the page's own site is another article and no index of them."""
    if any(_same(parts, page) for page in own):
        return False
    return parts[2].strip("/") != "" and not _OWN_PAGES.search(parts[2])


def _same(one: Parts, other: Parts) -> bool:
    return (one[1], one[2].rstrip("/"), one[3]) == (other[1], other[2].rstrip("/"), other[3])


def _before(link: Link, body: str) -> str:
    """What stands before a link on its line, or the line before where it begins its own."""
    start = link.start or 0
    line = body[body.rfind("\n", 0, start) + 1 : start]
    return line if line.strip(" -•") else body[max(0, start - 80) : start].rstrip(" -•\n").rpartition("\n")[2]


def _alone(link: Link, body: str) -> bool:
    """Whether a link is all that stands on its line: a teaser where it leads to the same site."""
    start, end = link.start or 0, link.end or 0
    left, right = body.rfind("\n", 0, start) + 1, body.find("\n", end)
    rest = body[left:start] + body[end : right if right >= 0 else len(body)]
    return not any(symbol.isalnum() for symbol in rest)


def _split(uri: str) -> Parts | None:
    try:
        parts = urlsplit(uri)
        return parts.scheme.lower(), (parts.hostname or ""), parts.path, parts.query
    except ValueError:
        return None


def _site(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")
