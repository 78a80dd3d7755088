"""Read every sheet of a file that fits a list, and name those that do not."""

from dataclasses import dataclass, field, replace

from lib.core.errors import N_, Invalid, Say
from lib.exchange.columns import household_blocks, recognised_table
from lib.exchange.columns.headings import Headings
from lib.exchange.columns.recognised_table import How, Table, headings_of
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.reading import ReadSheet
from lib.exchange.spreadsheets.workbook_writer import LISTS

ANOTHER = N_("Its columns belong to another list.")


@dataclass
class UnreadSheet:
    """A sheet that is not read: why, how many rows it has, and how it begins."""

    name: str
    why: Say
    rows: int
    sample: str


@dataclass
class Whole:
    """The tables of a list, a sheet each, those of the persons of a file of households, and the sheets left unread."""

    kind: str
    tables: list[Table]
    persons: list[Table] = field(default_factory=list)
    left: list[UnreadSheet] = field(default_factory=list)

    @property
    def encoding(self) -> str | None:
        """The old font of the first table that has one."""
        return next((table.encoding for table in (*self.tables, *self.persons) if table.encoding), None)

    @property
    def doubts(self) -> dict[str, str]:
        """Cells that look right but could be in the old font, with that reading."""
        return {cell: read for table in self.parts for cell, read in table.doubts.items()}

    @property
    def parts(self) -> list[Table]:
        """Every table, those of the list first."""
        return [*self.tables, *self.persons]


def understood(sheets: list[ReadSheet], kind: str, how: How = recognised_table.PLAIN) -> Whole:
    """Read the sheets of a file as a list. Invalid under "file" when none can be read."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    hidden = [sheet for sheet in sheets if sheet.hidden and sheet.name != LISTS]
    unread = [UnreadSheet(sheet.name, reading.unseen(sheet)[0], 0, "") for sheet in hidden]
    if not seen:
        raise recognised_table.unknown(kind)
    own, persons = _sorted(seen, how) if kind == "households" else (seen, [])
    whole, refusals = Whole(kind, [], left=unread), []
    best = _best(own, kind, how)
    for sheet in seen:
        try:
            if sheet in persons:
                whole.persons.append(recognised_table.of_sheet(sheet, "persons", how))
            else:
                _read(whole, sheet, best, how)
        except Invalid as problem:
            refusals.append((sheet, problem))
            whole.left.append(_left(sheet, problem.faults["file"]))
    if not whole.tables:
        raise next((problem for sheet, problem in refusals if sheet is best), refusals[0][1])
    if len(whole.tables) > 1 or len(whole.persons) > 1:
        _page(whole.parts)
    return whole


def _sorted(seen: list[ReadSheet], how: How) -> tuple[list[ReadSheet], list[ReadSheet]]:
    """Separate sheets of households from sheets of persons, who need a link to their household."""
    heads = {sheet.name: (headings_of(sheet, "households", how), headings_of(sheet, "persons", how)) for sheet in seen}
    more = {name: _count(persons) - _count(households) for name, (households, persons) in heads.items()}
    linked = {name for name, (_households, persons) in heads.items() if _names_linked_persons(persons)}
    plain = [
        name
        for name, (households, _persons) in heads.items()
        if _holds_households(households) and (name not in linked or more[name] < 0)
    ]
    persons = [
        sheet for sheet in seen if sheet.name in linked and (more[sheet.name] > 0 or (more[sheet.name] == 0 and plain))
    ]
    own = [sheet for sheet in seen if sheet not in persons]
    if not any(_holds_households(heads[sheet.name][0]) for sheet in own):
        return seen, []
    return own, persons


def _count(head: Headings | None) -> int:
    return head.count if head else 0


def _names_linked_persons(head: Headings | None) -> bool:
    return head is not None and "full_name" in head.columns and bool({"code", "head_name"} & head.columns.keys())


def _holds_households(head: Headings | None) -> bool:
    return head is not None and bool({"code", "head_name"} & head.columns.keys())


def _best(sheets: list[ReadSheet], kind: str, how: How) -> ReadSheet:
    return max(sheets, key=lambda sheet: _count(headings_of(sheet, kind, how)))


def _read(whole: Whole, sheet: ReadSheet, best: ReadSheet, how: How) -> None:
    """Read a sheet of the list; one of hamlets or expected numbers must have the columns of the best sheet."""
    if whole.kind == "households" and _has_members(sheet, how):
        households, persons = household_blocks.split(recognised_table.of_sheet(sheet, "members", how))
        whole.tables.append(households)
        whole.persons.append(persons)
        return
    if whole.kind in ("hamlets", "expected") and sheet is not best:
        head, best_head = (headings_of(one, whole.kind, how) for one in (sheet, best))
        if head is None or best_head is None or head.columns.keys() != best_head.columns.keys():
            raise Invalid({"file": Say(ANOTHER)})
    whole.tables.append(recognised_table.of_sheet(sheet, whole.kind, how))


def _has_members(sheet: ReadSheet, how: How) -> bool:
    """Whether households are blocks of rows that include their persons."""
    head = headings_of(sheet, "members", how)
    keys = head.columns.keys() if head else set()
    return "relation" in keys and bool({"full_name", "head_name"} & keys) or {"full_name", "head_name"} <= keys


def _left(sheet: ReadSheet, why: Say) -> UnreadSheet:
    cells = (" ".join(cell.split()) for row in sheet.rows for cell in dict.fromkeys(row) if cell)
    return UnreadSheet(
        sheet.name, why, len(sheet.rows), " · ".join(cell for cell, _n in zip(cells, range(6), strict=False))[:120]
    )


def _page(tables: list[Table]) -> None:
    """Note the sheet in each row where a list stands on several."""
    for table in tables:
        table.rows[:] = [replace(line, page=table.sheet) for line in table.rows]
