"""An archived page as safe HTML: what is kept, what is led into the archive, what goes."""

import pytest

from archive.anchor import describe
from archive.replay import PASSAGE, Setting, Shown, safe_page, safe_sheet

HERE = "https://news.example/2026/wall.html"


def found(uri: str) -> str | None:
    """Everything was captured but what has "gone" in its address."""
    return None if "gone" in uri else uri.rpartition("/")[2].partition("?")[0].replace(".", "-")


OUT = "link/"
SETTING = Setting(HERE, found, "part/", OUT)


def shown(page: str, **more: object) -> Shown:
    return safe_page(page.encode(), "utf-8", SETTING, **more)  # type: ignore[arg-type]


def html(page: str, **more: object) -> str:
    """The page without what every page begins with."""
    return shown(page, **more).body.decode().partition("</style>")[2]


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ('<p class="a" onclick="x()" id=b>', '<p class="a" id="b">'),
        ("a < b & c &lt; d", "a &lt; b & c &lt; d"),
        ("<script>if (a</b/) {'</p>'}</script>x", "x"),
        ('<script><!-- <script>"</script>" --></script>x', "x"),
        ("<!-- a --><!-->b<!--->c<![if IE]>d<?php x ?>e", "bcde"),
        ("<my-card data-x=1 aria-label='\"'>", '<my-card data-x="1" aria-label="&quot;">'),
        ("<nosuchtag><b>x</b></nosuchtag>", "<b>x</b>"),
        ("<form action=/x method=post><input name=q formaction=y autofocus>", '<form><input name="q">'),
        (
            '<meta http-equiv=refresh content="0;url=x"><meta name=viewport content=w>',
            '<meta name="viewport" content="w">',
        ),
        ("<noscript>plain <b>words</b></noscript>", "plain <b>words</b>"),
        ("<xmp><b>&amp;</xmp>", "<pre>&lt;b&gt;&amp;amp;</pre>"),
        ("<textarea></p><b></textarea>", "<textarea>&lt;/p>&lt;b></textarea>"),
        (
            "<svg viewBox='0 0 1 1'><path d=M0/><use href='#a'/></svg>",
            '<svg viewbox="0 0 1 1"><path d="M0/"><use href="#a"/></svg>',
        ),
    ],
)
def test_markup_is_kept_but_for_what_acts(written: str, safe: str) -> None:
    assert html(written) == safe


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("<img src=a.png alt=A loading=lazy>", '<img alt="A" src="part/a-png">'),
        ("<img src=gone.png alt='the wall'>", '<img alt="the wall" src="data:," data-pincite-missing>'),
        ("<img src=gone.gif width=1 height=1>", '<img width="1" height="1" src="data:,">'),
        ('<img src=x.gif data-src="real.jpg">', '<img data-src="real.jpg" src="part/real-jpg">'),
        ('<img src=x.gif data-src="gone.jpg">', '<img data-src="gone.jpg" src="part/x-gif">'),
        (
            '<img class="big lazyload" data-src=r.jpg>',
            '<img class="big lazyloaded" data-src="r.jpg" src="part/r-jpg">',
        ),
        ('<img src=gone srcset="a.png 1x, gone 2x">', '<img srcset="part/a-png 1x" src="part/a-png">'),
        ("<img src=data:image/gif;base64,AAA=>", '<img src="data:image/gif;base64,AAA=">'),
        ("<img src=data:text/html,x>", '<img src="data:," data-pincite-missing>'),
        (
            "<picture><source srcset='gone.webp'><img src=a.png></picture>",
            '<picture><img src="part/a-png"></picture>',
        ),
        (
            "<video poster=p.jpg autoplay><source src=v.mp4></video>",
            '<video poster="part/p-jpg" controls><source src="part/v-mp4"></video>',
        ),
        ("<td background=b.gif><table background=gone.gif>", '<td background="part/b-gif"><table>'),
        ("<svg><image xlink:href=p.png /></svg>", '<svg><image href="part/p-png"/></svg>'),
        (
            "<link rel=stylesheet href=s.css media=print onload=\"this.media='all'\">",
            '<link rel="stylesheet" href="part/s-css" media="all">',
        ),
        (
            "<link rel=preload as=style href=s.css onload=\"this.rel='stylesheet'\">",
            '<link rel="stylesheet" href="part/s-css">',
        ),
        ("<link rel=preload as=font href=f><link rel=dns-prefetch href=//x><link rel=manifest href=m>", ""),
        ("<base href=/other/><img src=a.png><base href=http://third/>", '<img src="part/a-png">'),
        ("<p style=\"background:url('b.png')\">", '<p style="background:url(&quot;part/b-png&quot;)">'),
        ("<style>a{background:url(b.png)}</style>", '<style>a{background:url("part/b-png")}</style>'),
    ],
)
def test_parts_come_from_the_archive_or_are_shown_as_missing(written: str, safe: str) -> None:
    assert html(written) == safe


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("#note", 'href="#note"'),
        (HERE + "#note", 'href="#note"'),
        ("other?a=1&copy=2", f'href="{OUT}https://news.example/2026/other?a=1&amp;copy=2"'),
        ("//x.example\\y#z", f'href="{OUT}https://x.example/y#z"'),
        (" java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("mailto:a@b.example", 'href="mailto:a@b.example"'),
        ("http://[broken", ""),
    ],
)
def test_links_lead_into_the_archive(href: str, safe: str) -> None:
    """Which snapshot is nearest is asked when the link is followed: a shown page never changes."""
    made = html(f'<a href="{href}" target=_blank ping=/x download>')
    out = ' target="_top" rel="noreferrer nofollow"' if OUT in safe else ""
    assert made == (f"<a {safe}{out}>" if safe else "<a>")


def test_the_first_base_counts_for_what_follows() -> None:
    asked: list[str] = []
    setting = Setting(HERE, asked.append, "part/", OUT)
    safe_page(b"<img src=a><base href=/other/><img src=a><base href=http://third/><img src=b>", None, setting)
    assert asked == [
        "https://news.example/2026/a",
        "https://news.example/other/a",
        "https://news.example/other/b",
    ]


def test_frames_and_plugins_leave_a_note_of_their_size() -> None:
    frame = html(
        "<iframe src=//video.example/1 width=300 height=50%></iframe><embed src=x.swf><iframe hidden>"
    )
    assert 'style="width:300px;height:50%">Frame, not shown: <a href=' in frame
    assert "https://video.example/1</a></span><span data-pincite-missing>Plug-in, not shown" in frame
    assert "<iframe" not in frame and frame.count("<span") == 2


def test_a_lazy_picture_and_its_noscript_are_one() -> None:
    assert html("<img data-src=a.png><noscript><img src=a.png></noscript>").count("<img") == 1
    assert html("<img src=b.png><noscript><img src=a.png></noscript>").count("<img") == 2


def test_pixels_in_the_head_do_not_end_it() -> None:
    page = "<head><noscript><img src=p.gif>x<link rel=stylesheet href=s.css></noscript><title>T</title>"
    assert html(page) == '<head><link rel="stylesheet" href="part/s-css"><title>T</title>'


def test_doctypes_stay_because_they_decide_the_layout() -> None:
    strict = '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">'
    assert shown(strict + "<p>").body.decode().startswith(strict + '<meta charset="utf-8">')
    assert shown("<p>x").body.decode().startswith('<meta charset="utf-8">')
    assert b"DOCTYPE" not in shown('<!DOCTYPE html "<b>"><p>').body


def test_in_xhtml_an_empty_element_is_whole() -> None:
    assert html("<div/><br/>x", kind="xhtml") == "<div></div><br>x"
    assert html("<div/><br/>x") == "<div><br>x"


def test_what_is_missing_is_counted() -> None:
    made = shown(
        "<img src=a.png><img src=gone.png><style>a{b:url(gone.css)}</style><img srcset='a.png, gone 2x'>"
    )
    assert made.parts == 1
    assert made.missing == ("https://news.example/2026/gone.png", "https://news.example/2026/gone.css")


@pytest.mark.parametrize(
    ("payload", "charset"),
    [
        ("Straße".encode("latin-1"), "iso-8859-1"),
        ("Straße".encode("utf-16"), None),
        (b"<meta charset=windows-1252>Stra\xdfe", None),
        ("Straße".encode(), "windows-1252"),
    ],
)
def test_every_encoding_becomes_utf8(payload: bytes, charset: str | None) -> None:
    made = safe_page(payload, charset, SETTING).body.decode()
    assert "Straße" in made and made.count("charset") == 1


def test_a_sheet_is_rewritten_with_its_own_address_as_base() -> None:
    setting = Setting("https://cdn.example/css/s.css", found, "", "")
    sheet = b'@charset "windows-1252";a:before{content:"\x96";background:url(../i/b.png)}'
    assert safe_sheet(sheet, None, setting).decode() == 'a:before{content:"–";background:url("b-png")}'


ARTICLE = "The council paid.\n\nIt spent £15,000 on a new wall, and the ferry stopped. It spent nothing else."


def marks(page: str, words: str) -> tuple[str, bool]:
    start = ARTICLE.index(words)
    made = shown(page, passages=(describe(ARTICLE, start, start + len(words)),))
    return made.body.decode().partition("</style>")[2], made.found[0]


def test_a_passage_is_marked_across_elements_and_blanks() -> None:
    page = (
        "<p>The council paid.</p><p>It\n spent <b>&pound;15,000</b> on a new <i>wall</i>, and the ferry</p>"
    )
    made, here = marks(page, "spent £15,000 on a new wall")
    assert here and made == (
        f'<p>The council paid.</p><p>It\n <mark data-pincite id="{PASSAGE}">spent</mark> '
        "<b><mark data-pincite>£15,000</mark></b> <mark data-pincite>on a new</mark> "
        "<i><mark data-pincite>wall</mark></i>, and the ferry</p>"
    )


def test_of_two_equal_passages_the_one_with_its_surroundings_is_marked() -> None:
    page = "<p>It spent more.</p><p>The council paid.</p><p>It spent £15,000 on a new wall</p>"
    made, here = marks(page, "It spent")
    assert here and made.index("<mark") > made.index("paid")


def test_a_passage_is_not_guessed() -> None:
    twice = "<p>It spent more. It spent less.</p>"
    assert marks(twice, "It spent") == (twice, False)
    assert marks("<p>Something else.</p>", "the ferry stopped")[1] is False
    hidden = "<title>the ferry stopped</title><script>the ferry stopped</script>"
    assert marks(hidden, "the ferry stopped")[1] is False
