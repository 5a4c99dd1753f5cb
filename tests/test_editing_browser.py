"""The forms in a real Chromium: filled in by keyboard, with and without a script, wide and narrow."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.index import read
from tests.browser import opened_page, violations
from tests.serving import serving
from tests.site_archive import Archive, build
from tests.source_tree import ROOT

OPERATOR = "Harbour Library"
WAYS = pytest.mark.parametrize(
    ("width", "script"), [(1280, True), (1280, False), (360, True), (360, False)], ids=str
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("by-keyboard")
    (folder / "pincite.toml").write_text(f'operator = "{OPERATOR}"\n', encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="module")
def entrance(archive: Archive) -> Iterator[str]:
    """The address that lets the writer in."""
    with serving(archive.folder, "--edit", cwd=ROOT) as (_, said):
        entered = re.search(r"open (http\S+)", said())
        assert entered
        yield entered[1]


def typed(page: Page, action: str, *words: str) -> None:
    """Fill in a form as somebody without a mouse does: from its first field on with Tab, sent with Enter."""
    form = page.locator(f'form.edit[action="/-/pincite/{action}"]').first
    fields = "input:not([type=hidden]), select, textarea, button"
    form.locator(fields).first.focus()
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    button = form.locator("button")
    # A field for a day is several stops.
    for _ in range(8):
        if button.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    sent(page)


def shown(page: Page, path: str) -> None:
    """Open a page of the archive."""
    page.goto(re.sub(r"(://[^/]+).*", rf"\1{path}", page.url))


@WAYS
def test_a_thing_is_ordered_and_corrected_by_keyboard(
    browser: Browser, entrance: str, archive: Archive, width: int, script: bool
) -> None:
    mark, port = f"{width} {script}", archive.snapshots["port"].id
    with opened_page(browser, width, script=script) as page:
        page.goto(entrance)
        shown(page, f"/said/{port}")
        typed(page, "tag", f"tag {mark}")
        expect(page.get_by_role("list", name="Tags")).to_contain_text(f"tag {mark}")
        typed(page, "collect", f"thesis {mark}")
        expect(page.get_by_role("list", name="Collections")).to_contain_text(f"thesis {mark}")
        typed(page, "note", f"seen {mark}")
        expect(page.get_by_text(f"seen {mark}")).to_be_visible()
        page.locator("summary", has_text="Correct it").focus()
        page.keyboard.press("Enter")
        page.get_by_role("textbox", name="Title").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(f"Condition {mark}")
        sent(page)
        expect(page.get_by_role("main")).to_contain_text(f"Condition {mark}")
        shown(page, f"/collection/thesis%20{width}%20{script}")
        typed(page, "collect", archive.snapshots["harbour"].id)
        expect(page.get_by_role("main")).to_contain_text("2 snapshots")
    with closing(read.connect(archive.index)) as index:
        assert {one.creator for one in read.tags_on(index, port)} == {OPERATOR}


@WAYS
def test_a_claim_is_judged_and_a_source_restricted_by_keyboard(
    browser: Browser, entrance: str, archive: Archive, width: int, script: bool
) -> None:
    mark, evidence = f"{width} {script}", archive.reading.evidence[1]
    with opened_page(browser, width, script=script) as page:
        page.goto(entrance)
        shown(page, f"/evidence/{evidence.id}")
        judge(page, evidence.id, f"of the port, {mark}")
        expect(page.get_by_role("main")).to_contain_text(f"in part – of the port, {mark}")
        shown(page, f"/claim/{evidence.claim}")
        page.locator("summary", has_text="No source").first.focus()
        page.keyboard.press("Enter")
        page.locator("details[open] form.edit input:not([type=hidden])").first.focus()
        page.keyboard.type(f"nothing, {mark}")
        sent(page)
        expect(page.get_by_role("main")).to_contain_text(f"nothing, {mark}")
        shown(page, f"/said/{archive.snapshots['hostile'].id}")
        typed(page, "restrict", f"asked {mark}")
        expect(page.get_by_role("heading", name="Restricted")).to_be_visible()
        typed(page, "unrestrict", f"no more {mark}")
        expect(page.get_by_role("heading", name="Restriction")).to_be_visible()


def sent(page: Page) -> None:
    """Send the form that is being filled in."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def judge(page: Page, evidence: str, why: str) -> None:
    """Choose a verdict with the arrow keys, say why, and send it."""
    form = page.locator(f"form.edit:has(input[value='{evidence}'])").first
    form.locator("select").focus()
    page.keyboard.type("supports the claim in")
    page.keyboard.press("Tab")
    page.keyboard.type(why)
    sent(page)


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_pages_with_forms(
    browser: Browser, entrance: str, archive: Archive, width: int
) -> None:
    paths: list[str] = [
        f"/said/{archive.snapshots['port'].id}",
        f"/said/{archive.reading.claims[0].id}",
        f"/evidence/{archive.reading.evidence[0].id}",
        f"/article/{archive.snapshots['article'].id}?claim={archive.reading.claims[0].id}",
        "/collections",
    ]
    found: dict[str, list[str]] = {}
    with opened_page(browser, width) as page:
        page.goto(entrance)
        for path in paths:
            shown(page, path)
            found[path] = violations(page)
            if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
                found[path].append("has to be scrolled sideways for")
            if width == 1280:
                page.emulate_media(color_scheme="dark")
                found[path] += violations(page, "color-contrast")
                page.emulate_media(color_scheme="light")
    assert {path: said for path, said in found.items() if said} == {}
