"""Stored WARC and WACZ files as they are: only where nothing in the archive is hidden from whoever asks."""

from collections.abc import Mapping

from archive.errors import StoreError
from archive.index import read
from archive.index.read.pointers import stored_warc
from archive.site.answers import ARCHIVED, Answer, Missing, Site, Stream, headers
from archive.site.pages.raw import FOR_EVER
from archive.store import stated_sha256


def stored_file(site: Site, names: Mapping[str, str], _asked: Mapping[str, str]) -> Answer:
    """A whole file, or a range of it.

    The index names one file for each fact, but other files may hold it too, and readings quote what lies
    elsewhere: so as long as anything is restricted, no file is given out.

    :raises Missing: there is no such file, or it may hold what must not be shown.
    """
    name = names["name"]
    if stored_warc(site.index, name) is None:
        raise Missing(404, "Not in this archive", "No file of this name is in this archive.")
    if not site.publishing.shows_everything:
        said = "Stored files hold whole copies of others' pages, which are not shown to the public here."
        raise Missing(403, "Not shown to the public", said)
    if read.anything_restricted(site.index):
        said = "Something in this archive is restricted, and stored files are only given out whole."
        raise Missing(451, "Restricted", said, "Single snapshots have their bytes at /snapshot/<id>/raw.")
    try:
        file = site.store.open(name)
    except StoreError as error:
        raise Missing(500, "Cannot be read", f"The file cannot be read: {error}") from error
    sha256 = stated_sha256(name)
    said_headers = headers(_media(name), ARCHIVED) | {
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": FOR_EVER,
        "Content-Disposition": f'attachment; filename="{name.rpartition("/")[2]}"',
        "X-Robots-Tag": "noindex",
        "Vary": "",
    }
    if sha256:
        said_headers["ETag"] = f'"sha256:{sha256}"'
    return Answer(200, said_headers, b"", Stream(file, 0, site.store.size(name), file.close))


def _media(name: str) -> str:
    if name.endswith(".wacz"):
        return "application/wacz"
    return "application/gzip" if name.endswith(".gz") else "application/warc"
