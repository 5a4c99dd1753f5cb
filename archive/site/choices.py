"""What the choices are called by which a search is narrowed down. Pure."""

FACETS = {
    "kind": "Kind",
    "is": "Role",
    "site": "Site",
    "year": "Year",
    "lang": "Language",
    "article": "Article and its sources",
}
CHOICES = {"citing": "citing articles", "cited": "cited sources", "passage": "passages", "claim": "claims"}
