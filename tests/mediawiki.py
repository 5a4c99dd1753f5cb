"""A real MediaWiki for tests: Debian's package, SQLite, PHP's built-in server on loopback, pages of ours.

    with running_wiki(folder, {"Reef": "It is large."}, redirects={"The reef": "Reef"}) as wiki:
        wiki.api      # http://127.0.0.1:<port>/api.php

Everything it writes lies in `folder`. Needs `mediawiki`, `php-cli`, `php-sqlite3` (apt-get install).
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_SETTINGS_FILE = "LocalSettings.php"
_PLACES = (Path("/usr/share/mediawiki"), Path("/var/lib/mediawiki"))
_NEEDED = ("sqlite3", "pdo_sqlite", "mbstring", "xml", "intl")
REQUIRED = "PINCITE_REQUIRE_MEDIAWIKI"
_START_SECONDS = 30

# The installer's own file leaves the server's address to the command line; so does this one.
_SETTINGS = """
$wgServer = "http://127.0.0.1:{port}";
$wgScriptPath = "";
$wgArticlePath = "/wiki/$1";
$wgUsePathInfo = true;
$wgMainCacheType = CACHE_NONE;
$wgParserCacheType = CACHE_NONE;
$wgMessageCacheType = CACHE_NONE;
$wgLocalisationCacheConf["store"] = "file";
$wgCacheDirectory = "{folder}/cache";
$wgJobRunRate = 0;
$wgEnableUploads = false;
$wgShowExceptionDetails = true;
$wgUseFileCache = false;
wfLoadExtension("Cite");
"""
# PHP's built-in server knows no rewriting: this stands for Apache's.
_ROUTER = """<?php
$path = parse_url($_SERVER["REQUEST_URI"], PHP_URL_PATH);
$root = $_SERVER["DOCUMENT_ROOT"];
if (preg_match("#^/wiki/#", $path)) {
    $_SERVER["SCRIPT_NAME"] = "/index.php";
    $_SERVER["SCRIPT_FILENAME"] = "$root/index.php";
    $_SERVER["PHP_SELF"] = "/index.php";
    chdir($root);
    require "$root/index.php";
    return true;
}
return false;
"""


@dataclass(frozen=True)
class Wiki:
    """A wiki that runs: its API, and where its database lies."""

    api: str
    root: str
    database: Path

    def page(self, title: str) -> str:
        """The address of a page."""
        return f"{self.root}/wiki/{title.replace(' ', '_')}"

    def edit(self, title: str, text: str) -> None:
        """Give a page another text, as a new revision of now."""
        folder = self.database.parent.parent
        _php(folder, "edit.php", "--user", "Pincite test", title, text=text)
        _php(folder, "runJobs.php")

    def date(self, title: str, stamp: str, newest: bool = False) -> None:
        """Let the revisions of a page (or its newest alone) be of a date, as 14 digits."""
        with sqlite3.connect(self.database) as connection:
            changed = connection.execute(
                "UPDATE revision SET rev_timestamp = ? WHERE rev_page = (SELECT page_id FROM page"
                " WHERE page_title = ? AND page_namespace = 0) AND (? = 0 OR rev_id ="
                " (SELECT page_latest FROM page WHERE page_id = rev_page))",
                (stamp, title.replace(" ", "_"), newest),
            ).rowcount
        connection.close()
        assert changed, f"{title} is no page of this wiki"


def missing() -> str | None:
    """Why no MediaWiki can be run here, or None."""
    if _installed() is None:
        return "MediaWiki is not installed (apt-get install mediawiki)"
    if not (_installed() or Path()).joinpath("extensions", "Cite").is_dir():
        return "MediaWiki lacks its extension Cite, which Debian's package carries"
    if shutil.which("php") is None:
        return "PHP is not installed (apt-get install php-cli)"
    listed = subprocess.run(["php", "-m"], capture_output=True, text=True, check=False).stdout
    absent = [name for name in _NEEDED if name not in listed.lower().split()]
    return f"PHP lacks {', '.join(absent)} (apt-get install php-sqlite3 php-mbstring …)" if absent else None


def demand() -> None:
    """Skip the test where no MediaWiki can be run; fail it where `.ci/run` has promised one."""
    reason = missing()
    if reason and os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{REQUIRED}=1, but {reason}")
    if reason:
        pytest.skip(reason)


def _installed() -> Path | None:
    return next((place for place in _PLACES if (place / "maintenance" / "install.php").is_file()), None)


@contextmanager
def running_wiki(
    folder: Path,
    pages: Mapping[str, str],
    redirects: Mapping[str, str] | None = None,
    disambiguations: Sequence[str] = (),
) -> Iterator[Wiki]:
    """A wiki with these pages (title to wikitext) for as long as the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    database = _install(folder, port)
    texts = dict(pages) | {old: f"#REDIRECT [[{new}]]" for old, new in (redirects or {}).items()}
    for title, text in texts.items():
        _php(folder, "edit.php", "--user", "Pincite test", title, text=text)
    # Search and page links are filled by jobs; run them now, not in some page view.
    _php(folder, "runJobs.php")
    _mark_disambiguations(database, disambiguations)
    (folder / "router.php").write_text(_ROUTER, "utf-8")
    command = ["php", "-S", f"127.0.0.1:{port}", "-t", str(_installed()), str(folder / "router.php")]
    # Several workers: an ingest asks for several pages at once.
    environment = _environment(folder) | {"PHP_CLI_SERVER_WORKERS": "4"}
    with (folder / "php.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/api.php?action=query&meta=siteinfo&format=json", server, folder / "php.log")
            yield Wiki(f"{address}/api.php", address, database)
        finally:
            _stop(server)


def _install(folder: Path, port: int) -> Path:
    _php(
        folder, "install.php", "--confpath", str(folder), "--dbtype", "sqlite", "--dbname", "wiki",
        "--dbpath", str(folder / "data"), "--server", f"http://127.0.0.1:{port}", "--scriptpath", "",
        "--lang", "en", "--pass", "a-password-for-tests-only", "Pincite test wiki", "Pincite test",
    )  # fmt: skip
    (folder / "cache").mkdir()
    with (folder / _SETTINGS_FILE).open("a", encoding="utf-8") as settings:
        settings.write(_SETTINGS.replace("{port}", str(port)).replace("{folder}", str(folder)))
    return folder / "data" / "wiki.sqlite"


def _mark_disambiguations(database: Path, titles: Sequence[str]) -> None:
    """What the extension Disambiguator, which Debian leaves out, writes for {{disambiguation}}."""
    with sqlite3.connect(database) as connection:
        for title in titles:
            connection.execute(
                "INSERT INTO page_props (pp_page, pp_propname, pp_value)"
                " SELECT page_id, 'disambiguation', '' FROM page WHERE page_title = ? AND page_namespace = 0",
                (title.replace(" ", "_"),),
            )
    connection.close()


def _environment(folder: Path) -> dict[str, str]:
    """Debian's own files are used where they lie; only the settings are ours, and never the machine's."""
    places = {"MW_INSTALL_PATH": str(_installed()), "MW_CONFIG_FILE": str(folder / _SETTINGS_FILE)}
    return os.environ | places


def _php(folder: Path, script: str, *arguments: str, text: str | None = None) -> None:
    command = ["php", f"{_installed()}/maintenance/{script}", *arguments]
    done = subprocess.run(
        command, env=_environment(folder), input=text, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"{script} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            if server.poll() is not None:
                break
        time.sleep(0.1)
    raise AssertionError(f"the wiki did not answer at {address}:\n{log.read_text('utf-8')[-2000:]}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """End the server and its workers: they are a process group of their own."""
    try:
        os.killpg(server.pid, 15)
        server.wait(timeout=10)
    except ProcessLookupError:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, 9)
        server.wait(timeout=10)
