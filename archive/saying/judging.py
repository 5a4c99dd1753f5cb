"""Verdicts: a person's judgement on a closest passage, or on a claim that no source bears out."""

from collections.abc import Sequence

from archive.errors import UsageError
from archive.index import read
from archive.index.read import Connection
from archive.model import Statement, Verdict, VerdictWord, grouped
from archive.saying.voice import Voice, own, subject_of, words

ON_EVIDENCE: tuple[VerdictWord, ...] = ("supports", "partly", "contradicts", "mentions", "unrelated")
ON_CLAIM: tuple[VerdictWord, ...] = ("none",)


def judge(
    connection: Connection, voice: Voice, written: str, verdict: VerdictWord, note: str | None
) -> Sequence[Statement]:
    """A verdict on evidence or a claim; the same verdict with the same note again says nothing new.

    :raises UsageError: the word does not fit what it is said of.
    """
    subject, kind = subject_of(connection, written)
    note = words(note, "a remark") if note and note.strip() else None
    claim, text, passage = subject, None, None
    if kind == "evidence" and verdict in ON_EVIDENCE:
        span = read.evidence_span(connection, subject)
        assert span is not None
        claim, text, passage = span
        if not passage.exact:
            raise UsageError(f"the passage {grouped(subject)} is not shown: its snapshot is restricted")
    elif not (kind == "claim" and verdict in ON_CLAIM):
        raise UsageError(
            f"expected evidence with one of {', '.join(ON_EVIDENCE)}, or a claim with none; "
            f"found a {kind} with {verdict}"
        )
    ours = [v for v in read.verdicts_on(connection, claim, text, passage) if own(v)]
    said = [v for v in ours if v.creator == voice.name]
    if said and (said[-1].verdict, said[-1].note) == (verdict, note):
        return ()
    return (
        Verdict(
            creator=voice.name,
            created=voice.after(v.created for v in ours),
            subject=subject,
            verdict=verdict,
            claim=claim,
            text=text,
            passage=passage,
            note=note,
        ),
    )
