"""The index: WARC files folded into SQLite. ``fold`` says which rows, ``write`` writes, ``read`` reads."""

from importlib.resources import files

# The number of schema.sql. Change it with the schema: there are no migrations, an index with another
# number is made anew by `pincite rebuild`.
VERSION = 4


def schema() -> str:
    """The SQL that makes an empty index; its comments are the data dictionary."""
    return files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
