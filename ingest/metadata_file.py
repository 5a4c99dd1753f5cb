"""Where `metadata.yml` lies: beside the checkout it belongs to, or where the wheel has put it."""

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from archive.errors import SettingsError

_NAME = "metadata.yml"


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
