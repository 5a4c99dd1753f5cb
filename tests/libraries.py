"""Libraries as other programs write them, two hundred entries from one seed, with values that hurt."""

import csv
import io
import json
import random
from dataclasses import dataclass
from xml.sax.saxutils import escape

from archive.bibliography import Name
from archive.bibliography.words import one_line

SEED = 20261126
WORDS = (
    "harbour", "Müller", "{braces}", 'a "quote"', "it's", "50 % & more_than #1", "5 $ ~ ^", "C:\\path",
    "a -- b", "``so''", "?`why", "line\nbreak", "tab\there", "שלום עולם", "مرحبا", "\u202eevil\u202c",
    "emoji 🦀👩‍🚀",
    "e\u0301 und é", "中文標題", "<b>bold</b>", "}unbalanced{", "@misc{x,", "TY  - JOUR", ",;|", "e^{x}",
    "and", "ﬁn",
)  # fmt: skip
DATES = (None, "2024", "2024-03", "2024-03-05", "2020/2021", "2020-05-01/2020-06-02", "circa 1850", "n.d.")
FORMS = {
    "bibtex": "bib",
    "biblatex": "bib",
    "ris": "ris",
    "csl-json": "json",
    "csv": "csv",
    "zotero-rdf": "rdf",
}


@dataclass(frozen=True)
class Work:
    """What an entry of the library says, whatever the form."""

    key: str
    title: str
    authors: tuple[Name, ...]
    date: str | None
    uri: str | None
    doi: str | None
    isbn: str | None
    tags: tuple[str, ...]
    collections: tuple[str, ...]
    notes: tuple[str, ...]
    journal: str


def works(count: int = 200) -> list[Work]:
    """The library: the same every time."""
    dice = random.Random(SEED)
    return [_work(dice, number) for number in range(count)]


def _work(dice: random.Random, number: int) -> Work:
    people = 60 if number == 7 else dice.choice((0, 1, 1, 2, 3))
    return Work(
        key=dice.choice(("müller:2020", "key+a", "a/b.c", "Key_", "k-")) + str(number),
        title=" ".join(dice.sample(WORDS, dice.randint(1, 4))),
        authors=tuple(_name(dice, n) for n in range(people)),
        date=dice.choice(DATES),
        uri=dice.choice((None, f"https://example.org/a_b/{number}?c=%20&d=ü#x~y", f"http://b.example/{number}")),
        doi=dice.choice((None, f"10.1000/a(b)<{number}>;2-#")),
        isbn=dice.choice((None, "978-0-306-40615-7")),
        tags=tuple(dice.sample(("sea", "to read", "a, b", "x; y", "Ünïcode 🦀", "{curly}", "100%"),
                               dice.randint(0, 3))),
        collections=tuple(dice.sample(("thesis", "To read; later", "Häfen, alte"), dice.randint(0, 2))),
        notes=tuple(dice.sample(("One line.", "Two\nlines & {more}", "A\n\nparagraph", "TY  - x\nER  - "),
                                dice.randint(0, 2))),
        journal=dice.choice(WORDS),
    )  # fmt: skip


def _name(dice: random.Random, number: int) -> Name:
    return dice.choice((
        Name("World Health Organization"), Name("Barnes and Noble, Inc."),
        Name("Doe", f"Jane {chr(65 + number % 26)}."),
        Name("Berg", "Anna Maria", "van der"), Name("King", "Martin Luther", "", "Jr."), Name("Press", "Jo"),
        Name("Ångström", "Zoë"), Name("王", "伟"), Name("García Márquez", "Gabriel"), Name("Plato"),
    ))  # fmt: skip


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "-": "-{}",
    "`": "`{}", "'": "'{}", "?": "?{}", "ü": r'\"u', "é": r"{\'e}",
}  # fmt: skip


def tex(value: str) -> str:
    """Words as a careful program writes them for LaTeX."""
    return "".join(_TEX.get(symbol, symbol) for symbol in value)


def _protect(value: str) -> str:
    return "{" + tex(value) + "}" if any(mark in value for mark in ",;") else tex(value)


def _tex_name(name: Name) -> str:
    if not name.given:
        return "{" + tex(name.family) + "}"
    return ", ".join(tex(part) for part in (name.surname, name.suffix, name.given) if part)


def bib(works: list[Work], modern: bool) -> str:
    """BibTeX, or BibLaTeX."""
    return "\n".join(_bib(work, modern) for work in works)


def _bib(work: Work, modern: bool) -> str:
    fields = {
        "title": "{" + tex(work.title) + "}", "author": " and ".join(map(_tex_name, work.authors)),
        "date" if modern else "year": tex(work.date or "").replace("-{}", "-"), "url": (work.uri or ""),
        "doi": work.doi or "", "isbn": work.isbn or "", "keywords": ", ".join(map(_protect, work.tags)),
        "groups": ", ".join(map(_protect, work.collections)), "journal": tex(work.journal),
    }  # fmt: skip
    fields |= {f"annote{n or ''}": "\n".join(map(tex, note.split("\n"))) for n, note in enumerate(work.notes)}
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{work.key},\n{body}}}\n"


def ris(works: list[Work]) -> str:
    """RIS, as reference managers write it."""
    lines: list[str] = []
    for work in works:
        lines += [
            "TY  - JOUR",
            f"ID  - {work.key}",
            f"TI  - {one_line(work.title)}",
            f"T2  - {one_line(work.journal)}",
        ]
        lines += [f"AU  - {_ris_name(name)}" for name in work.authors]
        lines += [f"DA  - {_ris_date(work.date)}"] if work.date else []
        lines += [
            f"{tag}  - {value}"
            for tag, value in (("UR", work.uri), ("DO", work.doi), ("SN", work.isbn))
            if value
        ]
        lines += [f"KW  - {tag}" for tag in work.tags] + [f"LB  - {name}" for name in work.collections]
        lines += ["N1  - " + note.replace("\n", "\n ") for note in work.notes] + ["ER  - ", ""]
    return "\n".join(lines)


def _ris_name(name: Name) -> str:
    parts = (name.surname, name.given, name.suffix) if name.given else (name.family,)
    return ", ".join(f"{{{part}}}" if "," in part else part for part in parts if part)


def _ris_date(date: str) -> str:
    first, _, last = date.partition("/")
    parts = [part for part in first.split("-") if part.isdecimal()]
    if not parts or len(parts[0]) != 4:
        return f"///{date}"
    return "/".join([*parts, "", ""][:3]) + "/" + (f"to {last}" if last else "")


def csl(works: list[Work]) -> str:
    """CSL-JSON."""
    return json.dumps([_csl(work) for work in works], ensure_ascii=False, indent=1)


def _csl(work: Work) -> dict[str, object]:
    dates = [[int(n) for n in one.split("-")] for one in (work.date or "").split("/") if one[:4].isdecimal()]
    said: dict[str, object] = {
        "id": work.key, "type": "article-journal", "title": work.title, "URL": work.uri, "DOI": work.doi,
        "ISBN": work.isbn, "container-title": work.journal, "author": list(map(_csl_name, work.authors)),
        "issued": {"date-parts": dates} if dates else {"raw": work.date} if work.date else None,
        "custom": {"tags": work.tags, "collections": work.collections, "notes": work.notes},
    }  # fmt: skip
    if work.uri:
        said["custom"] |= {"original-url": work.uri}  # type: ignore[operator]
    return {name: value for name, value in said.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    said = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in said.items() if value}


def table(works: list[Work]) -> str:
    """CSV."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(
        "Key,Item Type,Title,Author,Date,Url,DOI,ISBN,Manual Tags,Collections,Notes,Publication".split(",")
    )
    for work in works:
        authors = "".join(f"{_tex_plain(name)}\n" for name in work.authors)
        several = ("".join(f"{one}\n" for one in many) for many in (work.tags, work.collections))
        notes = "\n\n* * *\n\n".join(work.notes)
        said = (work.date, work.uri, work.doi, work.isbn, *several, notes, work.journal)
        writer.writerow([work.key, "article", work.title, authors, *(one or "" for one in said)])
    return made.getvalue()


def _tex_plain(name: Name) -> str:
    if not name.given:
        return "{" + name.family + "}"
    return ", ".join(part for part in (name.surname, name.suffix, name.given) if part)


_HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
"""


def rdf(works: list[Work]) -> str:
    """Zotero RDF."""
    gathered: dict[str, list[str]] = {}
    body = ""
    for number, work in enumerate(works):
        body += _rdf(work, f"#item_{number}")
        for name in work.collections:
            gathered.setdefault(name, []).append(f"#item_{number}")
    for name, members in gathered.items():
        parts = "".join(f'<dcterms:hasPart rdf:resource="{one}"/>' for one in members)
        body += f'<z:Collection rdf:about="#c_{len(name)}"><dc:title>{escape(name)}</dc:title>'
        body += f"{parts}</z:Collection>"
    return _HEAD + body + "</rdf:RDF>"


def _rdf(work: Work, about: str) -> str:
    people = "".join(
        f"<rdf:li><foaf:Person><foaf:surname>{escape(f'{name.family} {name.suffix}'.strip())}</foaf:surname>"
        f"<foaf:givenName>{escape(name.given)}</foaf:givenName></foaf:Person></rdf:li>"
        for name in work.authors
    )
    notes = [(f"{about}n{n}", note) for n, note in enumerate(work.notes)]
    said = "".join(f'<dcterms:isReferencedBy rdf:resource="{name}"/>' for name, _ in notes)
    said += "".join(f"<dc:subject>{escape(tag)}</dc:subject>" for tag in work.tags)
    said += f"<dc:date>{escape(work.date)}</dc:date>" if work.date else ""
    said += f"<dc:identifier>DOI {escape(work.doi)}</dc:identifier>" if work.doi else ""
    said += f"<dc:identifier>ISBN {work.isbn}</dc:identifier>" if work.isbn else ""
    if work.uri:
        address = f"<dcterms:URI><rdf:value>{escape(work.uri)}</rdf:value></dcterms:URI>"
        said += f"<dc:identifier>{address}</dc:identifier>"
    memos = "".join(
        f'<bib:Memo rdf:about="{name}"><rdf:value>{escape(note)}</rdf:value></bib:Memo>'
        for name, note in notes
    )
    return (
        f'<bib:Article rdf:about="{about}"><z:itemType>journalArticle</z:itemType>'
        f"<z:citationKey>{escape(work.key)}</z:citationKey><dc:title>{escape(work.title)}</dc:title>"
        f"<bib:authors><rdf:Seq>{people}</rdf:Seq></bib:authors>{said}</bib:Article>{memos}\n"
    )


def written_as(form: str, made: list[Work]) -> str:
    """The library in one of FORMS."""
    if form in ("bibtex", "biblatex"):
        return bib(made, form == "biblatex")
    return {"ris": ris, "csl-json": csl, "csv": table, "zotero-rdf": rdf}[form](made)
