"""Names in their parts: written so that they are read back the same, and no reader ever sees a brace."""

from hypothesis import example, given
from hypothesis import strategies as st

from archive.bibliography.names import Name, parted, person, written
from archive.bibliography.words import one_line

WORD = st.text(st.characters(exclude_characters="{}", exclude_categories=["C", "Z"]), min_size=1, max_size=9)
WORDS = st.lists(WORD, min_size=1, max_size=4).map(" ".join).map(one_line).filter(bool)
NAMES = st.one_of(
    st.builds(Name, WORDS),
    st.builds(Name, WORDS, WORDS),
    st.builds(Name, WORDS, WORDS, WORDS, st.one_of(st.just(""), WORDS)),
)


@given(NAMES)
@example(Name("Press", "Jane"))
@example(Name("Smith, Inc", "Jo, Ann", "", "Jr."))
@example(Name("Barnes and Noble"))
@example(Name("de", "Jo"))
@example(Name("King", "Martin", "", "Sr."))
def test_a_name_is_read_as_it_was_written(name: Name) -> None:
    assert person(written(name)) == name
    assert not set("{}") & set(person(written(name)).natural)


def test_what_braces_protect_is_not_parted() -> None:
    assert person("{World Health Organization}") == Name("World Health Organization")
    assert person("van {Berg}, Anna") == Name("Berg", "Anna", "van")
    assert person("{Ministry of Truth, Love}").natural == "Ministry of Truth, Love"
    assert person("an { open brace").natural == "an open brace"
    assert parted("a; {b; c};", ";") == ["a", "{b; c}", ""]
