"""Rows of teams, a member each; a team is known by its hamlet and name, a member by name and
year of birth.

A cell left empty leaves what is stored.
"""

from collections import defaultdict
from contextlib import suppress
from datetime import datetime
from itertools import groupby

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import N_, Invalid, NotFound, Say
from lib.exchange.columns.cell_values import parts
from lib.exchange.lists import spared_cells, team_write
from lib.exchange.lists.place_lookup import Places
from lib.exchange.lists.row import At, FileRow
from lib.exchange.lists.team_match import KnownTeams
from lib.register import size_rules
from lib.register.duplicates import similar_names
from lib.register.teams import fields, member_fields

# The columns of the file that are called otherwise in the register, because a member has some of the same name.
_TEAM = {"team_from_day": "from_day", "team_phone": "phone"}
_FILE = {field: column for column, field in _TEAM.items()}
MEMBER = "member."
_OF_MEMBER = {name: f"{MEMBER}{name}" for name in member_fields.COLUMNS}
_NOT_ABOVE = N_("No hamlet is given here; the only team of this name is used, that of {name}.")
write = team_write.write


def look(db: Database, user: User, area: str, lines: list, *, now: datetime) -> list[FileRow]:
    """What each row would do to the teams of the area and their members."""
    places = Places(db, area, lines)
    found = [_begin(places, line) for line in lines]
    known = KnownTeams(db, {row.commune for row in found if row.commune})
    _place(places, found, {row.at for row, line in zip(found, lines, strict=True) if line.filled}, known)
    sound = sorted((row for row in found if row.state != "refused"), key=lambda row: (row.commune, row.key))
    for _team, of_it in groupby(sound, key=lambda row: (row.commune, row.key)):
        _team_rows(db, places, list(of_it), known, now)
    return found


def _begin(places: Places, line) -> FileRow:
    """The row with its commune and team, and what its cells give."""
    row = FileRow(line.number, page=line.page)
    row.faults |= line.faults
    row.new = {name: cell for name, cell in line.values.items() if cell not in (None, "", [])}
    try:
        row.commune = places.commune(row.new, "hamlet_code")
    except Invalid as problem:
        return row.refuse(problem)
    if "name" not in row.new:
        return row.refuse({"name": Say(N_("This may not be left empty."))})
    return row.refuse({}) if row.faults else row


def _place(places: Places, found: list[FileRow], filled: set[At], known: KnownTeams) -> None:
    """The team of each row by hamlet and name; without a hamlet that of the same name above, or in the store."""
    sound = [row for row in found if row.state != "refused"]
    of_file: dict[tuple, set[str]] = defaultdict(set)
    for row in sound:
        if "hamlet_code" in row.new:
            of_file[_named(row)].add(_hamlet(places, row))
    above: dict[tuple, str] = {}
    for row in sound:
        if row.at in filled and len(of_file[_named(row)]) == 1 and above.get(_named(row)) != row.new["hamlet_code"]:
            _only_one(places, row, known)
        above[_named(row)] = row.new.get("hamlet_code") or above.get(_named(row))
        where = above[_named(row)] or known.hamlet(row.commune, row.new["name"])
        row.key = f"{where or ''} {_named(row)[1]}"


def _named(row: FileRow) -> tuple[str, str]:
    return row.commune, " ".join(similar_names.spoken(row.new["name"]))


def _only_one(places: Places, row: FileRow, known: KnownTeams) -> None:
    """An empty hamlet is that of the one team of this name which there is, rather than the one above."""
    where = known.hamlet(row.commune, row.new["name"])
    if where and where != row.new["hamlet_code"]:
        row.warnings.append(Say(_NOT_ABOVE, {"name": places.written(where)}))
        row.new["hamlet_code"] = where


def _hamlet(places: Places, row: FileRow) -> str:
    """Its code; a hamlet that is not found is told with the team."""
    with suppress(Invalid):
        row.new["hamlet_code"] = places.hamlet(row.commune, row.new["hamlet_code"])
    return row.new["hamlet_code"]


def _team_rows(db: Database, places: Places, of_it: list[FileRow], known: KnownTeams, now: datetime) -> None:
    """The team of these rows, then each member; a team at fault keeps all its rows back."""
    where, _blank, _name = of_it[0].key.partition(" ")
    old = known.teams.get((of_it[0].commune, where, similar_names.spoken(of_it[0].new["name"])))
    try:
        team, given = _charter(db, places, of_it, old, now)
    except Invalid as problem:
        of_it[0].refuse({_FILE.get(name, name): say for name, say in problem.faults.items()})
        for row in of_it[1:]:
            row.refuse({"name": Say(N_("The team is refused in row {n}; correct it there."), {"n": of_it[0].place})})
        return
    taken: set[int] = set()
    for place, row in enumerate(of_it):
        cells, row.new, row.team = row.new, {}, {"old": old, "new": team}
        if place == 0:
            row.new = {_FILE.get(name, name): team[name] for name in given}
            row.old = {_FILE.get(name, name): old and old.get(name) for name in given}
        _member(row, cells, known, taken, now)
    _leaders(of_it, known.members[old["id"]] if old else [], taken)
    _warn(db, of_it, len(known.members[old["id"]]) if old else 0)


def _charter(
    db: Database, places: Places, of_it: list[FileRow], old: dict | None, now: datetime
) -> tuple[dict, list[str]]:
    """The team as it would be stored, and the fields that the file gives."""
    given: dict = {}
    for row in of_it:
        for column, cell in row.new.items():
            if column not in ("commune", "district") and not column.startswith(MEMBER):
                given.setdefault(_TEAM.get(column, column), cell)
    commune, today = of_it[0].commune, clock.day_of(now)
    if "hamlet_code" in given or not old:
        given["hamlet_code"] = places.hamlet(commune, given.get("hamlet_code"))
    if "hamlets" in given:
        given["hamlets"] = [places.hamlet(commune, part, "hamlets") for part in parts(given["hamlets"], ";,")]
    base = old or {"model": "hamlet", "status": "active", "from_day": today}
    new, further = spared_cells.checked(
        of_it[0], "teams", given, lambda cells: fields.read({**base, **cells}, today=today, named=True), _FILE
    )
    try:
        fields.check(db, old, new, further)
    except NotFound as problem:
        raise Invalid({"hamlet_code": problem.say}) from None
    return {**new, "hamlets": further, "commune_code": commune}, [*given]


def _member(row: FileRow, cells: dict, known: KnownTeams, taken: set, now: datetime) -> None:
    """Decide what the row does to its member: as stored, and as it would be."""
    team, old_team = row.team["new"], row.team["old"]
    given = {column[len(MEMBER) :]: cell for column, cell in cells.items() if column.startswith(MEMBER)}
    if "full_name" not in given:
        _state(row, old_team, None, {})
        return
    old = known.member(old_team and old_team["id"], given, taken)
    base = old or {"role": "member", "from_day": team["from_day"]}
    try:
        new = spared_cells.checked(
            row, "teams", given, lambda cells: member_fields.read({**base, **cells}, now=now), _OF_MEMBER
        )
    except Invalid as problem:
        row.refuse({f"{MEMBER}{name}": say for name, say in problem.faults.items()})
        return
    if old:
        taken.add(old["id"])
    row.member = {"old": old, "new": new}
    shown = {f"{MEMBER}{name}": new[name] for name in new if name in given or not old}
    row.new |= shown
    row.old |= {column: old and old[column[len(MEMBER) :]] for column in shown}
    _state(row, old_team, old, new)


def _state(row: FileRow, old_team: dict | None, old: dict | None, new: dict) -> None:
    team_new = old_team is None and bool(row.new.keys() - {column for column in row.new if column.startswith(MEMBER)})
    if team_new or (new and old is None):
        row.state = "new"
    else:
        row.state = "changed" if row.changes() else "same"


def _leaders(of_it: list[FileRow], stored: list[dict], taken: set[int]) -> None:
    """A team has one leader (S0-16): a second one is refused at the row that brings it."""
    leads = next((m["full_name"] for m in stored if m["role"] == "leader" and m["id"] not in taken), None)
    for row in of_it:
        if row.state != "refused" and row.member and row.member["new"]["role"] == "leader":
            name = row.member["new"]["full_name"]
            if leads is not None:
                sentence = N_("{name} leads this team; give that person another role in this file, or this one.")
                row.refuse({f"{MEMBER}role": Say(sentence, {"name": leads})})
            leads = leads or name


def _warn(db: Database, of_it: list[FileRow], stored: int) -> None:
    """The size rule (S2-21) at the team's first row."""
    sound = [row for row in of_it if row.state != "refused"]
    count = stored + sum(1 for row in sound if row.member and not row.member["old"])
    in_force = size_rules.read(db)
    if sound and not in_force.team_min <= count <= in_force.team_max:
        sentence = N_("The team has {n} members; the rule is {least} to {most}.")
        sound[0].warnings.append(Say(sentence, {"n": count, "least": in_force.team_min, "most": in_force.team_max}))


def listed(db: Database, area: str, *, day: str) -> list[dict]:
    """Every living team of the area with its members, a row each, as columns of the file."""
    places = Places(db, area)
    known = KnownTeams(db, set(places.communes))
    return [line for team in known.teams.values() for line in _lines(team, known.members[team["id"]], places)]


def _lines(team: dict, members: list[dict], places: Places) -> list[dict]:
    own = {_FILE.get(name, name): value for name, value in team.items()}
    own |= {"commune": team["commune_code"], "district": places.district(team["commune_code"])}
    own |= {"hamlets": "; ".join(map(places.written, team["hamlets"])) or None}
    return [own | {f"{MEMBER}{name}": member[name] for name in member_fields.COLUMNS} for member in members] or [own]
