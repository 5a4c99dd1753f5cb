"""WACZ packages are read in place; what does not hold in them is named, and nothing is ever unpacked."""

import io
import zipfile
from pathlib import Path

import pytest

from archive.store import Store, imported_name
from archive.warc.record import Damage, Record, record_at, stored_records, wacz_records
from tests import warcs
from tests.warcs import gzipped, record, response, wacz

PAGES = ("pages/pages.jsonl", b'{"format": "json-pages-1.0"}\n')
GZIPPED = gzipped(record("warcinfo", b"software: x\r\n", uri=None), response(b"<p>one", number=2))
PLAIN = record(number=3, block=b"three") + record(number=4, block=b"four")
WHOLE = wacz([("archive/data.warc.gz", GZIPPED), PAGES, ("archive/more.warc", PLAIN)])


def read(content: bytes) -> tuple[list[Record], list[Damage]]:
    found = list(wacz_records(io.BytesIO(content), "test.wacz"))
    return [x for x in found if isinstance(x, Record)], [x for x in found if isinstance(x, Damage)]


def test_records_are_read_where_they_lie() -> None:
    found, damage = read(WHOLE)
    assert damage == []
    assert [r.id[-1] for r in found] == ["1", "2", "3", "4"]
    for item in found:
        stored = WHOLE[item.place.offset :][: item.place.length]
        assert stored.startswith((b"\x1f\x8b\x08", b"WARC/1.1"))
        again = record_at(io.BytesIO(WHOLE), item.place)
        assert (again.id, again.block_bytes(99)) == (item.id, item.block_bytes(99))


@pytest.mark.parametrize("where", ["folder", "memory"])
def test_a_stored_package_and_a_stored_file_are_told_apart_by_their_bytes(where: str, tmp_path: Path) -> None:
    store = Store(str(tmp_path) if where == "folder" else f"memory://{tmp_path.name}")
    for content, suffix in ((WHOLE, "warc.gz"), (GZIPPED, "wacz")):
        local = tmp_path / "x"
        local.write_bytes(content)
        store.put(local, name := imported_name(warcs.sha256(content)[7:], suffix))
        found = []
        for item in stored_records(store, name):
            assert isinstance(item, Record)
            assert item.place.file == name
            with store.open(name) as stream:
                assert record_at(stream, item.place).id == item.id
            found.append(item.block_bytes(5))
        assert len(found) == (4 if content is WHOLE else 2)


def test_a_compressed_file_has_no_places_and_is_named() -> None:
    found, damage = read(wacz([("archive/data.warc.gz", GZIPPED)], compression=zipfile.ZIP_DEFLATED))
    assert found == []
    assert [d.detail for d in damage] == [
        "archive/data.warc.gz is compressed in the package: its records have no place that could be read"
    ]


def test_an_encrypted_file_is_named() -> None:
    content = bytearray(wacz([("archive/data.warc.gz", GZIPPED)]))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.infolist()[0].filename == "archive/data.warc.gz"
    content[6] |= 1  # the flag in the local header, and in the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found, damage = read(bytes(content))
    assert found == []
    assert any("is encrypted" in d.detail for d in damage)


def test_a_wrong_hash_is_named_and_the_records_are_read() -> None:
    content = wacz([("archive/a.warc.gz", GZIPPED)], hashes={"archive/a.warc.gz": warcs.sha256(b"other")})
    found, [damage] = read(content)
    assert len(found) == 2
    assert damage.fault == "package-hash"
    assert "archive/a.warc.gz does not match its hash" in damage.detail


def test_a_changed_description_is_named() -> None:
    content = WHOLE.replace(b'"wacz_version": "1.1.1"', b'"wacz_version": "1.1.2"')
    _, damage = read(content)
    assert any("datapackage.json" in d.detail for d in damage)


@pytest.mark.parametrize(
    "name", ["../evil.warc", "/etc/evil.warc", "archive/../../evil.warc", "C:/evil.warc"]
)
def test_names_that_lead_outside_are_named_and_not_read(name: str, tmp_path: Path) -> None:
    found, damage = read(wacz([(name, PLAIN), ("archive/data.warc.gz", GZIPPED)]))
    assert [r.id[-1] for r in found] == ["1", "2"]
    assert any("leads out of the package" in d.detail for d in damage)
    assert list(tmp_path.iterdir()) == []


def test_two_files_of_one_name_are_named() -> None:
    out = io.BytesIO(WHOLE)
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("archive/more.warc", PLAIN)
    assert any("twice" in d.detail for d in read(out.getvalue())[1])


def test_a_file_that_the_description_does_not_name_is_named() -> None:
    out = io.BytesIO(WHOLE)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("archive/late.warc", record(number=9))
    found, [damage] = read(out.getvalue())
    assert found[-1].id[-1] == "9"
    assert "does not name 'archive/late.warc'" in damage.detail


@pytest.mark.parametrize(
    ("description", "words"),
    [
        (b"{", "cannot be read"),
        (b"[]", "no list of resources"),
        (b'{"resources": [{"name": "x"}]}', "a resource has no path"),
        (b'{"resources": [{"path": "archive/none.warc", "hash": "sha256:00"}]}', "is not in the package"),
        (b"\xff\xfe\xff", "cannot be read"),
    ],
)
def test_a_broken_description_is_named(description: bytes, words: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("archive/data.warc.gz", GZIPPED)
        package.writestr("datapackage.json", description)
    found, damage = read(out.getvalue())
    assert len(found) == 2
    assert any(words in d.detail for d in damage)


def test_a_package_without_description_or_warc_is_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", b"nothing")
    details = " ".join(d.detail for d in read(out.getvalue())[1])
    assert "no datapackage.json" in details
    assert "found none" in details


def test_a_cut_package_is_named() -> None:
    found, [damage] = read(WHOLE[: len(WHOLE) // 2])
    assert found == []
    assert "directory cannot be read" in damage.detail


def test_damage_within_a_package_has_its_place_in_the_package() -> None:
    broken = gzipped(record(number=1)) + b"garbage" + gzipped(record(number=2))
    content = wacz([PAGES, ("archive/data.warc.gz", broken)])
    found, [damage] = read(content)
    assert [r.id[-1] for r in found] == ["1", "2"]
    assert content[damage.offset :].startswith(b"garbage")
