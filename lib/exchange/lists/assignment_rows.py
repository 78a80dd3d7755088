"""Rows of assignments: which member minds which household from which day on (S2-24).

Left empty, the day is tomorrow. A day gone by is kept as long as no day since was opened; else the change takes
effect tomorrow, because a day that has passed never changes.
"""

import json
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.access import User
from lib.core.audit import Act
from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say
from lib.core.form_input import Typed
from lib.core.rollup import first_free
from lib.exchange.lists.place_lookup import DISTRICT_OF_H, Places
from lib.exchange.lists.row import FileRow, good
from lib.register import size_rules
from lib.register.assignments.handover import hand_over
from lib.register.assignments.held import Standing, standings

LATEST = 366


def look(db: Database, user: User, area: str, lines: list, *, now: datetime) -> list[FileRow]:
    """What each row would change in who minds whom."""
    places, today = Places(db, area, lines), clock.day_of(now)
    found = [_begin(places, line, today) for line in lines]
    living = [row for row in found if row.state != "refused"]
    people = _People(db, {row.commune for row in living})
    first = first_free(db, today)
    held = _held(db, living, today)
    seen: dict[str, int] = {}
    for row in living:
        _decide(row, people, held, seen, first, today)
    _warn(db, found, people)
    return found


def _begin(places: Places, line, today: str) -> FileRow:
    cells = line.values
    row = FileRow(line.number, page=line.page, key=cells.get("code") or None)
    row.faults |= line.faults
    typed = Typed({**cells, "code": row.key})
    typed.text("code", 20, required=True)
    typed.text("member", 80, required=True)
    row.new = {name: text.clean(cells.get(name)) for name in ("team", "member")}
    row.new["phone"] = str(cells.get("phone") or "")
    row.new["from_day"] = typed.day("from_day", today=today, latest=clock.plus(today, LATEST))
    try:
        typed.done()
        row.commune = places.commune(cells, "code")
    except Invalid as problem:
        row.refuse(problem)
    return row.refuse({}) if row.faults else row


def _held(db: Database, living: list[FileRow], today: str) -> dict[str, Standing]:
    """The households of the file that are the visitor's, as they stand from today on."""
    mine = rows(
        db,
        "select code from my_households where code in (select value from json_each(?)) and merged_into is null",
        [json.dumps([row.key for row in living])],
    )
    return standings(db, [line["code"] for line in mine], today)


class _People:
    """The members of some communes who serve, found by name, and by team or telephone where a name is not enough."""

    def __init__(self, db: Database, communes: set[str]):
        self.named: dict[tuple, list[dict]] = defaultdict(list)
        self.by_id: dict[int, dict] = {}
        for member in rows(
            db,
            """select m.id, m.full_name as member, m.name_folded, ifnull(m.phone, '') as phone, m.team_id,
                   t.name as team, t.commune_code, t.hamlet_code,
                   max(m.from_day, t.from_day) as begins
               from my_members m join my_teams t on t.id = m.team_id
               where m.until_day is null and t.until_day is null
                   and t.commune_code in (select value from json_each(?))""",
            [json.dumps(sorted(communes))],
        ):
            self.by_id[member["id"]] = member
            self.named[member["commune_code"], member["name_folded"]].append(member)

    def meant(self, commune: str, hamlet: str, wanted: dict) -> dict:
        """The one member these cells mean; of several, the one whose team of that name is of the household's hamlet."""
        found = self.named.get((commune, text.fold(text.name(wanted["member"]))), [])
        for name, same in (("member", text.clean), ("team", text.fold), ("phone", _digits)):
            if wanted[name] and (len(found) > 1 or name == "team"):
                exact = [m for m in found if same(m[name]).casefold() == same(wanted[name]).casefold()]
                found = exact if exact or name == "team" else found
        if len(found) > 1 and wanted["team"]:
            found = [m for m in found if m["hamlet_code"] == hamlet] or found
        if not found:
            raise Invalid({"member": Say(N_("No member of this name serves in this team; import the teams first."))})
        if len(found) > 1:
            raise Invalid({"member": Say(N_("Several members have this name; add the team or the telephone."))})
        return found[0]


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit()).lstrip("0")


def _decide(row: FileRow, people: _People, held: dict[str, Standing], seen: dict, first: str, today: str) -> None:
    household = held.get(row.key)
    if household is None or household.commune_code != row.commune:
        row.refuse({"code": Say(N_("There is no such household in your area; check the code."))})
    elif row.key in seen:
        row.refuse({"code": Say(N_("The same as row {n} of this file."), {"n": seen[row.key]})})
    elif household.gone:
        row.refuse({"code": Say(N_("This household has moved away or was merged and needs no responsible member."))})
    if row.state == "refused":
        return
    seen[row.key] = row.place
    try:
        member = people.meant(row.commune, household.hamlet_code, row.new)
    except Invalid as problem:
        row.refuse(problem)
        return
    row.id = member["id"]
    _settle(row, household, people, first, today)


def _settle(row: FileRow, household: Standing, people: _People, first: str, today: str) -> None:
    """Settle from which day on the row's member minds the household, and whether the row changes anything."""
    member, wanted, tomorrow = people.by_id[row.id], row.new["from_day"], clock.plus(today, 1)
    if household.stays(member["id"], wanted or tomorrow) or household.stays(member["id"], tomorrow):
        day = household.living[0].from_day
    elif wanted and wanted < first:
        day = tomorrow
        row.warnings.append(Say(N_("The day has passed; the change takes effect tomorrow.")))
    else:
        day = wanted or tomorrow
    if day < member["begins"] and not household.stays(member["id"], day):
        sentence = N_("{name} is not in an active team on that day; choose another member or another day.")
        row.refuse({"member": Say(sentence, {"name": member["member"]})})
        return
    old = people.by_id.get(household.living[-1].member_id) if household.living else None
    row.new = {"team": member["team"], "member": member["member"], "from_day": day}
    row.decide(old and {**old, "from_day": household.living[-1].from_day})
    if household.living and old is None:
        row.state = "changed"


def _warn(db: Database, found: list[FileRow], people: _People) -> None:
    """Members who would mind more households than the rule allows (S2-23); a warning at their first row."""
    most, moved = size_rules.read(db).member_load_max, good(found)
    minding: dict[int, set[str]] = defaultdict(set)
    for line in rows(
        db,
        """select a.member_id, h.code from my_assignments a join my_households h on h.id = a.household_id
           where a.until_day is null and a.member_id in (select value from json_each(?))""",
        [json.dumps(sorted({row.id for row in moved}))],
    ):
        minding[line["member_id"]].add(line["code"])
    leaving = {row.key: row.id for row in moved}
    for member_id, codes in minding.items():
        codes -= {code for code in codes if leaving.get(code, member_id) != member_id}
    for row in moved:
        minding[row.id].add(row.key)
    told = set()
    for row in moved:
        if len(minding[row.id]) > most and row.id not in told:
            told.add(row.id)
            sentence = N_("{name} would look after {n} households; the rule is at most {most}.")
            row.warnings.append(Say(sentence, {"name": row.new["member"], "n": len(minding[row.id]), "most": most}))


def write(db: Database, user: User, rows_: list[FileRow], *, now: datetime, progress) -> None:
    """Hand over, commune by commune and day by day."""
    parts: dict[tuple, dict[str, int]] = defaultdict(dict)
    for row in good(rows_):
        parts[row.commune, row.new["from_day"]][row.key] = row.id
    # Whoever may load a list may give what it says, the province too; those who shift within a team load none.
    giver = replace(user, role="commune")
    for done, ((_commune, day), targets) in enumerate(sorted(parts.items()), start=1):
        hand_over(db, giver, Act(), targets, from_day=day)
        progress(0.9 * done / len(parts))


def listed(db: Database, area: str, *, day: str) -> list[dict]:
    """Who minds which household, decided changes to come among them, as columns of the file."""
    return rows(
        db,
        f"""select h.code, h.commune_code as commune, {DISTRICT_OF_H}, h.hamlet_code, h.head_name,
               h.lane, h.house_number,
               t.name as team, m.full_name as member, m.phone, a.from_day
           from my_households h
           join my_assignments a on a.household_id = h.id and a.until_day is null
           join my_members m on m.id = a.member_id join my_teams t on t.id = a.team_id
           where h.merged_into is null and h.commune_code in (select value from json_each(:communes))
           order by h.hamlet_code, h.walk_order, h.code""",
        {"communes": json.dumps(sorted(Places(db, area).communes))},
    )
