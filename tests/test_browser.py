"""The site in a real Chromium: nobody is kept from any page, and no page asks anybody but the archive."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import opened_page, violations
from tests.long_article import written_long
from tests.serving import served
from tests.site_archive import Archive, build
from tests.source_tree import ROOT

# A page of each kind; {names} are those of the site's test archive.
PAGES = (
    "/",
    "/search?q=stone",
    "/sources",
    "/lost",
    "/article/{article}",
    "/article/{article}?claim={claim}",
    "/article/{article}?show=differs",
    "/article/{article}?claim={claim}&part=card",
    "/snapshot/{budget}",
    "/snapshot/{first-hop}",
    "/snapshot/{later}",
    "/snapshot/{later}/visits",
    "/snapshot/{harbour}/diff/{later}",
    "/snapshot/{port}/text",
    "/snapshot/{article}/page",
    "/text/{text}",
    "/article/{article}/review",
    "/lookup?url=https://harbour.example/history",
    "/reading/{reading}",
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
    with served(archive.folder, cwd=ROOT) as address:
        yield address


def filled(address: str, archive: Archive) -> str:
    """An address with the ids that its names stand for."""
    reading = archive.reading
    return address.format(
        **{name: snapshot.id for name, snapshot in archive.snapshots.items()},
        reading=reading.id,
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
            found[address] = violations(page)
            # The widths have the same colours.
            if width == 1280:
                page.emulate_media(color_scheme="dark")
                found[address] += violations(page, "color-contrast")
    assert {address: said for address, said in found.items() if said} == {}
    assert [url for url in asked if not url.startswith(base)] == []


WIDTHS = pytest.mark.parametrize("width", [1280, 360])


def focused(page: Page) -> str:
    """The id of what has the focus."""
    found: str = page.evaluate("document.activeElement.id")
    return found


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways for."""
    held: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return held


@WIDTHS
def test_an_article_is_read_by_keyboard(browser: Browser, base: str, archive: Archive, width: int) -> None:
    first, second = (archive.reading.claims[n].id for n in (0, 1))
    with opened_page(browser, width) as page:
        page.goto(base + filled("/article/{article}", archive))
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert focused(page) == "main"
        page.keyboard.press("n")
        expect(page.locator(f"#c-{first}")).to_be_visible()
        assert focused(page) == f"m-{first}" and page.url.endswith(f"?claim={first}#m-{first}")
        page.keyboard.press("n")
        expect(page.locator(f"#c-{second}")).to_be_visible()
        expect(page.locator(".card:visible")).to_have_count(1)
        page.keyboard.press("p")
        assert focused(page) == f"m-{first}"
        page.keyboard.press("Enter")
        assert focused(page) == f"c-{first}", "into the card"
        page.keyboard.press("Escape")
        assert focused(page) == f"m-{first}" and page.locator(".card:visible").count() == 0
        page.keyboard.press("n")
        assert focused(page) == f"m-{second}", "reading goes on where it was"
        page.keyboard.press("p")
        expect(page.locator(f"#c-{first}")).to_be_visible()
        page.keyboard.press("o")
        page.wait_for_url("**/passage/**")
        expect(page.locator("#passage")).to_be_in_viewport()
        expect(page.locator("#passage")).to_contain_text("The sea wall was built between 1872 and 1874")


def test_keys_can_be_turned_off_and_stay_off(browser: Browser, base: str, archive: Archive) -> None:
    """WCAG 2.1.4: who speaks to the machine, or rests a hand on it, is not moved about."""
    with opened_page(browser) as page:
        page.goto(base + filled("/article/{article}", archive))
        page.get_by_label("Keys are on").uncheck()
        page.locator("main").press("n")
        assert page.locator(".card:visible").count() == 0
        page.reload()
        expect(page.get_by_label("Keys are on")).not_to_be_checked()
        page.locator("main").press("n")
        assert page.locator(".card:visible").count() == 0


@WIDTHS
def test_an_article_is_read_without_a_script(
    browser: Browser, base: str, archive: Archive, width: int
) -> None:
    claim, after = (archive.reading.claims[n].id for n in (5, 6))
    with opened_page(browser, width, script=False) as page:
        page.goto(base + filled("/article/{article}", archive))
        assert not page.get_by_label("Keys are on").is_visible()
        page.locator(f"#m-{claim}").click()
        expect(page.locator(f"#c-{claim}")).to_be_in_viewport()
        expect(page.locator(".card:visible")).to_have_count(1)
        page.locator(f"#c-{claim} a[rel=next]").click()
        expect(page.locator(f"#c-{after}")).to_be_visible()
        expect(page.locator(f"#m-{after}")).to_be_in_viewport()


@WIDTHS
def test_a_passage_is_searched_for_and_opened_and_a_change_followed(
    browser: Browser, base: str, archive: Archive, width: int
) -> None:
    with opened_page(browser, width) as page:
        page.goto(base)
        page.get_by_role("searchbox").fill("fishing boats registered")
        page.keyboard.press("Enter")
        page.locator("#main").get_by_role("link", name="A short history of Saltmouth harbour").first.click()
        expect(page.locator("#passage")).to_be_in_viewport()
        page.goto(base + filled("/snapshot/{harbour}", archive))
        page.get_by_role("link", name="what changed").click()
        expect(page.locator(".cited-fate").first).to_contain_text("The cited words were changed")
        expect(page.locator(".cited-fate del").first).to_contain_text("212")
        page.get_by_role("link", name="what stands in the other text").first.click()
        expect(page.locator("#passage")).to_contain_text("221 fishing boats")


def test_nothing_is_scrolled_sideways_for_on_the_smallest_screen(
    browser: Browser, base: str, archive: Archive
) -> None:
    """WCAG 1.4.10: 320 CSS pixels, which is also 1280 at four times the size."""
    with opened_page(browser, 320) as page:
        wide = []
        for address in PAGES:
            page.goto(base + filled(address, archive))
            wide += [] if fits(page) else [address]
    assert wide == []


def test_a_long_articles_card_is_fetched_when_its_claim_is_chosen(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, reading = written_long(tmp_path_factory.mktemp("long"), 80)
    (folder / "pincite.toml").write_text("", encoding="utf-8")
    claim, after = (reading.claims[n].id for n in (40, 41))
    with served(folder, cwd=ROOT) as base, opened_page(browser) as page:
        page.goto(f"{base}/article/{reading.article.snapshot}")
        assert page.locator(".card").count() == 0
        page.locator(f"#m-{claim}").click()
        expect(page.locator(f"#c-{claim}")).to_be_visible()
        expect(page.locator(f"#c-{claim}")).to_contain_text("Claim 41 of 80")
        page.locator(f"#c-{claim}").get_by_role("link", name="next").click()
        expect(page.locator(f"#c-{after}")).to_be_visible()
        expect(page.locator(".card:visible")).to_have_count(1)


def test_in_print_every_claim_has_its_note(browser: Browser, base: str, archive: Archive) -> None:
    with opened_page(browser) as page:
        page.goto(base + filled("/article/{article}", archive))
        page.emulate_media(media="print")
        assert page.locator(".card:visible").count() == len(archive.reading.claims)
        assert page.locator(".evidence ~ .evidence:visible").count() == 0, "the closest passage alone"
        assert not page.locator(".banner").is_visible()
        number = "getComputedStyle(document.querySelector('[data-note=\"3\"]'), '::after').content"
        assert page.evaluate(number) == '"3"'
