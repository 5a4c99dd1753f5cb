"""What Datasette is told of an archive: our `metadata.yml`, and over it what the archive's keeper says.

Ours lies beside the checkout that it belongs to, or where the wheel has put it. The keeper's is
ARCHIVE/metadata.yml (or .yaml, .json): who may log in and edit, settings of other plug-ins, other words.
"""

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from archive.errors import SettingsError
from ingest.yaml_file import parse_yaml

_NAME = "metadata.yml"
_KEEPERS = (_NAME, "metadata.yaml", "metadata.json")


def metadata_file() -> Path:
    """Return the path of Datasette's metadata file: the checkout's own, else the installed one."""
    top = Path(__file__).resolve().parent.parent
    # An editable installation has a copy too, of the day it was made: the checkout's own comes first.
    if (top / "pyproject.toml").is_file() and (top / _NAME).is_file():
        return top / _NAME
    for path in _installed():
        if path.is_file():
            return path
    raise SettingsError(f"{_NAME} is missing from this installation: install pincite anew")


def _installed() -> list[Path]:
    try:
        listed = files("pincite") or []
    except PackageNotFoundError:
        return []
    return [Path(str(file.locate())) for file in listed if file.parts[-2:] == ("pincite", _NAME)]


def merged_metadata(folder: Path) -> str | None:
    """Our metadata with that of an archive's folder over it, as JSON; None where the folder has none.

    :raises SettingsError: it cannot be read, or says something else than names and values.
    """
    kept = [folder / name for name in _KEEPERS if (folder / name).is_file()]
    if not kept:
        return None
    if len(kept) > 1:
        raise SettingsError(f"{kept[0]} and {kept[1]} are both there: keep one of them")
    ours = _read(metadata_file())
    return json.dumps(overlaid(ours, _read(kept[0])), ensure_ascii=False)


def _read(path: Path) -> Mapping[str, object]:
    try:
        said = parse_yaml(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    if not isinstance(said, Mapping):
        raise SettingsError(f"{path}: expected names with values, found {str(said)[:80]!r}")
    return said


def overlaid(under: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """Two trees of names as one; where both have a value that of the second counts.

    >>> overlaid({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"c": 3}, "d": [2]})
    {'a': {'b': 1, 'c': 3}, 'd': [2]}
    """
    made = dict(under)
    for name, value in over.items():
        below = made.get(name)
        both = isinstance(value, Mapping) and isinstance(below, Mapping)
        made[name] = overlaid(below, value) if both else value  # type: ignore[arg-type]
    return made
