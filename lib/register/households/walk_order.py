"""Sets the walking order of a hamlet's households: numbered from 1 without gaps, one order for all its teams.

A change renumbers the whole hamlet, so it needs the right to register households.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User, require
from lib.core.audit import BULK, SINGLE, act, changes
from lib.core.database import row, rows
from lib.core.form_input import Typed
from lib.register.households import household_table


def walk(db: Database, user: User, code: str, position: int | str | None, *, now: datetime) -> None:
    """Move a household to a place of its hamlet's walking order, counted from 1; the others move up."""
    with act(db, user, "household.register", now=now, kind="household.walk", undo=SINGLE) as deed:
        sql = "select commune_code, hamlet_code, walk_order from my_households where code = ?"
        old = require(row(db, sql, [code]))
        new = place(db, old["hamlet_code"], code, whole(position))
        deed.subject, deed.area = code, old["commune_code"]
        deed.detail = changes({"walk_order": old["walk_order"]}, {"walk_order": new})
        deed.nothing = not deed.detail


def reorder(db: Database, user: User, hamlet: str, codes: list[str], *, now: datetime) -> None:
    """Put these households in this order on the places they hold now; the others keep theirs."""
    with act(db, user, "household.register", now=now, kind="household.reorder", undo=BULK) as deed:
        own = {r["code"] for r in rows(db, "select code from my_households where hamlet_code = ?", [hamlet])}
        require(set(codes) <= own or None)
        old = _order(db, hamlet)
        wished = iter(dict.fromkeys(codes))
        new = [next(wished) if code in set(codes) else code for code in old]
        household_table.set_walk_order(db, hamlet, new)
        deed.subject, deed.area, deed.detail = hamlet, hamlet[:5], {"households": len(set(codes))}
        deed.nothing = new == old


def places(db: Database, hamlet: str) -> list[tuple[str, int]]:
    """Return code and place of all the hamlet's households in walking order, those of other teams too."""
    return db.conn.execute(
        """select code, walk_order
           from households  -- all: the order is the hamlet's, only codes are read
           where hamlet_code = ? order by walk_order, id""",
        [hamlet],
    ).fetchall()


def _order(db: Database, hamlet: str) -> list[str]:
    return [code for code, _place in places(db, hamlet)]


def place(db: Database, hamlet: str, code: str, position: int | None) -> int:
    """Put a household at a place (None: last), renumber the hamlet, and return the place it got."""
    others = [other for other in _order(db, hamlet) if other != code]
    index = len(others) if position is None else min(max(position - 1, 0), len(others))
    household_table.set_walk_order(db, hamlet, [*others[:index], code, *others[index:]])
    return index + 1


def whole(typed: int | str | None) -> int | None:
    """Return a typed place in the order; None, which means the last, when nothing was typed."""
    form = Typed({"walk_order": typed})
    number = form.number("walk_order", 1, 99999)
    form.done()
    return number
