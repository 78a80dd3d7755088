"""Writing the teams and members that a file brings."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby

from sqlite_utils import Database

from lib.core import rollup
from lib.core.access import User
from lib.exchange.lists.row import Row, good
from lib.register.teams import fields, member_fields

_TEAM = ", ".join(fields.COLUMNS)
_TEAM_PLACES = ", ".join(f":{name}" for name in fields.COLUMNS)
_TEAM_SETS = ", ".join(f"{name} = :{name}" for name in fields.COLUMNS)
_MEMBER = ", ".join(member_fields.COLUMNS)
_MEMBER_PLACES = ", ".join(f":{name}" for name in member_fields.COLUMNS)
_MEMBER_SETS = ", ".join(f"{name} = :{name}" for name in member_fields.COLUMNS)


def write(db: Database, user: User, rows: list[Row], *, now: datetime, progress: Callable[[float], None]) -> None:
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
    places = fields.places(new, new["commune_code"])
    if old is None:
        team_id = db.conn.execute(
            f"""insert into teams (commune_code, name_folded, name_sort, {_TEAM})
                values (:commune, :folded, :sort, {_TEAM_PLACES})""",
            places,
        ).lastrowid
    elif all(old[name] == new[name] for name in (*fields.COLUMNS, "hamlets")):
        return old["id"]
    else:
        team_id = old["id"]
        db.conn.execute(
            f"""update teams set name_folded = :folded, name_sort = :sort, version = version + 1, {_TEAM_SETS}
                where id = :team""",
            {**places, "team": team_id},
        )
        db.conn.execute("delete from team_hamlets where team_id = ?", [team_id])
    db.conn.executemany(
        "insert into team_hamlets (team_id, hamlet_code) values (?, ?)", [(team_id, code) for code in new["hamlets"]]
    )
    return team_id


def _members(db: Database, team_id: int, members: list[dict]) -> None:
    """Whoever leads no more steps down first, because a team has one leader."""
    for member in sorted(members, key=lambda member: member["new"]["role"] == "leader"):
        places = {**member_fields.places(member["new"]), "team": team_id, "id": member["old"] and member["old"]["id"]}
        if member["old"] is None:
            db.conn.execute(
                f"""insert into members (team_id, name_folded, name_sort, {_MEMBER})
                    values (:team, :folded, :sort, {_MEMBER_PLACES})""",
                places,
            )
        elif any(member["old"][name] != member["new"][name] for name in member_fields.COLUMNS):
            db.conn.execute(
                f"""update members set name_folded = :folded, name_sort = :sort, version = version + 1,
                        {_MEMBER_SETS} where id = :id""",
                places,
            )
