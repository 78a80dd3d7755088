"""The checks of `python -m db check`: each yields a sentence for each fault, and nothing for a sound store."""

import csv
from collections.abc import Callable, Iterator

from sqlite_utils import Database

from db.migrations import migrations
from lib.core import ROOT, audit, rollup
from lib.core.database import rows
from lib.core.words import place_words
from lib.oversight.reports import snapshot_chain

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
    """Report households that are assigned to two members on one day; empty periods are ignored."""
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
    """Report teams with two leaders on one day."""
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
    """Report roll-ups of a day that differ from a recount of its visits."""
    for line in rollup.differences(db, day):
        stored, counted = line["stored"] or {}, line["counted"] or {}
        wrong = [name for name in stored | counted if name != "last_entry_at" and stored.get(name) != counted.get(name)]
        differing = ", ".join(f"{name} {stored.get(name)} instead of {counted.get(name)}" for name in wrong)
        yield f"On {day} the row {line['key']} of {line['table']} has {differing}."


def sheets(db: Database) -> Iterator[str]:
    """Report sheets that number a household twice or an unknown one, and printed sheets with unissued numbers."""
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
    """Report the first line of the log that was changed, or follows a deleted one."""
    line = audit.broken(db)
    if line:
        yield f"The log was changed: line {line} does not fit the one before it."


def delegations(db: Database) -> Iterator[str]:
    """Report roles lent without an end, without an hour, to oneself, or by an account that never held them."""
    for line in rows(
        db,
        """select a.username as deputy, ifnull(w.username, '?') as whom, g.role, g.area_code from grants g
           join accounts a on a.id = g.account_id left join accounts w on w.id = g.for_account_id
           where g.for_account_id is not null and (g.until_day is null or g.from_hour is null
               or g.for_account_id = g.account_id or not exists (
                   select 1 from grants own where own.account_id = g.for_account_id and own.for_account_id is null
                       and own.role = g.role and own.area_code = g.area_code))
           order by g.id""",
    ):
        yield f"The role {line['role']} of {line['area_code']} lent by {line['whom']} to {line['deputy']} is not sound."


def frozen(db: Database) -> Iterator[str]:
    """Report frozen figures that were changed after they were stored."""
    broken = snapshot_chain.broken(db)
    if broken:
        yield f"Frozen figures were changed: those of {broken} do not fit their seal."


def expected_numbers(db: Database) -> Iterator[str]:
    """Report expected households entered for a hamlet, or adding up to more than the total of the area above."""
    for line in rows(
        db,
        """select a.code, a.kind || ' ' || a.name as named from expected_households e
           join areas a on a.code = e.area_code where a.level = 'hamlet' order by a.code""",
    ):
        yield f"Expected households are entered for {line['named']} ({line['code']}), which is a hamlet."
    for line in rows(
        db,
        """select a.code, a.kind || ' ' || a.name as named, above.households as total, sum(below.households) as n
           from expected_households above join areas a on a.code = above.area_code
           join areas inside on inside.parent_code = a.code
           join expected_households below on below.area_code = inside.code
           where above.households is not null group by a.code having n > total order by a.code""",
    ):
        yield f"{line['named']} ({line['code']}) expects {line['total']} households, the areas in it {line['n']}."


def unasked(db: Database) -> Iterator[str]:
    """Report numbers and texts in reports and opening balances that no version of the form asks for."""
    with (ROOT / "db" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        codes = {line["code"] for line in csv.DictReader(file)}
    codes |= {code for (code,) in db.conn.execute("select distinct code from indicators")}
    for line in rows(
        db,
        """select e.day, e.area_code, told.key as code from report_events e, json_each(e.content, '$.manual') told
           union select e.day, e.area_code, told.key from report_events e, json_each(e.content, '$.texts') told
           union select until_day, area_code, indicator from opening_balances order by 1, 2, 3""",
    ):
        if line["code"] not in codes:
            yield (
                f"What {line['area_code']} entered for {line['day']} holds “{line['code']}”, "
                "which no version of the form asks for."
            )


def form(db: Database) -> Iterator[str]:
    """Report indicators whose section is missing in their version of the form."""
    for line in rows(
        db,
        """select i.version, i.code, i.block from indicators i
           where exists (select 1 from sections s where s.version = i.version)
               and not exists (select 1 from sections s where s.version = i.version and s.code = i.block)
           order by i.version, i.code""",
    ):
        yield (
            f"Version {line['version']} of the form has “{line['code']}” in the section “{line['block']}”, "
            "which it does not have."
        )


def words_and_sources(db: Database) -> Iterator[str]:
    """Report unreadable settings of documents, and hamlets whose kind is no known word."""
    for key, stored in db.conn.execute(
        """select key, value from settings where key like 'source.%' and value <> ''
           and iif(json_valid(value), value ->> 'document' is null or value ->> 'number' is null
                   or value ->> 'day' is null or value ->> 'issuer' is null, 1)"""
    ):
        yield f"The setting {key} cannot be read: {stored[:60]}. Enter the document again under Settings."
    for kind, n in db.conn.execute("select kind, count(*) from areas where level = 'hamlet' group by kind"):
        if kind not in place_words.KINDS:
            yield f"{n} hamlets are called “{kind}”, which is no word for a hamlet."


def headings(db: Database) -> Iterator[str]:
    """Report remembered headings that belong to no province, so that no list uses them."""
    for line in rows(
        db,
        """select m.said, m.province_code from heading_matches m join areas a on a.code = m.province_code
           where a.level <> 'province' order by m.said""",
    ):
        yield f"The heading “{line['said']}” is remembered for {line['province_code']}, which is no province."


CHECKS: dict[str, Callable[[Database], Iterator[str]]] = {
    "schema": pending,
    "integrity": integrity,
    "foreign keys": foreign_keys,
    "assignments": overlaps,
    "leaders": leaders,
    "expected households": expected_numbers,
    "headings of lists": headings,
    "delegations": delegations,
    "sheets": sheets,
    "log": chain,
    "frozen figures": frozen,
    "form of the report": form,
    "entered numbers": unasked,
    "words and sources": words_and_sources,
}


def steps(db: Database) -> Iterator[tuple[str, Callable[[], list[str]]]]:
    """Yield each check as (its name, a function that returns its faults)."""
    for name, check in CHECKS.items():
        yield name, lambda check=check: list(check(db))
    for (day,) in db.conn.execute("select day from days order by day").fetchall():
        yield f"sums of {day}", lambda day=day: list(rollups(db, day))
