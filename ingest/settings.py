"""What an archive and a run are set to: one frozen Settings, from flags, environment and `pincite.toml`.

ARCHIVE/pincite.toml      base-url, former-base-urls, operator, contact, public_copies,
                          restrict-noarchive, semantic
ARCHIVE/warcs/<name>      the log
ARCHIVE/archive.db        the index
ARCHIVE/pending/<name>    written, not yet folded
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from archive import __version__
from archive.errors import NoArchive, SettingsError

FILE = "pincite.toml"
PROJECT = "https://github.com/pincite/pincite"
WIKIPEDIA = "https://en.wikipedia.org/w/api.php"
DOI_RESOLVER = "https://doi.org/"
SOFTWARE = f"pincite {__version__}"
_AGE = re.compile(r"^(\d+)([smhdw]?)$")
_SITE = re.compile(r"[^\s/:*@]+")
_UNIT = {"": "seconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_KEYS = (
    "base-url", "former-base-urls", "operator", "contact", "public_copies", "restrict-noarchive", "semantic",
)  # fmt: skip
EVERY_SITE = "*"


@dataclass(frozen=True, slots=True)
class Profile:
    """What `pincite.toml` says of an archive: its public address, who keeps it, and what anyone may see.

    ``public_copies``: sites (hosts) whose whole copies `serve --public` shows; ``EVERY_SITE`` for all.
    ``restrict_noarchive``: whether a page that says `noarchive` is restricted as it is captured.
    ``semantic``: a sentence encoder helps to tell whether a claim is in a source at all.
    """

    base_url: str = ""
    former_base_urls: tuple[str, ...] = ()
    operator: str = ""
    contact: str = ""
    public_copies: tuple[str, ...] = ()
    restrict_noarchive: bool = False
    semantic: bool = False

    def moved_to(self, base_url: str) -> "Profile":
        """The same archive at another public address; the one before is remembered."""
        base_url = base_url.rstrip("/")
        former = [url for url in (*self.former_base_urls, self.base_url) if url and url != base_url]
        return replace(self, base_url=base_url, former_base_urls=tuple(dict.fromkeys(former)))


@dataclass(frozen=True, slots=True)
class Archive:
    """Where an archive lies: the store's folder or URL, the index file, and its profile."""

    store: str
    index: Path
    profile: Profile

    @property
    def creator(self) -> str:
        """Who a person's records are by, where the command line does not say."""
        return self.profile.operator or "the operator of this archive"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run goes: what may be reached, how much at once, how old a snapshot may be.

    ``max_age``: None takes any good snapshot, imported ones too; zero always captures.
    ``resolver``: a MediaWiki API, or None to ask nobody, plug-ins neither.
    ``doi_resolver``: the address before a DOI that leads to its page.
    ``encoder``: an operator's own sentence encoder, a Python file.
    """

    jobs: int = 8
    max_age: timedelta | None = timedelta(days=1)
    allow_private: tuple[IPv4Network | IPv6Network, ...] = ()
    obey_robots: bool = False
    requisites: bool = True
    resolver: str | None = WIKIPEDIA
    doi_resolver: str = DOI_RESOLVER
    ca_file: Path | None = None
    semantic: bool = False
    encoder: Path | None = None
    # A page of 30,000 links would otherwise send us to 30,000 hosts; long reference lists have hundreds.
    most_addresses: int = 1000


def user_agent(profile: Profile) -> str:
    """Who asks: Wikimedia and others refuse a client that gives no address to complain to."""
    contact = f"; {profile.contact}" if profile.contact else ""
    said = f"Pincite/{__version__} (+{PROJECT}{contact})"
    # A line break in a setting must not become a header field of its own.
    return "".join(symbol if " " <= symbol <= "~" else "?" for symbol in said)


def locate(named: str | None, start: Path, index: Path | None = None) -> Archive:
    """The archive that is named, or the one at or above a folder, as git finds its own.

    :raises NoArchive: there is none.
    """
    if named and "://" in named:
        if index is None:
            raise SettingsError(f"{named} keeps only the WARC files: say with --index where the index lies")
        return Archive(named, index, read_profile(index.parent))
    if named:
        folder = Path(named)
        if not (folder / FILE).is_file():
            raise NoArchive(str(folder))
        return opened(folder, index)
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return opened(folder, index)
    raise NoArchive(str(start))


def opened(folder: Path, index: Path | None = None) -> Archive:
    """The archive in this very folder."""
    return Archive(str(folder), index or folder / "archive.db", read_profile(folder))


def create(folder: Path, profile: Profile) -> Archive:
    """A new archive in a folder, or a changed profile of the one that is there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "warcs").mkdir(exist_ok=True)
        write_profile(folder, profile)
    except OSError as error:
        raise SettingsError(f"{folder} cannot be made an archive: {error.strerror}") from error
    return opened(folder)


def read_profile(folder: Path) -> Profile:
    """The profile that a folder's `pincite.toml` holds; an absent file is an empty one.

    :raises SettingsError: it is not TOML, or holds something that is not known.
    """
    path = folder / FILE
    try:
        said = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    unknown = sorted(set(said) - set(_KEYS))
    if unknown:
        raise SettingsError(f"{path} has {unknown[0]!r}, which is no setting; there are {', '.join(_KEYS)}")
    former = said.get("former-base-urls", [])
    if not isinstance(former, list):
        raise SettingsError(f"{path}: former-base-urls is a list of addresses, found {former!r}")
    return Profile(
        _word(said, "base-url", path), tuple(str(url) for url in former),
        _word(said, "operator", path), _word(said, "contact", path),
        _sites(said.get("public_copies", False), path), _switch(said, "restrict-noarchive", path),
        _switch(said, "semantic", path),
    )  # fmt: skip


def _sites(value: object, path: Path) -> tuple[str, ...]:
    if isinstance(value, bool):
        return (EVERY_SITE,) if value else ()
    named = isinstance(value, list) and all(isinstance(one, str) and _SITE.fullmatch(one) for one in value)
    if not named:
        raise SettingsError(
            f'{path}: public_copies is true, false, or a list of sites such as ["example.org"]; '
            f"found {value!r}"
        )
    assert isinstance(value, list)
    return tuple(one.lower().removeprefix("www.") for one in value)


def _switch(said: Mapping[str, object], key: str, path: Path) -> bool:
    value = said.get(key, False)
    if not isinstance(value, bool):
        raise SettingsError(f"{path}: {key} is true or false, found {value!r}")
    return value


def _word(said: Mapping[str, object], key: str, path: Path) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise SettingsError(f'{path}: {key} is text in quotes, found {value!r}; write {key} = "…"')
    return value


def write_profile(folder: Path, profile: Profile) -> None:
    """Put the profile in place at once, so that a reader never sees half of it."""
    lines = [
        "# An archive of Pincite. The WARC files are the archive; the rest can be made anew.",
        "# base-url: the public address that citations print; the former ones still lead here.",
        f"base-url = {_quoted(profile.base_url)}",
        f"former-base-urls = [{', '.join(_quoted(url) for url in profile.former_base_urls)}]",
        "# operator and contact: said to every site that is visited, and in every WARC file.",
        f"operator = {_quoted(profile.operator)}",
        f"contact = {_quoted(profile.contact)}",
        "# public_copies: what `serve --public` shows whole copies of: true (all), false, or sites.",
        f"public_copies = {_copies(profile.public_copies)}",
        "# restrict-noarchive: whether a page that says `noarchive` is restricted as it is captured.",
        f"restrict-noarchive = {'true' if profile.restrict_noarchive else 'false'}",
        "# semantic: a sentence encoder helps to find passages; needs pip install 'pincite[semantic]'.",
        f"semantic = {str(profile.semantic).lower()}",
    ]
    beside = folder / (FILE + ".new")
    beside.write_text("\n".join(lines) + "\n", "utf-8")
    beside.replace(folder / FILE)


def _copies(sites: tuple[str, ...]) -> str:
    if not sites or EVERY_SITE in sites:
        return "true" if sites else "false"
    return f"[{', '.join(_quoted(site) for site in sites)}]"


def _quoted(value: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def parse_age(written: str) -> timedelta | None:
    """``1d``, ``12h``, ``30m``, ``0``; ``any`` is None.

    :raises SettingsError: something else.
    """
    if written == "any":
        return None
    match = _AGE.match(written)
    if not match:
        raise SettingsError(f"{written!r} is no age: write 0, 30m, 12h, 1d, 2w or any")
    try:
        return timedelta(**{_UNIT[match[2]]: int(match[1])})
    except OverflowError as error:
        raise SettingsError(f"{written!r} is longer than any archive is old: write any") from error


def parse_network(written: str) -> IPv4Network | IPv6Network:
    """A network such as ``127.0.0.0/8``; a single address is one too.

    :raises SettingsError: something else.
    """
    try:
        return ip_network(written, strict=False)
    except ValueError as error:
        raise SettingsError(f"{written!r} is no network: write something like 192.168.1.0/24") from error
