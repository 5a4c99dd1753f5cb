"""The style sheets: legible in both schemes (WCAG 2.2 AA), and nothing loaded from elsewhere."""

import re

import pytest

from archive.site.render import FOLDER, STATIC, static

FRAME = static("frame.css").decode()
LIGHT, _, DARK = FRAME.partition("@media (prefers-color-scheme: dark)")
# Words on grounds, as the sheets put them together.
READ = [
    ("ink", "paper"), ("ink", "raised"), ("ink", "tint"), ("ink", "chosen"), ("ink", "warn-tint"),
    ("quiet", "paper"), ("quiet", "raised"), ("accent", "paper"), ("accent", "raised"), ("accent", "tint"),
    ("warn", "paper"), ("warn", "raised"), ("warn", "warn-tint"), ("paper", "accent"),
]  # fmt: skip
# Underlines and borders that tell something.
SEEN = [
    ("faint", "paper"), ("quiet", "paper"), ("accent", "tint"), ("accent", "chosen"), ("warn", "warn-tint"),
]  # fmt: skip


def colours(sheet: str) -> dict[str, str]:
    """The custom properties that are colours."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", sheet))


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_colours_has_contrast_enough(scheme: str) -> None:
    named = colours(scheme)
    ratios = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in (*READ, *SEEN)}
    assert {pair: ratios[pair] for pair in READ if ratios[pair] < 4.5} == {}
    assert {pair: ratios[pair] for pair in SEEN if ratios[pair] < 3} == {}


def test_both_schemes_name_the_same_colours() -> None:
    assert set(colours(LIGHT)) == set(colours(DARK))


def test_every_property_that_is_used_is_set() -> None:
    sheets = "".join(static(name).decode() for name in STATIC if name.endswith(".css"))
    assert set(re.findall(r"var\(--([a-z-]+)\)", sheets)) <= set(re.findall(r"--([a-z-]+):", FRAME))


@pytest.mark.parametrize("name", sorted(STATIC))
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    held = static(name).decode().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"url\(|@import|https?:|//[a-z]", held)


def test_every_static_file_is_named() -> None:
    assert {path.name for path in (FOLDER / "static").iterdir()} == set(STATIC)


def test_motion_can_be_declined() -> None:
    assert "prefers-reduced-motion: no-preference" in static("site.css").decode()
    assert "prefers-reduced-motion: reduce" in static("site.js").decode()
