"""What `python -m db check` looks at: a sentence for each fault, nothing for a sound store."""

from collections.abc import Callable, Iterator

from sqlite_utils import Database

from db.migrations import migrations
from lib.core import audit, rollup, seals
from lib.core.database import rows

FOREVER = "9999-12-31"


def pending(db: Database) -> Iterator[str]:
    for step in migrations.pending(db):
        yield f"The schema step {step.name} has not been applied: run python -m db init."


def integrity(db: Database) -> Iterator[str]:
    for (line,) in db.conn.execute("pragma integrity_check"):
        if line != "ok":
            yield f"The file is damaged: {line}."


def foreign_keys(db: Database) -> Iterator[str]:
    for table, row, parent, _number in db.conn.execute("pragma foreign_key_check"):
        yield f"Row {row} of {table} points to a row of {parent} that does not exist."


def overlaps(db: Database) -> Iterator[str]:
    """Households that are assigned to two members on one day; empty periods count for nothing."""
    for line in rows(
        db,
        """select h.code, max(a.from_day, b.from_day) as day from assignments a
           join assignments b on b.household_id = a.household_id and b.id > a.id
               and a.from_day < ifnull(b.until_day, :forever) and b.from_day < ifnull(a.until_day, :forever)
           join households h on h.id = a.household_id
           where a.from_day < ifnull(a.until_day, :forever) and b.from_day < ifnull(b.until_day, :forever)
           order by h.code""",
        {"forever": FOREVER},
    ):
        yield f"Household {line['code']} is assigned twice from {line['day']} on."


def leaders(db: Database) -> Iterator[str]:
    """Teams with two leaders on one day."""
    for line in rows(
        db,
        """select t.name, t.commune_code, max(a.from_day, b.from_day) as day from members a
           join members b on b.team_id = a.team_id and b.id > a.id and b.role = 'leader'
               and a.from_day < ifnull(b.until_day, :forever) and b.from_day < ifnull(a.until_day, :forever)
           join teams t on t.id = a.team_id
           where a.role = 'leader'
               and a.from_day < ifnull(a.until_day, :forever) and b.from_day < ifnull(b.until_day, :forever)
           order by t.id""",
        {"forever": FOREVER},
    ):
        yield f"{line['name']} of commune {line['commune_code']} has two leaders from {line['day']} on."


def rollups(db: Database, day: str) -> Iterator[str]:
    """Sums of a day that differ from a recount of its visits."""
    for line in rollup.differences(db, day):
        stored, counted = line["stored"] or {}, line["counted"] or {}
        wrong = [name for name in stored | counted if name != "last_entry_at" and stored.get(name) != counted.get(name)]
        told = ", ".join(f"{name} {stored.get(name)} instead of {counted.get(name)}" for name in wrong)
        yield f"On {day} the row {line['key']} of {line['table']} has {told}."


def sheets(db: Database) -> Iterator[str]:
    """Numbers of a team's sheet that stand for two households, or for one twice; printed sheets with numbers never
    given."""
    for line in rows(
        db,
        """select n.team_id, n.day, h.code, count(*) as times from sheet_numbers n join json_each(n.households) one
           left join households h on h.id = one.value
           where one.value is not null group by n.team_id, n.day, one.value having times > 1 or h.id is null""",
    ):
        whose = line["code"] or "a household that does not exist"
        yield f"The sheet of team {line['team_id']} of {line['day']} has {line['times']} numbers for {whose}."
    for line in rows(
        db,
        """select p.code, p.day, p.team_id from sheet_prints p
           left join sheet_numbers n on n.team_id = p.team_id and n.day = p.day
           where p.numbers > ifnull(json_array_length(n.households), 0) or exists (
               select 1 from json_each(p.members) of_one join json_each(of_one.value) one
               where one.value > p.numbers)""",
    ):
        yield f"The printed sheet {line['code']} of {line['day']} has numbers that team {line['team_id']} never gave."


def chain(db: Database) -> Iterator[str]:
    """Lines of the log that were changed or taken out after they were written."""
    line = audit.broken(db)
    if line:
        yield f"The log was changed: line {line} does not fit the one before it."


def frozen(db: Database) -> Iterator[str]:
    """Frozen figures that were changed after they were stored."""
    found = seals.broken(db)
    if found:
        yield f"Frozen figures were changed: those of {found} do not fit their seal."


CHECKS: dict[str, Callable[[Database], Iterator[str]]] = {
    "schema": pending,
    "integrity": integrity,
    "foreign keys": foreign_keys,
    "assignments": overlaps,
    "leaders": leaders,
    "sheets": sheets,
    "log": chain,
    "frozen figures": frozen,
}


def steps(db: Database) -> Iterator[tuple[str, Callable[[], list[str]]]]:
    """(what is looked at, a function that returns its faults), one after another."""
    for name, check in CHECKS.items():
        yield name, lambda check=check: list(check(db))
    for (day,) in db.conn.execute("select day from days order by day").fetchall():
        yield f"sums of {day}", lambda day=day: list(rollups(db, day))
