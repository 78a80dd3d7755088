"""Split lists in which a household is a block of rows: the head first, then the other residents.

Such a sheet ("members") becomes two tables: households, and persons, each with the row of its household.
"""

from dataclasses import replace

from lib.core import text
from lib.core.errors import N_, Say
from lib.exchange.columns.kinds import KINDS, OF_A_PERSON
from lib.exchange.columns.recognised_table import Line, Table
from lib.exchange.columns.telephones import in_note
from lib.exchange.spreadsheets.reading import spans

_PERSON = (*OF_A_PERSON, "phone", "note")
_HOUSEHOLD = tuple(column.key for column in KINDS["households"] if column.key != "head_name")
COUNTED = N_("Households without a number of persons were counted by their rows: rows {rows}.")
OTHERWISE = N_("The row says {said} persons, the list names {n}.")
READ = N_("Each household is a group of rows, with its head first: {households} households with {persons} persons.")
NO_HEAD = N_("No row above says who heads this household; write “Chủ hộ” in the relation column.")


def split(table: Table) -> tuple[Table, Table]:
    """Split a table of members into households and persons; remarks on the sheet stay with the households."""
    households: list[Line] = []
    persons: list[Line] = []
    counted: list[int] = []
    for block in _blocks(table.rows):
        head = _household(block)
        if (
            head.values.get("person_count") is None
            and not head.values.get("code")
            and "person_count" not in head.faults
        ):
            head.values["person_count"] = len(block)
            counted.append(head.number)
        elif isinstance(stated := head.values.get("person_count"), int) and stated != len(block):
            head.notes.append(Say(OTHERWISE, {"said": stated, "n": len(block)}))
        households.append(head)
        persons += [_person(line, head, line is block[0]) for line in block]
    remarks = [*table.remarks, Say(READ, {"households": len(households), "persons": len(persons)})]
    remarks += [Say(COUNTED, {"rows": spans(counted, str)})] if counted else []
    named = {key: at for key, at in table.columns.items() if key in _HOUSEHOLD}
    named["head_name"] = table.columns.get("head_name", table.columns.get("full_name", 0))
    whose = {key: at for key, at in table.columns.items() if key in _PERSON}
    return (
        replace(table, kind="households", columns=named, rows=households, remarks=remarks),
        replace(
            table,
            kind="persons",
            columns=whose,
            rows=persons,
            ticks={},
            skipped={},
            passed=[],
            unread=[],
            remarks=[],
            unknown=[],
        ),
    )


def _blocks(lines: list[Line]) -> list[list[Line]]:
    sparse = any(not line.serial for line in lines)
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or _begins(line, blocks[-1], sparse):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _begins(line: Line, block: list[Line], sparse: bool) -> bool:
    """Whether a row begins a household: a head, another head's name, or a number where members have none."""
    relation, head = line.values.get("relation"), line.values.get("head_name")
    if relation == "head":
        return True
    if head and text.fold(head) != text.fold(_named(block)):
        return True
    return bool(not relation and "relation" not in line.faults and not head and sparse and line.serial)


def _named(block: list[Line]) -> str | None:
    return next((line.values["head_name"] for line in block if line.values.get("head_name")), None)


def _household(block: list[Line]) -> Line:
    """Make the household of a block: the values of its first row, under the name of its head."""
    first = block[0]
    values = {key: first.values.get(key) for key in _HOUSEHOLD if key in first.values}
    faults = {key: fault for key, fault in first.faults.items() if key in values}
    leads = next((line for line in block if line.values.get("relation") == "head"), None)
    name = _named(block) or (leads or first).values.get("full_name")
    if leads is None and _named(block) is None:
        if first.values.get("relation") or "relation" in first.faults:
            faults["head_name"] = Say(NO_HEAD)
        else:
            first.values["relation"] = "head"
    if "full_name" in first.faults and not _named(block):
        faults["head_name"] = first.faults["full_name"]
    return Line(first.number, values | {"head_name": name}, faults, list(first.notes), first.page, first.serial)


def _person(line: Line, head: Line, first: bool) -> Line:
    """Make a person of a household; the first row's telephone and note belong to the household."""
    if line.values.get("phone2") and not first:
        in_note(line, line.values["phone2"])  # a household has a column for it
    own = [key for key in _PERSON if key in line.values and not (first and key in ("phone", "note"))]
    values = {key: line.values[key] for key in own}
    if not values.get("relation") and text.fold(values.get("full_name")) == text.fold(head.values["head_name"]):
        values["relation"] = "head"
    faults = {key: fault for key, fault in line.faults.items() if key in own}
    return Line(line.number, values, faults, [] if first else line.notes, line.page, head=head.number)
