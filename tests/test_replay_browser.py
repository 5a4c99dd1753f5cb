"""The page view in a real Chromium: it looks as it did, and a hostile page does nothing and asks nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archive.replay import PASSAGE
from tests.browser import opened_page, violations
from tests.replay_archive import BODY, WORDS, Held, build
from tests.serving import served
from tests.web import Web


@pytest.fixture(scope="module")
def canary() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, canary: Web) -> Held:
    folder = tmp_path_factory.mktemp("replayed")
    (folder / "pincite.toml").write_text('operator = "Harbour Library"\n', encoding="utf-8")
    return build(folder, canary.url())


@pytest.fixture(scope="module")
def base(archive: Held) -> Iterator[str]:
    with served(archive.folder, cwd=Path(__file__).parents[1]) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened_page(browser) as page:
        yield page


def watched(page: Page) -> tuple[list[str], list[str]]:
    """What a page asks for from now on, and what happens in it that must not."""
    asked, happened = list[str](), list[str]()

    def dialog(shown: object) -> None:
        happened.append("a dialog")
        shown.dismiss()  # type: ignore[attr-defined]

    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", dialog)
    page.on("popup", lambda _: happened.append("a window"))
    page.on("download", lambda _: happened.append("a download"))
    page.on("worker", lambda _: happened.append("a worker"))
    return asked, happened


def test_a_hostile_page_does_nothing_and_asks_nobody(
    page: Page, base: str, archive: Held, canary: Web
) -> None:
    asked, happened = watched(page)
    page.goto(base + archive.at("hostile"), wait_until="networkidle")
    shown = page.frames[1]
    assert shown.url == base + archive.at("hostile", "/frame")
    left = shown.locator("script, iframe, object, embed, base, meta[http-equiv], link:not([rel=stylesheet])")
    assert left.count() == 0
    for name in ("onload", "onerror", "onclick", "formaction", "action", "srcdoc", "ping"):
        assert shown.locator(f"[{name}]").count() == 0, name
    assert shown.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    assert happened == [] and canary.calls == []


def test_the_frame_alone_is_safe_too(page: Page, base: str, archive: Held, canary: Web) -> None:
    """Asked for as an old browser asks, without word of what for: the policy is the second wall."""
    asked, happened = watched(page)
    page.route("**/frame", lambda route: route.fulfill(response=route.fetch(headers={"Accept": "text/html"})))
    page.goto(base + archive.at("hostile", "/frame"), wait_until="networkidle")
    assert page.url.endswith("/frame") and page.evaluate("origin") == "null"
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    assert happened == [] and canary.calls == []


def test_a_page_looks_as_it_did(page: Page, base: str, archive: Held) -> None:
    page.goto(base + archive.at("page"), wait_until="networkidle")
    shown = page.frames[1]
    style = "getComputedStyle(document.querySelector('{}')).{}"
    assert shown.evaluate(style.format("h1", "color")) == "rgb(1, 2, 3)"
    assert shown.evaluate(style.format("h1", "textAlign")) == "right", "a sheet imported by a sheet"
    assert shown.evaluate(style.format("body", "marginTop")) == "7px", "a sheet imported by a style element"
    seen = "[...document.images].map(one => [one.alt, one.naturalWidth > 0, one.offsetWidth > 0])"
    assert shown.evaluate(seen) == [
        ["red", True, True],
        ["the lost picture", False, True],
        ["box", True, True],
        ["a page that says it is a picture", False, True],
    ]
    assert "Frame, not shown: https://video.example/1" in shown.locator("body").inner_text()


def test_links_lead_to_the_page_view_of_the_other_page(page: Page, base: str, archive: Held) -> None:
    page.goto(base + archive.at("page"), wait_until="networkidle")
    page.frames[1].locator("#other").click()
    page.wait_for_url(base + archive.at("other"))
    assert page.frame_locator("iframe").locator("h1").inner_text() == "The other page"
    page.goto(base + archive.at("page"), wait_until="networkidle")
    page.frames[1].locator("#gone").click()
    page.locator("text=The page that this link leads to is not in this archive.").wait_for()


def test_the_frames_address_leads_back_to_the_banner(page: Page, base: str, archive: Held) -> None:
    page.goto(base + archive.at("page", "/frame"), wait_until="networkidle")
    assert page.url == base + archive.at("page")


def test_a_cited_passage_is_marked_and_scrolled_to(page: Page, base: str, archive: Held) -> None:
    start = BODY.index(WORDS)
    page.goto(
        f"{base}{archive.at('page')}?passage={archive.text.id}/{start}-{start + len(WORDS)}",
        wait_until="networkidle",
    )
    assert page.frames[1].locator(f"#{PASSAGE}").bounding_box() is not None
    assert "".join(page.frames[1].locator("mark").all_inner_texts()).replace(" ", "") == WORDS.replace(
        " ", ""
    )


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["page", "pdf", "moved"])
def test_axe_finds_nothing_on_our_page_around_it(
    browser: Browser, base: str, archive: Held, width: int, name: str
) -> None:
    with opened_page(browser, width) as page:
        page.goto(base + archive.at(name), wait_until="networkidle")
        found = violations(page)
        page.emulate_media(color_scheme="dark")
        assert found + violations(page, "color-contrast") == []
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide
