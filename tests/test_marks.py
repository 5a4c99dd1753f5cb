"""A text with its passages marked: nothing lost, nothing doubled, nothing that is not the text's own."""

from hypothesis import given
from hypothesis import strategies as st

from archive.model import Heading
from archive.site.marks import Piece, Span, blocks, found, pieces, wherever

BODY = "Title\nSubtitle of it\n\nOne is first. Two is second.\n\nThree ends\n\nit all."


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(st.sampled_from("ab \n\f<&é\u05d0\U0001f600"), max_size=60))
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    chosen = draw(st.lists(edges, max_size=6))
    return text, [Span(min(a, b), max(a, b), f"s{n}") for n, (a, b) in enumerate(chosen) if a != b]


@given(marked())
def test_pieces_together_are_the_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    cut = pieces(text, 0, len(text), spans)
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)


@given(marked())
def test_a_piece_is_marked_only_inside_its_span(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    at = 0
    held = {span.name: span for span in spans}
    for piece in pieces(text, 0, len(text), spans):
        if piece.name:
            assert held[piece.name].start <= at and at + len(piece.text) <= held[piece.name].end
        else:
            assert not any(span.start < at + len(piece.text) and at < span.end for span in spans)
        at += len(piece.text)


@given(marked())
def test_blocks_hold_every_word_once_and_in_order(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    shown = "".join(piece.text for block in blocks(text, (), (), spans) for piece in block.pieces)
    assert "".join(shown.split()) == "".join(text.split())


@given(marked())
def test_a_mark_begins_at_most_once(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    cut = [piece for block in blocks(text, (), (), spans) for piece in block.pieces]
    begun = [piece.name for piece in cut if piece.first]
    assert sorted(map(str, begun)) == sorted({str(piece.name) for piece in cut if piece.name})


def test_a_claim_over_two_paragraphs_begins_in_the_first() -> None:
    start = BODY.index("Three")
    first, second = blocks(BODY, (), (), [Span(start, len(BODY), "c")])[-2:]
    assert first.pieces == (Piece("Three ends", "c", True),)
    assert second.pieces == (Piece("it all.", "c", False, True),)


def test_headings_stand_alone_though_no_blank_line_parts_them() -> None:
    made = blocks(BODY, (Heading(0, 1), Heading(6, 12)), (), [])
    assert [(block.level, "".join(p.text for p in block.pieces)) for block in made] == [
        (1, "Title"),
        (6, "Subtitle of it"),
        (0, "One is first. Two is second."),
        (0, "Three ends"),
        (0, "it all."),
    ]


def test_a_heading_in_the_middle_of_a_paragraph_parts_it() -> None:
    body = "before\nHeading\nafter"
    made = blocks(body, (Heading(7, 2),), (), [])
    assert [(body[block.start : block.end], block.level) for block in made] == [
        ("before", 0),
        ("Heading", 2),
        ("after", 0),
    ]


def test_pages_are_named_where_they_begin() -> None:
    made = blocks("a\n\nb\fc\f\fd", (), ("i", "ii", "iii", "iv"), [])
    assert [block.page for block in made] == ["i", None, "ii", "iv"]


def test_overlapping_claims_share_the_words_between_them() -> None:
    cut = pieces("0123456789", 0, 10, [Span(2, 6, "a"), Span(4, 8, "b"), Span(5, 6, "inside")])
    assert [(piece.text, piece.name) for piece in cut] == [
        ("01", None),
        ("2345", "a"),
        ("67", "b"),
        ("89", None),
    ]


def test_a_snippet_keeps_markup_as_words() -> None:
    assert found("\x02<b>\x03 & more") == (Piece("<b>", "found", True), Piece(" & more"))


def test_values_are_marked_as_whole_words_only() -> None:
    text = "In 2020, 15,000 of 115,000; 15,000.5 and 15,000."
    assert [(span.start, span.end) for span in wherever(text, ["15,000"], "differs")] == [(9, 15), (41, 47)]
    assert list(wherever("15,000", ["000", "15"], "differs")) == []


def test_headings_nest_without_a_gap_however_they_are_ranked() -> None:
    body = "A\n\nx\n\nB\n\nC\n\ny\n\nD"
    ranks = {"A": 2, "B": 5, "C": 4, "D": 2}
    ranked = tuple(Heading(body.index(letter), level) for letter, level in ranks.items())
    assert [block.depth for block in blocks(body, ranked, (), [])] == [1, 1, 2, 2, 2, 1]
