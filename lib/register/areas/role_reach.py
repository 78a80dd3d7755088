"""Finds the roles of an account that reach what an address points to: an area, a team, a household."""

from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.database import value

OPEN = ("province", "district", "commune")  # boards of these levels are open to everybody


def of_roles(db: Database, account_id: int, day: str, grants: list[int], places: list[tuple[str, str]]) -> list[int]:
    """Return the grants whose role reaches every place; afterwards the connection is bound to none of them."""
    reaching = []
    for grant in grants:
        user = access.user(db, account_id, day, grant)
        if user and user.grant_id == grant:
            access.bind(db, user, day)
            reaching += [grant] * all(_HOLDS[kind](db, user, code) for kind, code in places)
    access.bind(db, None, day)
    return reaching


def _area(db: Database, user: User, code: str) -> bool:
    return access.can(user, "names.see") and access.holds_area(db, user, code)


def _unit(db: Database, user: User, code: str) -> bool:
    """Whether the role reaches an area of a board, or a team (`team:7`)."""
    if code.startswith("team:"):
        return _team(db, user, code.removeprefix("team:"))
    level = value(db, "select level from areas where code = ?", [code])
    return level in OPEN or value(db, "select 1 from my_hamlets where code = ?", [code]) is not None


def _team(db: Database, _user: User, number: str) -> bool:
    is_number = number.isdecimal() and len(number) < 12
    return is_number and value(db, "select 1 from my_teams where id = ?", [int(number)]) is not None


def _household(db: Database, _user: User, code: str) -> bool:
    return value(db, "select 1 from my_households where code = ?", [code]) is not None


_HOLDS = {"area": _area, "unit": _unit, "team": _team, "household": _household}
