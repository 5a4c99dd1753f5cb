"""The site in a real Chromium: nobody is kept from any page, and no page asks anybody but the archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import opened_page, violations
from tests.serving import served
from tests.site_archive import Archive, build

# A page of each kind; {names} are those of the site's test archive.
PAGES = (
    "/",
    "/search?q=stone",
    "/sources",
    "/lost",
    "/article/{article}",
    "/article/{article}?claim={claim}",
    "/snapshot/{budget}",
    "/snapshot/{first-hop}",
    "/snapshot/{later}",
    "/snapshot/{later}/visits",
    "/snapshot/{harbour}/diff/{later}",
    "/snapshot/{port}/text",
    "/snapshot/{port}/cite",
    "/article/{article}/bibliography",
    "/passage/{text}/{span}",
    "/claim/{claim}",
    "/evidence/{evidence}",
    "/citation/{citation}",
    "/record/{failure}",
    "/no-such-page",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("browsed")
    (folder / "pincite.toml").write_text('operator = "Harbour Library"\n', encoding="utf-8")
    return build(folder, revisited=True)


@pytest.fixture(scope="module")
def base(archive: Archive) -> Iterator[str]:
    with served(archive.folder, cwd=Path(__file__).parents[1]) as address:
        yield address


def filled(address: str, archive: Archive) -> str:
    """An address with the ids that its names stand for."""
    reading = archive.reading
    return address.format(
        **{name: snapshot.id for name, snapshot in archive.snapshots.items()},
        claim=reading.claims[5].id,
        evidence=reading.evidence[0].id,
        text=reading.evidence[0].text,
        span=f"{reading.evidence[0].passage.start}-{reading.evidence[0].passage.end}",
        citation=archive.citations["none"].id,
        failure=archive.failure.id,
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_any_page(browser: Browser, base: str, archive: Archive, width: int) -> None:
    found, asked = {}, set()
    with opened_page(browser, width) as page:
        page.on("request", lambda request: asked.add(request.url))
        for address in PAGES:
            page.emulate_media(color_scheme="light")
            page.goto(base + filled(address, archive))
            light = violations(page)
            page.emulate_media(color_scheme="dark")
            found[address] = light + violations(page, "color-contrast")
    assert {address: said for address, said in found.items() if said} == {}
    assert [url for url in asked if not url.startswith(base)] == []
