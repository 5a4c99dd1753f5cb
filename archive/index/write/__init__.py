"""Writing the index: facts of WARC files into SQLite by one conditional upsert. The face of this folder."""

from archive.index.write.folding import FileReport, Folding, FoldReport, Progress, fold_names
from archive.index.write.rebuilding import rebuild

__all__ = ["FileReport", "FoldReport", "Folding", "Progress", "fold_names", "rebuild"]
