"""Writing the teams and members that a file brings."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby

from sqlite_utils import Database

from lib.core import rollup
from lib.core.access import User
from lib.exchange.lists.row import FileRow, good
from lib.register.teams import fields, member_fields, member_table, team_table


def write(db: Database, user: User, rows: list[FileRow], *, now: datetime, progress: Callable[[float], None]) -> None:
    """Found and change teams, then their members, then count again."""
    written = sorted(good(rows), key=lambda row: (row.commune, row.key))
    hamlets, first = set(), "9999-12-31"
    done = 0
    for _team, group in groupby(written, key=lambda row: (row.commune, row.key)):
        of_it = list(group)
        old, new = of_it[0].team["old"], of_it[0].team["new"]
        team_id = _team_row(db, old, new)
        _members(db, team_id, [row.member for row in of_it if row.member])
        since = min(new["from_day"], old["from_day"] if old else new["from_day"])
        if not old or _places(old) != _places(new):
            hamlets |= _places(new)[1] | (_places(old)[1] if old else set())
            first = min(first, since)
            rollup.recount(db, teams={team_id}, since=since)
        done += len(of_it)
        progress(0.9 * done / len(written))
    rollup.recount(db, hamlets=hamlets, since=first)


def _places(team: dict) -> tuple[str, set[str]]:
    """What the sums of days depend on: its first day and its hamlets."""
    return team["from_day"], {team["hamlet_code"], *team["hamlets"]}


def _team_row(db: Database, old: dict | None, new: dict) -> int:
    columns = fields.stored(new, new["commune_code"])
    if old is None:
        return team_table.insert(db, columns, new["hamlets"])
    if any(old[name] != new[name] for name in (*fields.COLUMNS, "hamlets")):
        team_table.update(db, old["id"], columns, new["hamlets"])
    return old["id"]


def _members(db: Database, team_id: int, members: list[dict]) -> None:
    """Whoever leads no more steps down first, because a team has one leader."""
    for member in sorted(members, key=lambda member: member["new"]["role"] == "leader"):
        old, columns = member["old"], member_fields.stored(member["new"])
        if old is None:
            member_table.insert(db, {**columns, "team_id": team_id})
        elif any(old[name] != member["new"][name] for name in member_fields.COLUMNS):
            member_table.update(db, old["id"], columns)
