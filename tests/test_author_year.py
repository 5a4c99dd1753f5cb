"""References by author and year are tied to the entries that they name, and to no other."""

import pytest

from ingest.citations.authoryear import author_year_uses
from tests.made_articles import by_label, html, markdown, plain, tied

ENTRIES = [
    "Smith, J. (2010). On cranes and their falls. Journal of Cranes, 4(2), 11–20.",
    "Smith, J., and Jones, A. (2019). The pushed crane. Oslo: Cappelen.",
    "Lee, K. (2020a). A crane again. In: Moe, O. (ed.), Walls. Bergen.",
    "Lee, K. (2020b). Another crane. Journal of Walls 3, 4.",
    "Berg, A., Lie, B., & Dahl, C. (2015). Counting cranes. Oslo.",
    "van der Berg, P. 1930. Walls that fell. Oslo: Aschehoug.",
    "World Health Organization (2019). Report on cranes. Geneva.",
    "García Márquez, G. (1967). Grúas. Buenos Aires.",
    "Odd Moe, “Steel of the north”, Metal 3 (1988).",
    "Smith, B. (2021). First of two. Oslo.",
    "Smith, C. (2021). Second of two. Oslo.",
    "Doe, J. (n.d.). Undated. Oslo.",
]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("It fell (Smith 2010, p. 4).", {0: "(Smith 2010, p. 4)"}),
        ("It fell [Smith, 2010].", {0: "[Smith, 2010]"}),
        ("It fell (see Smith 2010: 4; Lee 2020a).", dict.fromkeys((0, 2), "(see Smith 2010: 4; Lee 2020a)")),
        ("As Smith (2010) said.", {0: "Smith (2010)"}),
        ("Later Smith (2010, p. 3) said so.", {0: "Smith (2010, p. 3)"}),
        ("The crane of Smith and Jones (2019) fell.", {1: "Smith and Jones (2019)"}),
        ("It fell (Smith & Jones, 2019).", {1: "(Smith & Jones, 2019)"}),
        ("Lee (2020a,b) counted.", {2: "Lee (2020a,b)", 3: "Lee (2020a,b)"}),
        ("It fell (Lee, 2020a, 2020b).", {2: "(Lee, 2020a, 2020b)", 3: "(Lee, 2020a, 2020b)"}),
        ("Berg et al. (2015) counted.", {4: "Berg et al. (2015)"}),
        ("They fell (Berg u. a. 2015, S. 3).", {4: "(Berg u. a. 2015, S. 3)"}),
        ("Van der Berg (1930) said.", {5: "Van der Berg (1930)"}),
        ("It fell (WHO 2019).", {6: "(WHO 2019)"}),
        ("It fell (World Health Organization, 2019).", {6: "(World Health Organization, 2019)"}),
        ("It fell (Garcia Marquez 1967).", {7: "(Garcia Marquez 1967)"}),
        ("Moe’s (1988) steel bent.", {8: "Moe’s (1988)"}),
        ("It has no day (Doe n.d.).", {11: "(Doe n.d.)"}),
        ("Either of them (Smith 2021) said it.", {}),
        ("Another Lee (2020) than those.", {}),
        ("The harbour (2010) was new, and the crane (built by Smith in 1950) too.", {}),
        ("Nobody there (Dahl 2015) is the first author.", {}),
    ],
)  # fmt: skip
def test_what_a_reference_names(sentence: str, wanted: dict[int, str]) -> None:
    found = author_year_uses(sentence, ENTRIES, ())
    assert {n: sentence[slice(*uses[0])] for n, uses in enumerate(found) if uses} == wanted


BODY = (
    "The crane fell in a storm (Smith 2010, p. 4). Others say that it was pushed (Smith & Jones 2019; Lee "
    "2020a). Berg et al. (2015) counted four cranes. Nobody knows why."
)
TIES = {
    "The crane fell in a storm (Smith 2010, p. 4).": [ENTRIES[0]],
    "Others say that it was pushed (Smith & Jones 2019; Lee 2020a).": [ENTRIES[1], ENTRIES[2]],
    "Berg et al. (2015) counted four cranes.": [ENTRIES[4]],
}


def test_plain_text_markdown_and_a_page_tie_alike() -> None:
    _, text = plain(f"On cranes\n\n{BODY}\n\nReferences\n\n" + "\n\n".join(ENTRIES[:5]))
    _, marked = markdown(
        f"# On cranes\n\n{BODY}\n\n## References\n\n" + "\n".join(f"- {e}" for e in ENTRIES[:5])
    )
    listed = "".join(f"<li>{entry}</li>" for entry in ENTRIES[:5])
    story = f"<p>{BODY}</p>" + "<p>The harbour was closed for three days after the storm had passed.</p>" * 5
    _, page = html(f"<article><h1>On cranes</h1>{story}<h2>References</h2><ul>{listed}</ul></article>")
    assert tied(text) == tied(marked) == tied(page) == TIES
    smith = by_label(text)[ENTRIES[0]]
    assert (smith.kind, smith.mark) == ("author-year", "(Smith 2010, p. 4)")
    assert by_label(text)[ENTRIES[3]].kind == "list"


def test_a_short_note_leads_where_the_full_entry_does() -> None:
    _, found = markdown(
        "# T\n\nThe crane fell in a storm of that year.[^1]\n\n[^1]: Smith 2010, p. 5.\n\n## Bibliography\n\n"
        "- Smith, J. (2010). On cranes and their falls. Oslo. https://example.org/smith\n"
        "- Lee, K. (2010). Walls.\n"
    )
    note = by_label(found)["Smith 2010, p. 5."]
    assert (note.kind, note.uri) == ("note", "https://example.org/smith")
    assert (note.entry.title, note.entry.authors) == ("On cranes and their falls", ("Smith, J.",))


def test_thousands_of_references_and_entries_are_read_in_time_that_grows_with_them() -> None:
    entries = [f"Berg{chr(97 + n % 26)}, A. ({1600 + n % 400}). Title {n}." for n in range(500)]
    assert sum(map(len, author_year_uses("It was so (Bergq 1616). " * 20_000, entries, ()))) == 20_000
