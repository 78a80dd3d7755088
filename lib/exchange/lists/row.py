"""What is decided about one row of a file before anything is written."""

from dataclasses import dataclass, field

from lib.core.errors import Invalid, Say

STATES = ("new", "changed", "same", "refused")
At = tuple[str, int]  # the file's sheet, empty where only one is read, and the number of the row in it


@dataclass
class FileRow:
    """A row of the file by its number there, what is stored (`old`) and what it would become (`new`), by column.

    `order` and `begins` are the wished place and first day of a household, `household` the row of the one a person
    lives in; `team` and `member` hold `{old, new}` as the register has them. `sheet` is the list, `page` the file's
    sheet where there are several of a list. `spared` are cells it was checked without: `(column, what stood there,
    why)`.

    `perhaps` is the code of a household that this row may be, or the earlier row (`at`) that is about it, `doubt` the
    sentence for it; `joined` is the row whose household it was told to be.
    """

    number: int
    sheet: str = ""
    page: str = ""
    state: str = "new"
    key: str | None = None
    id: int | None = None
    commune: str | None = None
    order: int | None = None
    begins: str | None = None
    team: dict | None = None
    member: dict | None = None
    household: "FileRow | None" = None
    perhaps: str | At | None = None
    doubt: Say | None = None
    joined: "FileRow | None" = None
    old: dict = field(default_factory=dict)
    new: dict = field(default_factory=dict)
    faults: dict[str, Say] = field(default_factory=dict)
    warnings: list[Say] = field(default_factory=list)
    spared: list[tuple[str, object, Say]] = field(default_factory=list)

    def refuse(self, found: Invalid | dict[str, Say]) -> "FileRow":
        """Not to be loaded, with a sentence at each cell at fault."""
        self.faults |= found.faults if isinstance(found, Invalid) else found
        self.state = "refused"
        return self

    def decide(self, old: dict | None) -> "FileRow":
        """New when nothing is stored; else changed or the same."""
        if old is None:
            self.state = "new"
        else:
            self.old = {name: old.get(name) for name in self.new}
            self.state = "changed" if self.changes() else "same"
        return self

    @property
    def at(self) -> At:
        """What no other row of its list has."""
        return self.page, self.number

    @property
    def place(self) -> str:
        """The row's number, with its sheet where there are several."""
        return f"{self.number} ({self.page})" if self.page else str(self.number)

    def name(self) -> str:
        """Whom or what the row is about, as far as it says."""
        known = self.member["new"] if self.member else self.new
        words = (known.get(field) for field in ("full_name", "member.full_name", "head_name", "member", "name"))
        return str(next(filter(None, words), ""))

    def changes(self) -> dict[str, tuple]:
        """`{column: (old, new)}` of what would differ."""
        return {name: (self.old.get(name), value) for name, value in self.new.items() if self.old.get(name) != value}


def good(rows: list[FileRow], *states: str) -> list[FileRow]:
    """The rows of these states, in the order of the file."""
    return [row for row in rows if row.state in (states or ("new", "changed"))]
