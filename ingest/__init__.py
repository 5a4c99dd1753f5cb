"""From an address or a file to records in an archive: fetching, extraction, citations, evidence, commands."""
