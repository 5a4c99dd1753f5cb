"""Every quotation stands in its text at the place that it names (law 4)."""

import sqlite3

from archive.verify.rows import Rows

_QUOTING = {
    "claims": 'SELECT id, start, "end", exact, file, offset FROM claims WHERE text = ?',
    "evidence": 'SELECT id, start, "end", exact, file, offset FROM evidence WHERE text = ?',
    "passages": 'SELECT text AS id, start, "end", exact, file, offset FROM passages WHERE text = ?',
}


def check_quotations(rows: Rows) -> None:
    """Compare each claim, piece of evidence and search passage with the words at its place.

    A restricted text has no words to compare with; a text that lies in another archive is not here.
    """
    texts = rows.connection.execute("SELECT id, body FROM texts WHERE body IS NOT NULL ORDER BY id")
    for text, body in texts:
        for table, sql in _QUOTING.items():
            for quoted in rows.connection.execute(sql, (text,)):
                _check(rows, table, body, quoted)


def _check(rows: Rows, table: str, body: str, quoted: sqlite3.Row) -> None:
    start, end, exact = quoted["start"], quoted["end"], quoted["exact"]
    if exact is None:
        return  # it is restricted, or differs from its record, which is told elsewhere
    rows.findings.quotations += 1
    if not 0 <= start < end <= len(body) or body[start:end] != exact:
        found = body[start : min(end, start + 40)] if 0 <= start <= len(body) else ""
        detail = f"{table} {quoted['id']} quotes {exact[:40]!r}; at {start} to {end} the text has {found!r}"
        rows.findings.add(quoted["file"], quoted["offset"], quoted["id"], "quotation", detail)
