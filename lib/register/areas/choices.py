"""Reads areas, teams and members to choose from, in Vietnamese order."""

from sqlite_utils import Database

from lib.core.database import row, rows, value


def below(db: Database, code: str, level: str) -> list[dict]:
    """Return the areas of a level inside an area: `{code, kind, name, parent_code, parent_kind, parent_name}`."""
    return rows(
        db,
        """with recursive inside (code) as (
               select :code union all
               select areas.code from areas join inside on areas.parent_code = inside.code
               where areas.level <> 'hamlet' or :level = 'hamlet')
           select a.code, a.kind, a.name, a.parent_code, p.kind as parent_kind, p.name as parent_name
           from areas a join inside on inside.code = a.code left join areas p on p.code = a.parent_code
           where a.level = :level
           order by p.name_sort, a.name_sort, a.kind""",
        {"code": code, "level": level},
    )


def get(db: Database, code: str) -> dict | None:
    """Return an area with its parent's name, or None; areas above hamlets are no secret."""
    return row(
        db,
        """select a.code, a.level, a.kind, a.name, a.parent_code, p.kind as parent_kind, p.name as parent_name
           from areas a left join areas p on p.code = a.parent_code where a.code = ?""",
        [code],
    )


def path(db: Database, code: str) -> list[dict]:
    """Return the areas from the province down to the area itself: `{code, kind, name}`."""
    return rows(
        db,
        """with recursive up (code, depth) as (
               select :code, 0 union all
               select areas.parent_code, depth + 1 from areas join up on areas.code = up.code
               where areas.parent_code is not null)
           select areas.code, areas.kind, areas.name from up join areas on areas.code = up.code
           order by depth desc""",
        {"code": code},
    )


def teams(db: Database) -> list[dict]:
    """Return the living teams of the visitor's area: `{id, name}`."""
    return rows(db, "select id, name from my_teams where status <> 'dissolved' order by name_sort")


def members(db: Database, team: int, *, leader: bool = False) -> list[dict]:
    """Return the present members of a team (or its leader only): `{id, full_name}`."""
    return rows(
        db,
        """select id, full_name from my_members
           where team_id = :team and until_day is null and (not :leader or role = 'leader') order by name_sort""",
        {"team": team, "leader": leader},
    )


def hamlet_of_household(db: Database, code: str) -> str | None:
    """Return the hamlet of a household; None if it is not the visitor's."""
    hamlet: str | None = value(db, "select hamlet_code from my_households where code = ?", [code])
    return hamlet


def hamlet_of_team(db: Database, team: int) -> str | None:
    """Return the first hamlet of a team; None if it is not in the visitor's area."""
    hamlet: str | None = value(db, "select hamlet_code from my_teams where id = ?", [team])
    return hamlet
