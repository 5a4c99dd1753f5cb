"""How quick the search is on many passages, as ratios in one run: to a scan of the words in FTS5 alone.

python benchmarks/search.py [--passages 600000] [--keep FILE]

The archive is made up: texts of 40 paragraphs of 60 words, drawn as often as in language (Zipf), with a year,
a language, a site; one in twelve pages is an article that cites others. Made once with --keep.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive.index import VERSION, read, schema
from archive.index.pairs import pairs

PARAGRAPHS, WORDS, CITED = 40, 60, 6
ENDINGS = ("", "s", "ed", "ing", "er")
SYLLABLES = [a + b for a in "bdfglmnprst" for b in ("a", "e", "i", "o", "u", "ar", "en", "ol")]
HAN = [chr(0x4E00 + n) for n in range(3000)]


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Words, and how often each is said."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(30_000)]
    words = [word + ending for word in words for ending in chance.sample(ENDINGS, 2)]
    return words, list(accumulate(1 / (rank + 2) for rank in range(len(words))))


def paragraphs(chance: random.Random) -> Iterator[str]:
    """Paragraphs without end; one in twenty is Chinese."""
    words, weights = vocabulary(chance)
    while True:
        if chance.random() < 0.05:
            yield "".join(chance.choices(HAN, weights=[1 / (n + 5) for n in range(3000)], k=120))
        else:
            yield " ".join(chance.choices(words, cum_weights=weights, k=WORDS))


def build(path: Path, passages: int) -> None:
    """An index with so many passages, written past the fold: its WARC files would take hours."""
    chance = random.Random(7)
    said = paragraphs(chance)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; {schema()}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        n = 0
        for page in range(passages // PARAGRAPHS):
            body = [next(said) for _ in range(PARAGRAPHS)]
            _page(connection, page, body, chance)
            for nth, exact in enumerate(body):
                n += 1
                row = (
                    f"{page:015d}t",
                    nth * 1000,
                    nth * 1000 + len(exact),
                    exact,
                    pairs(exact),
                    n,
                    "f",
                    page,
                )
                connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL").fetchone()


def _page(connection: sqlite3.Connection, page: int, body: list[str], chance: random.Random) -> None:
    snapshot, text, host = f"{page:015d}s", f"{page:015d}t", f"site{chance.randint(1, 200)}.example"
    given = {
        "id": snapshot,
        "uri": f"https://{host}/{page}",
        "urlkey": f"{host})/{page}",
        "date": "2026-01-01T00:00:00Z",
        "timestamp": "20260101000000",
        "site": host,
        "digest": f"sha256:{page:064x}",
        "record_type": "response",
        "record_id": f"urn:uuid:{page}",
        "status": 200,
        "payload_length": 1,
        "protocols": "[]",
        "origin": "fetched",
        "origin_detail": "",
        "file": "f",
        "offset": page,
        "length": 1,
    }
    _insert(connection, "snapshots", given)
    year = chance.randint(1995, 2025)
    told = {
        "id": text,
        "snapshot": snapshot,
        "extractor": "x 1",
        "digest": "d",
        "body": "\n\n".join(body),
        "characters": 1,
        "title": f"Page {page}",
        "authors": f'["Author {page % 500}"]',
        "date_iso": f"{year}-05-01",
        "language": chance.choice(("en", "en-GB", "de", "zh")),
        "robots": "[]",
        "headings": "[]",
        "pages": "[]",
        "file": "f",
        "offset": page,
        "length": 1,
    }
    _insert(connection, "texts", told)
    if page % 12 == 0 and page > CITED:
        _article(connection, page, snapshot, text, body)


def _article(connection: sqlite3.Connection, page: int, snapshot: str, text: str, body: list[str]) -> None:
    here = {"file": "f", "offset": page}
    reading = f"{page:015d}r"
    read_as = {
        "id": reading,
        "snapshot": snapshot,
        "text": text,
        "uri": "u",
        "date": "d",
        "digest": "d",
        "method": "m 1",
        "creator": "c",
        "created": "2026",
        "sources": "[]",
        **here,
        "length": 1,
    }
    _insert(connection, "readings", read_as)
    for nth in range(CITED):
        citation = f"{page:012d}{nth:03d}c"
        _insert(connection, "citations", {"id": citation, "text": text, "uri": "", "nth": 0, **here})
        stands = {"reading": reading, "citation": citation, "position": nth, "kind": "link", **here}
        _insert(connection, "reading_citations", stands)
        leads = {
            "id": f"{page:012d}{nth:03d}l",
            "citation": citation,
            "person": 0,
            "state": "resolved",
            "method": "link",
            "snapshot": f"{page - nth - 1:015d}s",
            "candidates": "[]",
            "creator": "c",
            "created": "2026",
            **here,
            "length": 1,
        }
        _insert(connection, "resolutions", leads)
        claim = f"{page:012d}{nth:03d}k"
        n = page * CITED + nth
        words = {"id": claim, "text": text, "start": nth * 1000, "end": nth * 1000 + 50, "n": n, **here}
        _insert(connection, "claims", {**words, "exact": body[nth], "pairs": pairs(body[nth])})
        _insert(connection, "reading_claims", {"reading": reading, "claim": claim, "position": nth, **here})


def _insert(connection: sqlite3.Connection, table: str, values: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


def milliseconds(work: Callable[[], object], times: int = 3) -> float:
    """The median of several runs in milliseconds of processor time, the first left out."""
    taken = []
    for _ in range(times + 1):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return median(taken[1:])


def measure(path: Path) -> None:
    """Print what questions of several kinds cost."""
    with closing(read.connect(path)) as connection:
        sql = "SELECT term, doc FROM passages_fts_words WHERE term GLOB '[a-z]*' ORDER BY doc DESC"
        ranked = connection.execute(sql).fetchall()
        common, usual, rare = (ranked[n][0] for n in (0, 200, 20_000))
        print(
            f"{connection.execute('SELECT count(*) FROM passages').fetchone()[0]:,} passages, "
            f"{path.stat().st_size / 1e6:,.0f} MB; the commonest word is in {ranked[0][1]:,}"
        )
        scan = """SELECT count(*), max(score) FROM (
            SELECT bm25(passages_fts) AS score FROM passages_fts
            WHERE passages_fts MATCH ? LIMIT -1 OFFSET 0)"""
        print(f"{'question':<34}{'hits':>9}{'page ms':>9}{'50th ms':>9}{'FTS5 ms':>9}{'ratio':>7}")
        questions = (
            common,
            usual,
            rare,
            f"{usual} {ranked[300][0]}",
            f'"{usual} {common}"',
            f"{rare[:4]}*",
            HAN[3] + HAN[9],
            f"{usual} site:site7.example",
            f"{usual} after:2020 lang:en",
            f'{common} author:"author 7"',
        )
        for question in questions:
            _line(connection, question, scan)


def _line(connection: sqlite3.Connection, question: str, scan: str) -> None:
    from archive.index.read.search import parse
    from archive.index.read.search.forms import forms_in

    matching = parse(question).match(forms_in(connection))
    hits = connection.execute(scan, (matching,)).fetchone()[0]
    after = read.search(connection, question, 20 * 50).after or ""
    page = milliseconds(lambda: read.search(connection, question, 20, faceted=True))
    deep = milliseconds(lambda: read.search(connection, question, 20, after, faceted=True))
    alone = milliseconds(lambda: connection.execute(scan, (matching,)).fetchone())
    print(f"{question:<34}{hits:>9,}{page:>9.0f}{deep:>9.0f}{alone:>9.1f}{page / max(alone, 0.1):>7.1f}")


def main() -> None:
    """Build, then measure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--passages", type=int, default=100_000)
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "archive.db"
        if not path.exists():
            build(path, given.passages)
        measure(path)


if __name__ == "__main__":
    main()
