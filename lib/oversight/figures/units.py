"""The units a board compares: an area and what lies in it, as far as the visitor's own area reaches.

Down to the commune boards are open to everyone. Hamlets and teams are read through `my_hamlets` and
`my_teams`; only the command line, which has no visitor (`user=None`), reads all of them.
"""

from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.database import row, rows
from lib.core.sql import in_force

# Level of an area -> the column its sums are grouped by.
KEYS = {
    "province": "commune_code",
    "district": "commune_code",
    "commune": "commune_code",
    "hamlet": "hamlet_code",
    "team": "team_id",
}

_COLUMNS = """a.code, a.name, a.kind, a.level, p.kind || ' ' || p.name as parent_name, a.parent_code, a.code as key,
    case a.level when 'commune' then a.code when 'hamlet' then a.parent_code end as commune_code"""


def _hamlets(user: User | None) -> str:
    return "areas" if user is None else "my_hamlets"


def area(db: Database, code: str, user: User | None) -> dict:
    """The area with this code. Raises NotFound for a hamlet outside the visitor's area as for a code nobody has."""
    sql = f"""select {_COLUMNS} from areas a left join areas p on p.code = a.parent_code
            where a.code = :code and (a.level <> 'hamlet' or a.code in (select code from {_hamlets(user)}))"""
    unit: dict = access.require(row(db, sql, {"code": code}))
    return unit


def open_to_all(db: Database) -> list[dict]:
    """Every area that boards show to everyone: provinces, districts and communes."""
    return rows(
        db,
        f"""select {_COLUMNS} from areas a left join areas p on p.code = a.parent_code
            where a.level in ('province', 'district', 'commune')""",
    )


def children(db: Database, area: dict, day: str, user: User | None) -> list[dict]:
    """What lies in it, in Vietnamese order: districts, communes, hamlets, or the teams of the day."""
    if area["level"] == "hamlet":
        return _teams(db, area, day, user)
    table = _hamlets(user) if area["level"] == "commune" else "areas"
    return rows(
        db,
        f"""select {_COLUMNS} from {table} a join areas p on p.code = a.parent_code
            where a.parent_code = :code order by a.name_sort, a.kind, a.code""",
        {"code": area["code"]},
    )


def compared(db: Database, code: str, day: str, user: User | None) -> list[dict]:
    """The area with this code, then what lies in it. Raises NotFound as `area` does."""
    unit = area(db, code, user)
    return [unit, *children(db, unit, day, user)]


def _teams(db: Database, hamlet: dict, day: str, user: User | None) -> list[dict]:
    return rows(
        db,
        f"""select 'team:' || t.id as code, t.name, '' as kind, 'team' as level, :name as parent_name,
                t.hamlet_code as parent_code, t.id as key, t.commune_code
            from {"teams" if user is None else "my_teams"} t
            where t.hamlet_code = :code and {in_force("t")}
            order by t.name_sort, t.id""",
        {"code": hamlet["code"], "name": f"{hamlet['kind']} {hamlet['name']}", "day": day},
    )


def team(db: Database, code: str, user: User | None) -> dict:
    """The team with this code (`team:7`). Raises NotFound outside the visitor's own teams."""
    number = code.removeprefix("team:")
    sql = f"""select 'team:' || t.id as code, t.name, '' as kind, 'team' as level,
                h.kind || ' ' || h.name as parent_name, t.hamlet_code as parent_code, t.id as key, t.commune_code
            from {"teams" if user is None else "my_teams"} t join areas h on h.code = t.hamlet_code
            where t.id = :team"""
    key = int(number) if number.isdecimal() and len(number) < 12 else 0
    unit: dict = access.require(row(db, sql, {"team": key}))
    return unit


def communes(db: Database, unit: dict) -> list[str]:
    """The communes a unit's sums are read from."""
    if unit["commune_code"]:
        return [unit["commune_code"]]
    below = rows(
        db,
        """select code from areas where parent_code = :code and level = 'commune'
           union all
           select c.code from areas d join areas c on c.parent_code = d.code
           where d.parent_code = :code and c.level = 'commune'""",
        {"code": unit["code"]},
    )
    return [commune["code"] for commune in below]


def way(db: Database, code: str, user: User | None) -> list[dict]:
    """The path to an area, province first: `{code, name, kind, level}`."""
    path = [area(db, code, user)]
    while path[0]["parent_code"]:
        path.insert(0, area(db, path[0]["parent_code"], user))
    return path


def province(db: Database, user: User) -> str:
    """The code of the visitor's province, where a board starts."""
    code: str = way(db, user.area_code, user if user.level == "hamlet" else None)[0]["code"]
    return code
