"""The two PDF documents of the demo's web, written here: one printed, with page labels, and one scanned."""

import textwrap
import zlib
from dataclasses import dataclass

_A4 = "[0 0 595 842]"


@dataclass(frozen=True)
class _Page:
    """One page: what is drawn on it, and what the drawing needs."""

    drawing: bytes
    resources: str


def census() -> bytes:
    """Return the printed report: a title page labelled ``i``, then pages ``1`` and ``2``."""
    pages = [_Page(_typeset(paragraphs), "<< /Font << /F1 3 0 R >> >>") for paragraphs in _CENSUS]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    labels = "<< /Nums [0 << /S /r >> 1 << /S /D >>] >>"
    information = "/Title (Census of the storm petrel colony 2023) /Author (Island Bird Group)"
    return _document(pages, font, labels, f"<< {information} /CreationDate (D:20231118120000Z) >>")


def scanned_map() -> bytes:
    """Return a sheet that was laid on a scanner: a picture of a map, and no text at all."""
    pixels = b"".join(_map_row(y) for y in range(_HEIGHT))
    picture = zlib.compress(pixels, 9)
    head = f"<< /Type /XObject /Subtype /Image /Width {_WIDTH} /Height {_HEIGHT} /ColorSpace /DeviceGray"
    image = f"{head} /BitsPerComponent 1 /Filter /FlateDecode /Length {len(picture)} >>".encode()
    page = _Page(b"q 480 0 0 640 57 101 cm /Im1 Do Q", "<< /XObject << /Im1 3 0 R >> >>")
    return _document([page], image + b"\nstream\n" + picture + b"\nendstream", "<< /Nums [0 << /S /D >>] >>")


_CENSUS = (
    (
        "Census of the storm petrel colony 2023",
        "Island Bird Group, Ardle Bay",
        "This report gives the results of the fifth census since the harbour lamps were switched off at "
        "night. It was carried out by thirty-four volunteers between May and October 2023.",
    ),
    (
        "Stranded birds",
        "In every autumn since 2012 volunteers have walked the quay at dawn and collected the birds that "
        "could not take off again. All were weighed, ringed and released from the breakwater after dark.",
        "In the autumn of 2018, the last one with lamps, volunteers picked up 214 stranded birds. In the "
        "autumn of 2019, the first dark one, they picked up 61. In 2023 they picked up 19.",
    ),
    (
        "Burrows",
        "Burrows were searched with a borescope and counted as occupied where an adult, an egg or a chick "
        "was seen. Occupied burrows on the two islands rose from 38 in 2019 to 127 in 2023.",
        "The near island had none in 2019 and twenty-six in 2023. We do not know how many of the birds "
        "were hatched here and how many came from other colonies.",
    ),
)

_WIDTH, _HEIGHT = 480, 640


def _map_row(y: int) -> bytes:
    """One row of black and white: two islands in a sea of white, inside a frame."""
    row = bytearray(_WIDTH // 8)
    for x in range(_WIDTH):
        frame = min(x, y, _WIDTH - 1 - x, _HEIGHT - 1 - y) < 4
        near = (x - 170) ** 2 * 2 + (y - 220) ** 2 < 90**2
        far = (x - 320) ** 2 + (y - 430) ** 2 * 2 < 110**2
        if not (frame or near or far):
            row[x // 8] |= 0x80 >> x % 8
    return bytes(row)


def _typeset(paragraphs: tuple[str, ...]) -> bytes:
    lines = [line for paragraph in paragraphs for line in (*textwrap.wrap(paragraph, 78), "")]
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F1 12 Tf 16 TL 72 760 Td {shown} ET".encode("cp1252")


def _document(pages: list[_Page], shared: bytes, labels: str, information: str = "<< >>") -> bytes:
    """Number the objects: catalogue 1, page tree 2, the shared one 3, information 4, then the pages."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /PageLabels {labels} /Lang (en) >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        shared,
        information.encode(),
    ]
    for n, page in enumerate(pages):
        place = f"/Parent 2 0 R /MediaBox {_A4} /Contents {6 + 2 * n} 0 R"
        objects.append(f"<< /Type /Page {place} /Resources {page.resources} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page.drawing), page.drawing))
    return _with_offsets(objects)


def _with_offsets(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)
