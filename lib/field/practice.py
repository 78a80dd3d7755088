"""The practice province: founding it, and the invisible teams that keep it alive when somebody wishes so."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from sqlite_utils import Database

from db import demo
from lib.core import access, accounts, clock
from lib.core.access import User
from lib.core.audit import act
from lib.core.database import rows, set_setting, setting
from lib.core.errors import N_, Refused
from lib.field import visits
from lib.register import founding

PASSWORD = demo.PASSWORD
_OUTCOMES = {"met": 82, "phone": 12, "absent": 5, "refused": 1}
_ALIVE = "practice_alive"


def found(
    db: Database,
    *,
    password_hash: str,
    alive: bool,
    now: datetime,
    progress: Callable[[float], None] | None = None,
) -> None:
    """The small practice province up to this hour; the set-up code is void afterwards."""
    if accounts.exist(db):
        raise Refused(N_("This store already has accounts; sign in instead."))
    demo.build(db, now=now, password_hash=password_hash, progress=progress)
    set_setting(db, _ALIVE, str(int(alive)))
    founding.void_setup_code()


def is_practice(db: Database) -> bool:
    return setting(db, "practice") is not None


def is_alive(db: Database) -> bool:
    """Whether invisible teams keep entering visits."""
    return is_practice(db) and setting(db, _ALIVE) == "1"


def set_alive(db: Database, user: User, on: bool, *, now: datetime) -> None:
    """Switch the invisible teams on or off; only a practice store has them."""
    with act(db, user, "setting.technical", now=now) as deed:
        if not is_practice(db):
            raise Refused(N_("This is not a practice province."))
        deed.subject, deed.detail = _ALIVE, {"alive": [int(is_alive(db)), int(on)]}
        deed.nothing = is_alive(db) == on
        set_setting(db, _ALIVE, str(int(on)))


def visit_some(db: Database, *, now: datetime, seed: int | None = None) -> int:
    """One team enters a few doors of today that nobody has tried; how many. Nothing unless the province is alive."""
    if not is_alive(db):
        return 0
    random, day = Random(seed), clock.day_of(now)
    left = _teams_with_doors_left(db, day)
    if not left:
        return 0
    team = random.choice(left)
    user = access.user(db, team["clerk"], day)
    access.bind(db, user, day)
    try:
        untried = [
            line for line in visits.sheet(db, team["id"], day, user) if not line["outcome"] and not line["locked"]
        ]
        drafts = {line["code"]: _answer(random) for line in untried[: random.randint(3, 6)]}
        return sum(answer["state"] == "saved" for answer in visits.record(
            db, user, team["id"], day, drafts, now=now).values())  # fmt: skip
    finally:
        access.bind(db, None, day)


def _teams_with_doors_left(db: Database, day: str) -> list[dict]:
    """Teams of the day with an untried door, and the practice clerk of their commune.

    The commune in which a practice leader and member sign in is left to people: nobody likes a sheet that fills itself.
    """
    return rows(
        db,
        """select d.team_id as id, min(g.account_id) as clerk from team_day d
           join grants g on g.area_code = d.commune_code and g.role = 'commune'  -- all: practice accounts
           join accounts a on a.id = g.account_id and a.is_active and a.must_change = 0  -- all: practice accounts
           where d.day = :day and d.attempted < d.due
               and d.commune_code not in (
                   select area_code from grants where role in ('leader', 'member'))  -- all: where people practise
               and g.from_day <= :day and (g.until_day is null or g.until_day > :day)
           group by d.team_id order by d.team_id""",
        {"day": day},
    )


def _answer(random: Random) -> dict:
    outcome = random.choices(list(_OUTCOMES), _OUTCOMES.values())[0]
    return {"outcome": outcome, "flags": "s" if random.random() < 0.01 else "", "note": None, "swept": False}
