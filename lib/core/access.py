"""Who may do what (a table), and where (views bound to the visitor's own connection).

Scoped rows are read only through `my_*`; a query cannot forget the filter, and SQLite refuses
writes to a view. Commands find the row there first: what lies outside is not found, not forbidden.
"""

import json
from dataclasses import dataclass
from typing import TypeVar

from sqlite_utils import Database

from lib.core.database import row, rows, value
from lib.core.errors import N_, NotFound, Refused
from lib.core.sql import in_force

ROLES = ("member", "leader", "commune", "station", "district", "province", "inspector", "administrator")

_Row = TypeVar("_Row")

# Action -> roles. Where the action reaches is the area of the visitor's grant, never more.
CAN: dict[str, set[str]] = {
    "board.see": set(ROLES),
    "names.see": set(ROLES) - {"administrator"},
    "visit.enter": {"member", "leader", "commune"},
    "visit.enter_older": {"commune"},
    "household.edit": {"member", "leader", "commune"},
    "household.register": {"commune"},
    "household.edit_health": {"commune", "station"},
    "hamlet.edit": {"commune"},
    "expected.edit": {"commune", "district", "province"},
    "team.manage": {"commune", "district"},
    "assignment.propose": {"leader", "commune", "district"},
    "assignment.give": {"commune", "district"},
    "assignment.shift": {"leader", "commune", "district"},
    "case.raise": {"member", "leader", "commune", "station"},
    "case.notify": {"commune"},
    "case.work": {"station"},
    "case.read": {"station", "district", "commune"},
    "case.result": {"station", "province"},
    "day.close": {"leader"},
    "report.write": {"commune", "district", "province"},
    "report.template": {"province"},
    "report.see": {"commune", "district", "province", "inspector"},
    "reminder.send": {"district", "province"},
    "reminder.answer": {"commune", "district"},
    "officer.edit": {"commune", "district", "province"},
    "letterhead.edit": {"commune", "district", "province"},
    "inspection.write": {"district", "province", "inspector"},
    "setting.see": {"province", "administrator"},
    "setting.rules": {"province"},
    "setting.technical": {"administrator"},
    "account.manage": {"commune", "district", "province", "administrator"},
    "account.unlock": {"administrator"},
    "sheet.export": {"leader", "commune", "station", "district", "province"},
    "list.import": {"commune", "district", "province"},
    "gaps.see": {"commune", "district", "province", "inspector"},
    "backup.take": {"administrator"},
    "history.see": set(ROLES),
    "account.own": set(ROLES),
    "account.delegate": {"commune", "district", "province"},
    "clock.confirm": {"commune", "district", "province", "administrator"},
}

# What outlasts the day it is done: rights of others, the rules and words everybody goes by, copies of the store. Not
# for a role that is held for somebody else; it ends with the loan, and so must all that it can do.
LASTING = {
    "account.manage",
    "account.unlock",
    "account.delegate",
    "officer.edit",
    "letterhead.edit",
    "report.template",
    "setting.rules",
    "setting.technical",
    "backup.take",
}

# Each level manages the accounts of the level below, in its own area; the keeper of the machine also further keepers.
# Nobody manages their own account.
MANAGES: dict[str, tuple[str, ...]] = {
    "commune": ("member", "leader"),
    "district": ("commune", "station"),
    "province": ("district", "inspector"),
    "administrator": ("province", "administrator"),
}


# The level of area an account of each role is for; an inspector may be given any below the province.
LEVELS: dict[str, tuple[str, ...]] = {
    "member": ("commune",),
    "leader": ("commune",),
    "commune": ("commune",),
    "station": ("commune",),
    "district": ("district",),
    "inspector": ("district", "commune"),
    "province": ("province",),
    "administrator": ("province",),
}


@dataclass(frozen=True)
class User:
    """Who acts in this run: an account in one of its grants, or in one held for somebody else from an hour on."""

    id: int
    username: str
    full_name: str
    role: str
    area_code: str
    level: str
    grant_id: int
    team_id: int | None = None
    member_id: int | None = None
    must_change: bool = False
    address: str | None = None
    for_account: int | None = None
    for_name: str | None = None
    from_hour: str | None = None

    def can(self, action: str) -> bool:
        return can(self, action)


def can(user: User | None, action: str) -> bool:
    return user is not None and allows(user.role, action, lent=user.for_account is not None)


def allows(role: str, action: str, *, lent: bool) -> bool:
    """Whether a role may do this: its holder, or with `lent` whoever stands in."""
    return role in CAN[action] and not (lent and action in LASTING)


def check(user: User | None, action: str) -> None:
    """Raise Refused unless the visitor's role may do this."""
    if not can(user, action):
        raise Refused(N_("Your role may not do this. Ask the level that manages your account."))


def grants(db: Database, account_id: int, day: str) -> list[dict]:
    """What an account may act as on a day, its own grants first.

    `{id, role, area_code, area_name, area_kind, level, team_id, member_id, for_account, for_name, from_hour}`.
    """
    return rows(
        db,
        f"""{_GRANTS} where g.account_id = :account and {in_force("g")}
                and (g.for_account_id is null or {_LENT})
            order by g.for_account_id is not null, g.id""",
        {"account": account_id, "day": day},
    )


def once_held(db: Database, account_id: int, grant_id: int | None) -> dict | None:
    """A grant of this account as `grants` tells it, in force or not; nobody else's."""
    return row(db, f"{_GRANTS} where g.account_id = ? and g.id = ?", [account_id, grant_id])


_GRANTS = """
    select g.id, g.role, g.area_code, areas.name as area_name, areas.kind as area_kind, areas.level, g.team_id,
        g.member_id, g.for_account_id as for_account, whom.full_name as for_name, g.from_hour
    from grants g join areas on areas.code = g.area_code left join accounts whom on whom.id = g.for_account_id"""
# A role held for somebody else lasts as long as theirs, their account, and any role of the holder's own.
_LENT = f"""whom.is_active
    and exists (select 1 from grants lent where lent.account_id = whom.id and lent.for_account_id is null
        and lent.role = g.role and lent.area_code = g.area_code and {in_force("lent")})
    and exists (select 1 from grants own where own.account_id = g.account_id and own.for_account_id is null
        and {in_force("own")})"""


def user(db: Database, account_id: int, day: str, grant_id: int | None = None) -> User | None:
    """The account acting in the wished grant, else in its first; None when switched off or without one."""
    account = row(
        db, "select id, username, full_name, must_change from accounts where id = ? and is_active", [account_id]
    )
    held = grants(db, account_id, day) if account else []
    if not account or not held:
        return None
    grant = next((g for g in held if g["id"] == grant_id), held[0])
    return User(
        id=account["id"],
        username=account["username"],
        full_name=account["full_name"],
        role=grant["role"],
        area_code=grant["area_code"],
        level=grant["level"],
        grant_id=grant["id"],
        team_id=grant["team_id"],
        member_id=grant["member_id"],
        must_change=bool(account["must_change"]),
        for_account=grant["for_account"],
        for_name=grant["for_name"],
        from_hour=grant["from_hour"],
    )


# Which communes an area holds, as a condition on the column {code}. The plus keeps SQLite from walking
# the index of a whole province in random order: a search scans instead, twice as fast.
_INSIDE = {
    "province": """+{code} in (select code from areas where parent_code in
        (select code from areas where parent_code = '{area}'))""",
    "district": "{code} in (select code from areas where parent_code = '{area}')",
    "commune": "{code} = '{area}'",
}


def _scopes(user: User | None, day: str) -> tuple[str, str, str]:
    """WHERE conditions for communes, teams and households. Values come from the grant row, never from a form."""
    if user is None or not can(user, "names.see"):
        return "0", "0", "0"
    communes, inside = (
        _INSIDE[user.level].format(code=code, area=user.area_code) for code in ("{code}", "commune_code")
    )
    # A household that left yesterday stays on yesterday's sheet; one given and taken back at once was never theirs.
    lately = f"from_day <= '{day}' and (until_day is null or (until_day >= '{day}' and until_day > from_day))"
    if user.role == "leader":
        own = f"id in (select household_id from assignments where team_id = {user.team_id} and {lately})"
        return communes, f"id = {user.team_id}", own
    if user.role == "member":
        own = f"id in (select household_id from assignments where member_id = {user.member_id} and {lately})"
        return communes, f"id = {user.team_id}", own
    return communes, inside, inside


def bind(db: Database, user: User | None, day: str) -> None:
    """Create the `my_*` views on this connection, or those of them that differ for the new visitor."""
    communes, teams, households = _scopes(user, day)
    manages = MANAGES.get(user.role, ()) if user and user.can("account.manage") else ()
    managed = ", ".join(f"'{role}'" for role in manages)
    area = _area_and_below(user.area_code) if user else "select null"
    views = {
        "my_communes": f"select * from areas where level = 'commune' and {communes.format(code='code')}",
        "my_hamlets": f"select * from areas where level = 'hamlet' and {communes.format(code='parent_code')}",
        "my_teams": f"select * from teams where {teams}",
        "my_members": "select * from members where team_id in (select id from my_teams)",
        "my_households": f"select * from households where {households}",
        "my_persons": f"select * from persons where {_in_my_households('persons', user)}",
        "my_assignments": f"select * from assignments where {_in_my_households('assignments', user)}",
        "my_status": f"select * from household_status where {_in_my_households('household_status', user)}",
        "my_visits": "select * from visits where household_id in (select id from my_households)",
        "my_grants": f"""select * from grants where role in ({managed}) and area_code in ({area})
            and for_account_id is null and (until_day is null or until_day > '{day}')
            and account_id <> {user.id if user else 0}""",
        "my_accounts": """select id, username, full_name, phone, must_change, is_active, created_at
            from accounts where id in (select account_id from my_grants)""",
        "my_audit": f"select * from audit_log where {_acts(user, area)}",
    }
    standing = dict(db.conn.execute("select name, sql from temp.sqlite_master where type = 'view'").fetchall())
    for name, sql in views.items():
        if standing.get(name) != f"CREATE VIEW {name} as {sql}":
            db.conn.execute(f"drop view if exists temp.{name}")
            db.conn.execute(f"create temp view {name} as {sql}")


# What the keeper of the machine may read of others: nothing about households.
_TECHNICAL = ("account.", "sign", "backup.", "setting.", "rollup.", "clock.")


def _acts(user: User | None, area: str) -> str:
    """Whose acts the visitor may read: members and stations their own, leaders their team's, others their area's."""
    if user is None:
        return "0"
    if user.role in ("member", "station"):
        return f"account_id = {user.id}"
    if user.role == "leader":
        return f"account_id in (select account_id from grants where team_id = {user.team_id})"
    if user.role == "administrator":
        kinds = " or ".join(f"action like '{kind}%'" for kind in _TECHNICAL)
        return f"account_id = {user.id} or {kinds}"
    return f"account_id = {user.id} or area_code in ({area})"


def _in_my_households(table: str, user: User | None) -> str:
    """Rows of what the visitor sees: a list made once where it is short, a look-up each where it is long."""
    if user and user.level in ("district", "province"):
        return f"exists (select 1 from my_households mine where mine.id = {table}.household_id)"
    return "household_id in (select id from my_households)"


def _area_and_below(code: str) -> str:
    return f"""with recursive below (code) as (select '{code}' union all
        select areas.code from areas join below on areas.parent_code = below.code) select code from below"""


def holds_area(db: Database, user: User, code: str) -> bool:
    """Whether an area lies in the visitor's own, at any level."""
    return value(db, f"select 1 from ({_area_and_below(user.area_code)}) where code = ?", [code]) is not None


def held_areas(db: Database, user: User, codes: list[str]) -> list[str]:
    """Those of these areas that lie in the visitor's own, at any level."""
    sql = f"select value from json_each(?) where value in ({_area_and_below(user.area_code)})"
    return [code for (code,) in db.conn.execute(sql, [json.dumps(codes)])]


def require(row: _Row | None, sentence: str = N_("There is no such record in your area; reload the page.")) -> _Row:
    """The row read through `my_*`; raises NotFound where there is none, for a stranger as for a typing error."""
    if row is None:
        raise NotFound(sentence)
    return row
