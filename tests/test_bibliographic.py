"""What a bibliographic reader makes of entries, in the forms that people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations.bibliographic import read_entry


@pytest.mark.parametrize(
    ("entry", "authors", "title", "container", "date"),
    [
        ("Smith, J. (2010). On cranes and their falls. Journal of Cranes, 4(2), 11–20. https://doi.org/10.1000/x",
         ("Smith, J.",), "On cranes and their falls", "Journal of Cranes", "2010"),
        ("Smith, J., and Jones, A. (2019). The Pushed Crane. Oslo: Cappelen. ISBN 978-0-306-40615-7",
         ("Smith, J.", "Jones, A."), "The Pushed Crane", None, "2019"),
        ("Lee, K. (2020a). A crane again. In: Moe, O. (ed.), Walls. Bergen University Press.",
         ("Lee, K.",), "A crane again", "Walls", "2020"),
        ("Berg, A., Lie, B., & Dahl, C. (2015). Counting. arXiv:1501.00001",
         ("Berg, A.", "Lie, B.", "Dahl, C."), "Counting", None, "2015"),
        ("Moe, Odd. 1930. Walls that fell. Oslo: Aschehoug.", ("Moe, Odd",), "Walls that fell", None, "1930"),
        ('Smith, John. "On Cranes." Journal of Cranes 4, no. 2 (2010): 11.',
         ("Smith, John",), "On Cranes", "Journal of Cranes", "2010"),
        ('Smith, John (5 May 2010). "On Cranes". The New York Times. Retrieved 6 June 2011.',
         ("Smith, John",), "On Cranes", "The New York Times", "2010"),
        ("J. Smith, A. Jones and B. van der Berg, “On cranes,” Metal, vol. 4, no. 2, pp. 11–20, 2010.",
         ("J. Smith", "A. Jones", "B. van der Berg"), "On cranes", "Metal", "2010"),
        ("Smith J, Jones AB, van der Berg C, et al. On cranes: a study. J Cranes. 2010;4(2):11-20.",
         ("Smith J", "Jones AB", "van der Berg C"), "On cranes: a study", "J Cranes", "2010"),
        ("Smith, J., Jones, A.: On cranes. In: Walls and Other Things, pp. 1–2. Springer (2010)",
         ("Smith, J.", "Jones, A."), "On cranes", "Walls and Other Things", "2010"),
        ("Jimmy Lei Ba, Jamie Ryan Kiros, and Geoffrey E Hinton. Layer normalization. CoRR, 2016.",
         ("Jimmy Lei Ba", "Jamie Ryan Kiros", "Geoffrey E Hinton"), "Layer normalization", "CoRR", "2016"),
        ("Ada Berg, Cranes of the North (Oslo: Cappelen, 1911), 3.",
         ("Ada Berg",), "Cranes of the North", None, "1911"),
        ("World Health Organization (2019). Report on cranes. Geneva: WHO.",
         ("World Health Organization",), "Report on cranes", None, "2019"),
        ("Müller, H.-P. und Groß, Ä. (2001): Die Kräne von Halden. Zeitschrift für Kranbau 12, S. 3–9.",
         ("Müller, H.-P.", "Groß, Ä."), "Die Kräne von Halden", "Zeitschrift für Kranbau", "2001"),
        ("2026 US regime change in Venezuela", (), "2026 US regime change in Venezuela", None, None),
        ("BBC News: Crane falls in Halden. https://bbc.example/x",
         (), "BBC News: Crane falls in Halden", None, None),
        ("", (), None, None, None),
    ],
)  # fmt: skip
def test_forms_of_entries(
    entry: str, authors: tuple[str, ...], title: str | None, container: str | None, date: str | None
) -> None:
    read = read_entry(entry)
    assert (read.authors, read.title, read.container, read.date) == (authors, title, container, date)


def test_the_number_of_a_preprint_is_no_year() -> None:
    read = read_entry("Layer normalization. arXiv preprint arXiv:1607.06450")
    assert (read.arxiv, read.date) == ("1607.06450", None)


PIECES = [
    "A",
    "Aa",
    "de ",
    ", ",
    ". ",
    "; ",
    " & ",
    " and ",
    "(2010)",
    "2010",
    "“",
    "”",
    ":",
    " et al.",
    "-",
    "x",
    " ",
    "[",
    "In: ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=400))
def test_any_entry_is_read(pieces: list[str]) -> None:
    read = read_entry("".join(pieces))
    assert read.title is None or read.title.strip()
