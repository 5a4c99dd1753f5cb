"""Citing in a real Chromium: one click copies, selected words get their address, nothing needs a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.model import grouped
from tests.browser import opened_page
from tests.serving import served
from tests.site_archive import Archive, build
from tests.site_story import BUDGET, HOSTILE

BASE = "https://archive.example.edu"
# Selects from the first letter of one phrase to the last of another, as dragging would: text node by node.
SELECT = """([first, last]) => {
  const walker = document.createTreeWalker(document.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let began = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(first), end = node.data.indexOf(last);
    if (!began && start >= 0) { range.setStart(node, start); began = true; }
    if (began && end >= 0) { range.setEnd(node, end + last.length); break; }
  }
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("cited")
    (folder / "pincite.toml").write_text(f'base-url = "{BASE}"\n', encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="module")
def base(archive: Archive) -> Iterator[str]:
    with served(archive.folder, cwd=Path(__file__).parents[1]) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened_page(browser) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def test_one_click_copies(page: Page, base: str, archive: Archive) -> None:
    page.goto(f"{base}/snapshot/{archive.snapshots['article'].id}")
    for name, form in (
        ("BibTeX", "@misc{"),
        ("Wikipedia", "{{cite web"),
        ("APA", "Ferreira, I., & Baker, T."),
    ):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("status").first).to_have_text(f"{name} copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(form) and f"{BASE}/{grouped(archive.snapshots['article'].id)}" in copied


def test_without_a_clipboard_the_words_are_selected(page: Page, base: str, archive: Archive) -> None:
    """As on a site without https: there is no navigator.clipboard."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{base}/claim/{archive.reading.claims[0].id}")
    page.get_by_role("button", name="RIS", exact=True).click()
    assert str(page.evaluate("document.getSelection().toString()")).startswith("TY  - ELEC")


@pytest.mark.parametrize(
    ("name", "body", "first", "last"),
    [
        ("budget", BUDGET, "The cost", "fund."),
        ("budget", BUDGET, "An earlier", "eleven days."),
        ("hostile", HOSTILE, "הים", "החומה"),
        ("hostile", HOSTILE, "<script>", "all night."),
    ],
)
def test_selected_words_get_their_address(
    page: Page, base: str, archive: Archive, name: str, body: str, first: str, last: str
) -> None:
    text = archive.texts[name].id
    page.goto(f"{base}/text/{text}")
    page.evaluate(SELECT, [first, last])
    start, end = body.index(first), body.index(last) + len(last)
    link = page.locator(".picked a")
    expect(link).to_have_attribute("href", f"/passage/{text}/{start}-{end}#passage")
    page.get_by_role("button", name="Copy address").click()
    printed = page.evaluate("navigator.clipboard.readText()")
    assert printed == f"{BASE}/passage/{grouped(text)}/{start}-{end}"
    link.click()
    page.wait_for_url(f"**/passage/{text}/{start}-{end}*")
    shown = "".join(page.locator("article mark").all_inner_texts())
    assert "".join(shown.split()) == "".join(body[start:end].split())


def test_offsets_are_code_points_whatever_stands_before(page: Page, base: str, archive: Archive) -> None:
    """Letters of two UTF-16 units, marks on letters, both directions: counted as Python counts them."""
    words = "🪸👩‍🔬 e\u0301 שָׁלוֹם 𝔸 "
    page.goto(f"{base}/text/{archive.texts['budget'].id}")
    page.evaluate("words => document.querySelector('[data-start]').firstChild.insertData(0, words)", words)
    page.evaluate(SELECT, ["2026", "2026"])
    start = len(words) + BUDGET.index("2026")
    expect(page.locator(".picked a")).to_have_attribute(
        "href", f"/passage/{archive.texts['budget'].id}/{start}-{start + 4}#passage"
    )


def test_nothing_selected_offers_nothing(page: Page, base: str, archive: Archive) -> None:
    page.goto(f"{base}/text/{archive.texts['budget'].id}")
    page.evaluate(SELECT, ["Stone.", "again."])
    expect(page.locator(".picked")).to_be_visible()
    page.evaluate("document.getSelection().removeAllRanges()")
    expect(page.locator(".picked")).to_be_hidden()


def test_data_for_machines_breaks_no_policy_and_runs_nothing(page: Page, base: str, archive: Archive) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for name in ("article", "hostile"):
        page.goto(f"{base}/snapshot/{archive.snapshots[name].id}")
        assert (
            page.evaluate("JSON.parse(document.querySelector('[type*=ld]').textContent)['@type']")
            == "WebPage"
        )
    assert said == []


def test_without_a_script_every_form_can_be_selected(browser: Browser, base: str, archive: Archive) -> None:
    with opened_page(browser, width=360, script=False) as page:
        page.goto(f"{base}/snapshot/{archive.snapshots['article'].id}")
        page.locator("summary", has_text="Every form").click()
        assert page.get_by_label("Chicago").input_value().startswith("Ferreira, Ines, and Tom Baker.")
        assert page.locator(".copy").count() == 0
        page.goto(f"{base}/text/{archive.texts['hostile'].id}")
        page.get_by_role("link", name="Address of this paragraph").nth(1).click()
        assert "Cite this passage" in page.content()
