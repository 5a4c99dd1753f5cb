"""The words of the site's test archive: an article, its sources, and what stands where."""

from dataclasses import dataclass, field

from archive.model import Outcome

ARTICLE = """What the harbour wall cost, and who paid

Saltmouth built its sea wall in 1874, when 212 fishing boats lay in the harbour. By its own history the \
town had “begged for stone for thirty years” before the first block was laid. The mayor of the day, \
Josiah Penrose, paid for the lamp at its end himself.

The storm

On 3 November 2025 a wave broke the wall over a length of 40 metres. Nobody was hurt. Some 15,000 tonnes\
 of stone slid into the basin that night, and the ferry to Grayholm did not sail for eleven days. An old\
 rhyme in the town says שלום to the sea & mind the <wall>.

The bill

Rebuilding will cost £4.2 million, the budget says, of which the government pays half. The council first\
 spoke of £3.1 million. “We could not have known what lay under the paving”, said the harbour master, \
Lena Ortiz, in an interview with Harbour Radio. Photographs of the night show the lamp still burning.

An engineer of the Port Authority had warned in 2019 that the foundations were hollow. The authority did\
 not answer our questions.

• 40 metres of wall were lost
• 11 days without a ferry
• £4.2 million to rebuild

What is left

The first new stones are to be laid in spring. Whether the lamp returns is not decided. Those who love \
the wall, and they are many, will go on walking it to its broken end.

Sources

[4] Condition of the wall, Port Authority
[5] The Wall and the Sea"""

HARBOUR = """A short history of Saltmouth harbour

Before the wall there was only sand. The fishermen dragged their boats up the beach each night, and each\
 winter lost some of them.

For thirty years the town begged for stone. “We have begged for stone for thirty years”, wrote the vicar\
 in 1871, “and been given sermons.” The sea wall was built between 1872 and 1874, when 212 fishing boats\
 were registered here. Its lamp was the gift of the mayor, Josiah Penrose.

The railway came in 1881 and the herring went in 1936. The wall stayed."""

# The harbour's page as it stood later: one cited sentence edited, one moved, one gone, the rest as it was.
HARBOUR_LATER = (
    HARBOUR.replace("212 fishing boats", "221 fishing boats")
    .replace("For thirty years the town begged for stone. ", "")
    .replace(" Its lamp was the gift of the mayor, Josiah Penrose.", "")
    + "\n\nFor thirty years the town begged for stone."
)

BUDGET = """Budget 2026

Harbour. The wall will be rebuilt between March and December. The cost is put at £4.2 million, half of \
it from the government's coastal fund. An earlier estimate of £3.4 million did not include the \
foundations.

Ferry. The council thanks the operator for resuming service after eleven days.

Stone. About 14,000 tonnes of stone were displaced on 3 November 2025, of which two thirds can be used \
again."""

PORT = """Condition of the wall\fSummary

The foundations between lamp and slip are hollow over at least 30 metres. We advise repair before the \
winter of 2020.\fFindings

Soundings of 2019 found voids below the paving. No traffic heavier than a handcart should be let on it."""

HOSTILE = """<script>alert("text")</script> & "quotes"

הים גדול מן החומה. mind the <wall> & the sea

The lamp burned all night."""


@dataclass(frozen=True, slots=True)
class Said:
    """What agrees and differs, as the machine would say it."""

    agree: tuple[str, ...] = ()
    differ: tuple[tuple[str, str], ...] = ()
    quoted: tuple[str, ...] = ()
    altered: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()

    def as_fields(self) -> dict[str, tuple[object, ...]]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim of the article, what became of it, what it cites, and the passages close to it."""

    claim: str
    outcome: Outcome
    cited: tuple[str, ...] = ()
    passages: tuple[tuple[str, str, Said], ...] = field(default=())


FINDINGS = (
    Finding(
        "Saltmouth built its sea wall in 1874, when 212 fishing boats lay in the harbour.",
        "matched",
        ("harbour",),
        (
            (
                "harbour",
                "The sea wall was built between 1872 and 1874, when 212 fishing boats were registered here.",
                Said(agree=("1874", "212")),
            ),
        ),
    ),
    Finding(
        "By its own history the town had “begged for stone for thirty years” before the "
        "first block was laid.",
        "matched",
        ("harbour",),
        (
            (
                "harbour",
                "“We have begged for stone for thirty years”, wrote the vicar in 1871, “and been "
                "given sermons.”",
                Said(quoted=("begged for stone for thirty years",)),
            ),
            ("harbour", "For thirty years the town begged for stone.", Said()),
        ),
    ),
    Finding(
        "The mayor of the day, Josiah Penrose, paid for the lamp at its end himself.",
        "matched",
        (),
        (
            (
                "harbour",
                "Its lamp was the gift of the mayor, Josiah Penrose.",
                Said(agree=("Josiah Penrose",)),
            ),
        ),
    ),
    Finding("On 3 November 2025 a wave broke the wall over a length of 40 metres.", "nothing-found"),
    Finding("Nobody was hurt.", "uncited"),
    Finding(
        "Some 15,000 tonnes of stone slid into the basin that night, "
        "and the ferry to Grayholm did not sail for eleven days.",
        "matched",
        (),
        (
            (
                "budget",
                "About 14,000 tonnes of stone were displaced on 3 November 2025, of which two "
                "thirds can be used again.",
                Said(differ=(("15,000", "14,000"),), missing=("Grayholm",)),
            ),
            (
                "budget",
                "The council thanks the operator for resuming service after eleven days.",
                Said(agree=("eleven",)),
            ),
        ),
    ),
    Finding(
        "An old rhyme in the town says שלום to the sea & mind the <wall>.",
        "matched",
        ("hostile",),
        (("hostile", "הים גדול מן החומה. mind the <wall> & the sea", Said(quoted=("mind the <wall>",))),),
    ),
    Finding(
        "Rebuilding will cost £4.2 million, the budget says, of which the government pays half.",
        "matched",
        ("budget",),
        (
            (
                "budget",
                "The cost is put at £4.2 million, half of it from the government's coastal fund.",
                Said(agree=("£4.2 million", "half")),
            ),
        ),
    ),
    Finding(
        "The council first spoke of £3.1 million.",
        "matched",
        (),
        (
            (
                "budget",
                "An earlier estimate of £3.4 million did not include the foundations.",
                Said(differ=(("£3.1 million", "£3.4 million"),)),
            ),
        ),
    ),
    Finding(
        "“We could not have known what lay under the paving”, said the harbour master, Lena Ortiz, "
        "in an interview with Harbour Radio.",
        "source-not-captured",
        ("lost",),
    ),
    Finding("Photographs of the night show the lamp still burning.", "source-not-captured", ("gone",)),
    Finding(
        "An engineer of the Port Authority had warned in 2019 that the foundations were hollow.",
        "matched",
        (),
        (
            (
                "port",
                "The foundations between lamp and slip are hollow over at least 30 metres.",
                Said(agree=("foundations",), missing=("2019",)),
            ),
            ("port", "Soundings of 2019 found voids below the paving.", Said(agree=("2019",))),
            ("harbour", "Before the wall there was only sand.", Said(cues=("only",))),
            ("harbour", "The wall stayed.", Said()),
        ),
    ),
    Finding("The authority did not answer our questions.", "nothing-found"),
    Finding("40 metres of wall were lost", "nothing-found"),
    Finding("The first new stones are to be laid in spring.", "not-compared"),
)
