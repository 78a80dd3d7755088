"""Lists, adds, renames and removes hamlets, with their local word (ấp, khu phố, thôn …)."""

from datetime import datetime

from sqlite_utils import Database

from lib.core import rollup
from lib.core.access import User, require
from lib.core.audit import SINGLE, act, changes
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.form_input import Typed
from lib.core.words.place_words import KINDS
from lib.register.areas import area_table

_FIRST_DAY = "0000-00-00"  # sorts before every day


def listed(db: Database, *, day: str, commune: str | None = None) -> list[dict]:
    """Return the visitor's hamlets on an open day: `{code, kind, name, commune_code, households, teams}`."""
    return rows(
        db,
        """select h.code, h.kind, h.name, h.parent_code as commune_code,
               ifnull(d.households, 0) as households, ifnull(d.teams, 0) as teams
           from my_hamlets h
           left join hamlet_day d on d.day = :day and d.commune_code = h.parent_code and d.hamlet_code = h.code
           where :commune is null or h.parent_code = :commune
           order by h.parent_code, h.name_sort, h.kind""",
        {"day": day, "commune": commune},
    )


def get(db: Database, code: str) -> dict:
    """Return a hamlet of the visitor's communes; raise NotFound for any other."""
    sql = "select code, kind, name, parent_code as commune_code from my_hamlets where code = ?"
    return require(row(db, sql, [code]))


def add(db: Database, user: User, values: dict, *, now: datetime) -> str:
    """Add a hamlet to the clerk's commune and return its code: the commune's with a two-digit serial."""
    with act(db, user, "hamlet.edit", now=now, kind="hamlet.add", undo=SINGLE) as deed:
        new = checked(values)
        code = next_code(codes(db, user.area_code), user.area_code)
        _put(db, {**new, "code": code})
        # The hamlet existed before it was entered, so it counts on days already open, too.
        rollup.recount(db, hamlets={code}, since=_FIRST_DAY)
        deed.subject, deed.detail = _named(new), {"code": [None, code]}
    return code


def rename(db: Database, user: User, code: str, values: dict, *, now: datetime) -> None:
    """Change a hamlet's name or local word; the code stays."""
    with act(db, user, "hamlet.edit", now=now, kind="hamlet.rename", undo=SINGLE) as deed:
        old = get(db, code)
        new = checked(values)
        deed.subject, deed.area, deed.detail = _named(old), old["commune_code"], changes(old, new)
        deed.nothing = not deed.detail
        _put(db, {**new, "code": code})


def remove(db: Database, user: User, code: str, *, now: datetime) -> None:
    """Delete a hamlet added in error; raise Conflict if a household or a team was ever registered there."""
    with act(db, user, "hamlet.edit", now=now, kind="hamlet.remove", undo=SINGLE) as deed:
        old = get(db, code)
        used = value(
            db,
            """select (select count(*) from my_households where hamlet_code = :code)
                 + (select count(*) from my_teams where hamlet_code = :code)
                 + (select count(*) from team_hamlets where hamlet_code = :code)""",
            {"code": code},
        )
        if used:
            raise Conflict(N_("This hamlet has households or teams; it can be renamed but not removed."))
        rollup.forget_hamlet(db, code)
        area_table.delete_hamlet(db, code)
        deed.subject, deed.area, deed.detail = _named(old), old["commune_code"], {"code": [code, None]}


def _named(hamlet: dict) -> str:
    return f"{hamlet['kind']} {hamlet['name']}"


def checked(values: dict) -> dict:
    """Return the checked word and name; raise Invalid with the fields at fault."""
    typed = Typed(values)
    kind = typed.choice("kind", KINDS, required=True)
    name = typed.name("name")
    typed.done()
    # "Ấp Phước Đức" typed beside the kind "ấp" means "Phước Đức".
    words = name.split()
    if len(words) > len(kind.split()) and name.casefold().startswith(f"{kind} "):
        name = " ".join(words[len(kind.split()) :])
    return {"kind": kind, "name": name}


def _put(db: Database, hamlet: dict) -> None:
    """Insert or rename a hamlet; raise Invalid if another has the same word and name, ignoring capitals."""
    same = value(
        db,
        """select 1 from areas where parent_code = :commune and level = 'hamlet' and kind = :kind
               and casefold(name) = casefold(:name) and code <> :code""",
        {**hamlet, "commune": hamlet["code"][:5]},
    )
    if same:
        raise Invalid(
            {"name": Say(N_("The commune already has a hamlet of this name; open it or choose another name."))}
        )
    area_table.put_hamlets(db, [hamlet])


def codes(db: Database, commune: str) -> set[str]:
    """Return the codes of a commune's hamlets."""
    return {code for (code,) in db.conn.execute("select code from my_hamlets where parent_code = ?", [commune])}


def next_code(used: set[str], commune: str) -> str:
    """Return the code with the next serial, or with the first free one once 99 is reached."""
    serials = {int(code[5:]) for code in used}
    last = max(serials, default=0)
    serial = next((n for n in [*range(last + 1, 100), *range(1, 100)] if n not in serials), None)
    if serial is None:
        raise Conflict(N_("A commune can have at most 99 hamlets; ask the province before adding more."))
    return f"{commune}{serial:02d}"
