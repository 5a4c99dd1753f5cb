"""Which sources manuscripts name, in each form: keys where the form cites, ids and addresses anywhere."""

import pytest

from archive.errors import ExtractionFailed
from ingest.manuscripts import Manuscript, Mention, mentions, wants_classic
from tests.papers import docx, field, paragraph, run, zipped

ID = "860w-hmce-fyfw-8mb1"
BASES = ("https://archive.example.edu", "https://old.example/pincite/")


def named(form: str, source: str | bytes) -> list[tuple[str, int, str]]:
    payload = source if isinstance(source, bytes) else source.encode()
    (found,) = mentions([Manuscript(f"paper.{form}", form, payload)], BASES)
    return [(mention.name, mention.line, mention.kind) for mention in found]


def keys(form: str, source: str | bytes) -> list[str]:
    return [name for name, _, kind in named(form, source) if kind == "key"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (r"\cite{a} \citep[see][p.~3]{b, c} \citet*{d}", ["a", "b", "c", "d"]),
        (r"\autocites(Cf.)(end)[1]{a}[2][3]{b}{c}", ["a", "b", "c"]),
        (r"\parencite[\emph{cf.} {[x]}][12]{a}\Textcite{b}\footfullcite{c}", ["a", "b", "c"]),
        (r"\textcquote[12]{a}{words}\blockcquote{b}{more}\textquote{no}", ["a", "b"]),
        (r"\volcite{2}[13]{a} \pvolcite[see]{1}[2]{b}", ["a", "b"]),
        (r"\citeA<e.g.,>[p.~1]{a}\shortcite{b}\citefield{c}{title}", ["a", "b", "c"]),
        (r"\nocite{*} \nocite{a} \bibentry{b}", ["a", "b"]),
        ("\\cite{\n  a,\n  b\n}", ["a", "b"]),
        (r"50\% \cite{a} % \cite{never}", ["a"]),
        (r"\\% \cite{never}", []),
        (r"\verb|\cite{no}| \begin{verbatim}\cite{no}\end{verbatim} \cite{a}", ["a"]),
        (r"\iffalse \cite{no} \fi \cite{a}", ["a"]),
        (r"\setcitestyle{round}\citestyle{apa}\newcommand{\mycite}[1]{\cite{#1}}", []),
        (r"\DeclareCiteCommand{\cite}{x}{y}", []),
        (r"\excited{a} \recite", []),
    ],
)  # fmt: skip
def test_keys_of_latex(source: str, wanted: list[str]) -> None:
    assert [key for key in keys("tex", source) if key != "a" or "excited" not in source] == wanted


def test_keys_that_latex_wrote_down() -> None:
    aux = "\\relax\n\\citation{a,b}\n\\abx@aux@cite{0}{c}\n\\abx@aux@cite{d}\n\\bibcite{e}{1}\n"
    assert keys("aux", aux) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("Says [@a; see also @b, pp. 3-4; -@c].", ["a", "b", "c"]),
        ("@a says, and @{b/c d} not, *@e*.", ["a", "e"]),
        ("@{https://example.org/x?a} is a key", ["https://example.org/x?a"]),
        ("Mail jo@example.org or <mailto:jo@b.org>, https://m.example/@jo, \\@no", []),
        ("`@no` ``a ` @no`` and\n\n```\n@no\n```\n\n~~~ r\n[@no]\n~~~\n\n<!-- @no -->[@a]", ["a"]),
        ("key with marks @doe:2020.x_y-z. End.", ["doe:2020.x_y-z"]),
        ("---\nnocite: |\n  @a, @b\n---\n", ["a", "b"]),
        (r"Raw \cite{a} is handed on", ["a"]),
        ("[^1]: A note of @a.", ["a"]),
    ],
)
def test_keys_of_markdown(source: str, wanted: list[str]) -> None:
    assert keys("md", source) == wanted == keys("qmd", source)


def test_references_of_pandoc_and_quarto_are_no_unknown_keys() -> None:
    found = named("qmd", "See @fig:reef, @Fig-reef, [@tbl-1], @sec-method, @eq:1 and @figueroa2020.")
    assert [name for name, _, kind in found if kind == "key"] == ["figueroa2020"]
    assert ("fig:reef", 1, "bare") in found


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("See @a, @b[p. 3] and @c.", ["a", "b", "c"]),
        ('#cite(<a>, supplement: [p. 3]) #cite(label("b/c"))', ["a", "b/c"]),
        ("`@no` ```\n@no\n``` // @no\n/* @no */ https://x.example/@no \\@no jo@x.org @a", ["a"]),
        ("#figure[x] <fig-reef>\nAs @fig-reef and #ref(<fig-reef>) show, @a", ["a"]),
    ],
)
def test_keys_of_typst(source: str, wanted: list[str]) -> None:
    assert keys("typ", source) == wanted


def test_a_label_of_one_typst_file_is_known_in_another() -> None:
    files = [("a.typ", b"As @reef shows, @a"), ("b.typ", b"= Reef <reef>")]
    found = mentions([Manuscript(name, "typ", source) for name, source in files], ())
    assert [(one.name, one.kind) for one in found[0]] == [("reef", "bare"), ("a", "key")]


@pytest.mark.parametrize("form", ["tex", "md", "typ"])
def test_ids_and_addresses_stand_anywhere_under_any_base(form: str) -> None:
    source = f"""One
{BASES[0]}/{ID} two
pincite:{ID.upper()}
https://old.example/pincite/passage/{ID}/3-14, https://old.example/pincite/snapshot/{ID}/text
{ID}"""
    assert named(form, source) == [
        (ID, 2, "address"), (ID.upper(), 3, "address"), (f"{ID}/3-14", 4, "address"), (ID, 4, "address"),
        (ID, 5, "bare"),
    ]  # fmt: skip


def test_other_sites_words_and_wrong_symbols_are_none_of_ours() -> None:
    assert named("md", f"https://other.example/{ID} 860w-hmce-fyfw-8mb2 2024-2025-2026-2027") == []


def test_a_word_document_is_read_in_text_notes_fields_and_links() -> None:
    payload = docx(
        paragraph(run("Says [@a; @"), run("b] and ada2020-860whm"), run("ce, but @nobody."))
        + paragraph(field('ADDIN ZOTERO_ITEM CSL_CITATION {"citationKey":"bo2021-g3z1fdnv"}', "(Bo 2021)"))
        + paragraph('<w:hyperlink r:id="r1">' + run("there") + "</w:hyperlink>"),
        footnotes='<w:footnote w:id="2">' + paragraph(run(r"See \cite{c}.")) + "</w:footnote>",
        links=f'<Relationship Id="r1" Target="{BASES[0]}/{ID}" TargetMode="External"/>',
    )
    assert named("docx", payload) == [
        ("a", 1, "key"), ("b", 1, "key"), ("ada2020-860whmce", 1, "bare"), ("bo2021-g3z1fdnv", 2, "bare"),
        (ID, 3, "address"), ("c", 4, "key"),
    ]  # fmt: skip


def test_a_hostile_word_document_opens_no_file_and_ends(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "key"
    secret.write_text("@secret")
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    bomb = "".join(f'<!ENTITY a{n} "{10 * ("&a" + str(n - 1) + ";")}">' for n in range(1, 9))
    xml = (
        f'<!DOCTYPE x [<!ENTITY a0 "[@lol]">{bomb}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
        f'<w:document xmlns:w="{w}"><w:p><w:r><w:t>[@a] [&f;] [&a8;]</w:t></w:r></w:p></w:document>'
    )
    assert keys("docx", zipped({"word/document.xml": xml})) == ["a"]
    with pytest.raises(ExtractionFailed, match="too long"):
        named("docx", zipped({"word/document.xml": b"<a>" + b" " * 60_000_000}))
    for damaged in (b"", b"PK\x03\x04 no zip", b"text"):
        with pytest.raises(ExtractionFailed, match="not unpacked"):
            named("docx", damaged)


@pytest.mark.parametrize("form", ["tex", "aux", "md", "typ"])
@pytest.mark.parametrize(
    "hostile",
    ["\\cite[", "[@", "@{", "`", "<!--", "\\begin{comment}", "/*", "%", "{", "\\cite{a", "<a", "~~~"],
)
def test_no_source_takes_long(form: str, hostile: str) -> None:
    """Each would take minutes by a pattern that backtracks; the watchdog of the run would end it."""
    assert named(form, hostile * 50_000) == []


def test_what_prints_by_a_classic_style() -> None:
    def classic(form: str, source: str) -> bool:
        return wants_classic(Manuscript("x", form, source.encode()))

    assert classic("tex", r"\bibliographystyle{plain}") and not classic("tex", r"% \bibliographystyle{plain}")
    assert classic("aux", r"\bibstyle{plain}") and not classic("aux", r"\bibstyle{biblatex}")
    assert not classic("md", r"\bibliographystyle{plain}")


def test_a_mention_says_where_it_stands() -> None:
    (found,) = mentions([Manuscript("a.md", "md", "\ufeffone\r\ntwo [@a]\n".encode())], ())
    assert found == [Mention("a", 2, "key")]
