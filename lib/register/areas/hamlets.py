"""Hamlets of a commune under their local word (ấp, khu phố, thôn …); the official list ends above them."""

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
    """Hamlets of the visitor's communes: `{code, kind, name, commune_code, households, teams}` on an open day."""
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
    """One hamlet of the visitor's own communes, else NotFound."""
    sql = "select code, kind, name, parent_code as commune_code from my_hamlets where code = ?"
    return require(row(db, sql, [code]))


def add(db: Database, user: User, values: dict, *, now: datetime) -> str:
    """A new hamlet of the clerk's commune; its code is the commune's with a two-digit serial."""
    with act(db, user, "hamlet.edit", now=now, kind="hamlet.add", undo=SINGLE) as deed:
        new = checked(values)
        code = next_code(codes(db, user.area_code), user.area_code)
        _put(db, {**new, "code": code})
        # It was there before it was entered: it counts on the days already open, too.
        rollup.recount(db, hamlets={code}, since=_FIRST_DAY)
        deed.subject, deed.detail = _named(new), {"code": [None, code]}
    return code


def rename(db: Database, user: User, code: str, values: dict, *, now: datetime) -> None:
    """Another name or another local word; the code stays."""
    with act(db, user, "hamlet.edit", now=now, kind="hamlet.rename", undo=SINGLE) as deed:
        old = get(db, code)
        new = checked(values)
        deed.subject, deed.area, deed.detail = _named(old), old["commune_code"], changes(old, new)
        deed.nothing = not deed.detail
        _put(db, {**new, "code": code})


def remove(db: Database, user: User, code: str, *, now: datetime) -> None:
    """Take away a hamlet added in error: only while nobody lives in it and no team was ever founded there."""
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
    """The word and the name as they are stored; Invalid names the fields at fault."""
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
    """Insert or rename; a hamlet of the same word and name, whatever its capitals, is refused at the field."""
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
    """The codes of a commune's hamlets."""
    return {code for (code,) in db.conn.execute("select code from my_hamlets where parent_code = ?", [commune])}


def next_code(used: set[str], commune: str) -> str:
    """The serial after the last, else the first gap; codes are not handed out again while higher ones are free."""
    serials = {int(code[5:]) for code in used}
    last = max(serials, default=0)
    serial = next((n for n in [*range(last + 1, 100), *range(1, 100)] if n not in serials), None)
    if serial is None:
        raise Conflict(N_("A commune can have at most 99 hamlets; ask the province before adding more."))
    return f"{commune}{serial:02d}"
