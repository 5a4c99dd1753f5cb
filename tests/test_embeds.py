"""What an article shows in frames is cited by the address of its own page."""

import pytest

from ingest.extract.embeds import watched
from tests.made_articles import html

PARAGRAPH = "<p>The harbour was closed for three days after the storm had passed over the county.</p>"


@pytest.mark.parametrize(
    ("frame", "page"),
    [
        ("https://www.youtube.com/embed/abcDEF12345?rel=0", "https://www.youtube.com/watch?v=abcDEF12345"),
        ("https://www.youtube-nocookie.com/embed/abcDEF12345", "https://www.youtube.com/watch?v=abcDEF12345"),
        ("https://player.vimeo.com/video/123?h=1", "https://vimeo.com/123"),
        ("https://www.dailymotion.com/embed/video/x1ab", "https://www.dailymotion.com/video/x1ab"),
        ("https://open.spotify.com/embed/episode/4abc", "https://open.spotify.com/episode/4abc"),
        ("https://www.instagram.com/p/ABC-1/embed/", "https://www.instagram.com/p/ABC-1/"),
        ("https://platform.twitter.com/embed/Tweet.html?dnt=1&id=99", "https://twitter.com/i/status/99"),
        ("https://embed.bsky.app/embed/did:plc:ab/app.bsky.feed.post/3k2?id=1",
         "https://bsky.app/profile/did:plc:ab/post/3k2"),
        ("https://m.example/@ada/109876543210987654/embed", "https://m.example/@ada/109876543210987654"),
        ("https://tube.example/videos/embed/9c9de5e8-0a1e", "https://tube.example/videos/watch/9c9de5e8-0a1e"),
        ("https://embed.documentcloud.org/documents/12-minutes/?x=1",
         "https://www.documentcloud.org/documents/12-minutes"),
        ("https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fh%2Fposts%2F9",
         "https://www.facebook.com/h/posts/9"),
        ("https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&color=0",
         "https://api.soundcloud.com/tracks/1"),
        ("https://ads.example/frame?url=https://x.example/", ""),
        ("https://www.youtube.com/embed/videoseries?list=x", ""),
        ("https://evil.example/youtube.com/embed/abcDEF12345", ""),
        ("https://www.facebook.com/plugins/post.php?href=javascript:1", ""),
        ("", ""),
        ("x://[", ""),
    ],
)  # fmt: skip
def test_the_page_of_a_frame(frame: str, page: str) -> None:
    assert watched(frame) == page


def test_frames_of_the_article_are_citations_and_those_beside_it_are_not() -> None:
    film = '<iframe src="https://www.youtube.com/embed/abcDEF12345" title="The crane falls"></iframe>'
    frame = '<iframe src="https://player.vimeo.com/video/77"></iframe>'
    other = f"<aside><p>More films</p>{frame}<p>And more</p></aside>"
    advertisement = '<iframe src="https://ads.example/frame"></iframe>'
    post = '<div class="fb-post" data-href="https://www.facebook.com/halden/posts/12345"></div>'
    lite = '<lite-youtube videoid="zzzDEF12345"></lite-youtube>'
    article = f"<h1>The harbour</h1>{PARAGRAPH * 3}{film}{PARAGRAPH}{advertisement}{post}{PARAGRAPH}{lite}"
    _, found = html(f"<article>{article}{PARAGRAPH * 3}</article>{other}")
    assert {(one.kind, one.label, one.uri) for one in found.citations} == {
        ("embed", "The crane falls", "https://www.youtube.com/watch?v=abcDEF12345"),
        ("embed", "https://www.facebook.com/halden/posts/12345", "https://www.facebook.com/halden/posts/12345"),
        ("embed", "https://www.youtube.com/watch?v=zzzDEF12345", "https://www.youtube.com/watch?v=zzzDEF12345"),
    }


def test_a_post_that_is_shown_whole_is_one_citation_and_its_date_is_none() -> None:
    post = (
        '<blockquote class="bluesky-embed"><p>The crane is gone, and it will not come back.</p>&mdash; Ada '
        '<a href="https://bsky.app/profile/did:plc:abc/post/3k2">March 3, 2025</a></blockquote>'
    )
    _, found = html(f"<article><h1>The harbour</h1>{PARAGRAPH * 3}{post}{PARAGRAPH * 3}</article>")
    ((kind, label, uri),) = [(one.kind, one.label, one.uri) for one in found.citations]
    assert (kind, uri) == ("embed", "https://bsky.app/profile/did:plc:abc/post/3k2")
    assert label == "Ada March 3, 2025"
    assert len(found.ties) == 1
