"""`python -m ingest.cli`: the same as `pincite`."""

from ingest.cli import main

main()
