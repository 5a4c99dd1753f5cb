"""What a check says: how much was read, and what does not hold, each with its place."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was read."""

    files: int
    records: int
    rows: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold. ``record``: a Record-ID or an id of a noun. ``fault`` is one word for it:

    changed, name, unreadable                       of a file
    damaged, bad-end, missing-field, package-hash,
    block-digest, payload-digest, refused           of a record
    row-missing, row-differs, row-misplaced,
    row-without-record, restricted-words, index     of the index
    quotation                                       of a passage
    """

    file: str
    offset: int
    record: str | None
    fault: str
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found."""

    checked: Checked
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class Findings:
    """What has been found so far."""

    records: int = 0
    rows: int = 0
    quotations: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, file: str, offset: int, record: str | None, fault: str, detail: str) -> None:
        """Note what does not hold."""
        self.faults.append(Fault(file, offset, record, fault, detail))

    def report(self, files: int) -> Report:
        """What a caller gets; faults in the order of files and offsets."""
        ordered = sorted(self.faults, key=lambda fault: (fault.file, fault.offset, fault.fault))
        return Report(Checked(files, self.records, self.rows, self.quotations), tuple(ordered))
