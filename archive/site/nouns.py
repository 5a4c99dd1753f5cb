"""What nouns are called on pages, one and several of them. Pure."""

_STATEMENTS = ("resolution", "verdict", "correction", "tag", "collection", "note", "restriction")
NOUNS = {name: (name, f"{name}s") for name in _STATEMENTS} | {
    "snapshot": ("snapshot", "snapshots"),
    "requisite": ("part of a page", "parts of pages"),
    "text": ("text", "texts"),
    "claim": ("claim", "claims"),
    "citation": ("citation", "citations"),
    "evidence": ("closest passage", "closest passages"),
    "reading": ("reading", "readings"),
    "failure": ("failed visit", "failed visits"),
    "entry": ("source named by a person", "sources named by people"),
    "sameness": ("sameness", "samenesses"),
    "elsewhere": ("thing that is not in this archive", "things that are not in this archive"),
}
