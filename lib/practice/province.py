"""Builds a practice province with invented people: a Tây Ninh at work up to the present hour.

`small` is for learning and screenshots, `commune` one commune in full, `province` everything: 334,000
households. The same size, days, seed and hour give the same store.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows, set_setting, value, write
from lib.core.errors import N_, Conflict
from lib.core.identity import accounts
from lib.practice import accounts as practice_accounts
from lib.practice import days as practice_days
from lib.practice import draft_tables, expected_households, faults, province_plan, register, reports

SIZES = {"small": 14, "commune": 30, "province": 14}  # and the days of visits, today among them
PASSWORD = "thuc-hanh-tay-ninh"  # shared by all practice accounts and shown on the sign-in page

REGISTER_STEPS = 4  # the register takes about as long as four days of visits


@dataclass(frozen=True)
class Extent:
    """The extent of a practice province: a size, the number of days including today, and the random seed."""

    size: str = "small"
    days: int | None = None
    seed: int = 1


SMALL = Extent()


def build(
    db: Database,
    extent: Extent = SMALL,
    *,
    now: datetime,
    password_hash: str,
    progress: Callable[[float], None] = lambda share: None,
) -> None:
    """Fill an empty store. The smaller sizes are built in one transaction; a province is committed day by day."""
    size, seed = extent.size, extent.seed
    random = Random(f"{size} {seed}")
    today = clock.day_of(now)
    calendar = clock.days_until(today, extent.days or SIZES[size])
    founded = clock.plus(calendar[0], -10)
    steps = REGISTER_STEPS + len(calendar)
    progress(0.0)
    with nullcontext() if size == "province" else write(db):
        plan = province_plan.make(random, size, int(today[:4]))
        faults.add(random, plan, founded=founded, today=today)
        _must_be_empty(db)
        with write(db):
            register.write(db, random, plan, founded=founded, today=today)
            expected_households.write(db, plan, entered_day=founded, seed=seed)
            practice_accounts.write(db, random, plan, password_hash=password_hash, from_day=founded, now=now)
            expected_households.match_headings(db, clock.stamp(now))
            set_setting(db, "practice", PASSWORD)
            set_setting(db, "practice_size", size)
        for number, day in enumerate(calendar):
            progress((REGISTER_STEPS + number) / steps)
            with write(db):
                practice_days.write(db, random, plan, day, now=now)
        with write(db):
            reports.write(db, plan, calendar, now=now, seed=seed)
    draft_tables.forget(db)
    progress(1.0)


def _must_be_empty(db: Database) -> None:
    if accounts.exist(db) or value(db, "select 1 from households limit 1"):
        raise Conflict(N_("This store already holds accounts or households; practice data needs an empty one."))


def sign_ins(db: Database, count: int = 12) -> list[dict]:
    """Return the accounts to try, one of every role first: `{username, role, kind, name}`."""
    return rows(
        db,
        """select a.username, g.role, areas.kind, areas.name from accounts a
           join grants g on g.account_id = a.id and g.for_account_id is null join areas on areas.code = g.area_code
           order by a.id limit :count""",
        {"count": count},
    )
