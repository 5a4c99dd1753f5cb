"""Languages as pages state them, as tags that readers of pages understand. Pure."""

import re

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


def language_tag(stated: str | None) -> str | None:
    """A language as pages state it, as a tag that readers of pages understand; None where it is none.

    >>> language_tag("en_GB"), language_tag("de"), language_tag("English, of course"), language_tag(None)
    ('en-GB', 'de', None, None)
    """
    tag = (stated or "").strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None
