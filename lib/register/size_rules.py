"""Reads and sets the province's size rules (S2-21, S2-23) and coverage target; they warn and never block."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User
from lib.core.audit import act, changes
from lib.core.database import rows, set_setting
from lib.core.errors import N_
from lib.core.form_input import Typed
from lib.register.areas import expected_shares


@dataclass(frozen=True)
class Rules:
    """Limits for members of a team, households of a team and of a member, and the coverage target in percent.

    `registered_min` is the percentage of expected households from which a commune's lists count as complete.
    """

    team_min: int = 3
    team_max: int = 4
    households_min: int = 20
    households_max: int = 30
    member_load_max: int = 15
    coverage_target: int = 95
    registered_min: int = expected_shares.LEAST


# The bounds of each rule: least, most. Other provinces had 2-5 members and up to 79 households.
BOUNDS = {
    "team_min": (1, 20),
    "team_max": (1, 20),
    "households_min": (1, 300),
    "households_max": (1, 300),
    "member_load_max": (1, 300),
    "coverage_target": (50, 100),
    "registered_min": (50, 100),
}


def read(db: Database) -> Rules:
    """Return the rules in force; a missing or unreadable setting leaves its default."""
    stored = {
        line["key"].removeprefix("rule."): line["value"]
        for line in rows(db, "select key, value from settings where key like 'rule.%'")
    }
    return Rules(**{f.name: int(stored[f.name]) for f in fields(Rules) if stored.get(f.name, "").isdecimal()})


def save(db: Database, user: User, values: dict, *, now: datetime) -> Rules:
    """Set some or all of the rules and return them all; those not named stay."""
    with act(db, user, "setting.rules", now=now) as deed:
        old = asdict(read(db))
        typed = Typed({**old, **values})
        new = {name: typed.number(name, *BOUNDS[name], required=True) for name in BOUNDS}
        _check_order(typed, new)
        typed.done()
        deed.subject, deed.detail = "rules", changes(old, new)
        deed.nothing = not deed.detail
        for name in deed.detail:
            set_setting(db, f"rule.{name}", str(new[name]))
    return Rules(**new)


def _check_order(typed: Typed, new: dict) -> None:
    for least, most in (("team_min", "team_max"), ("households_min", "households_max")):
        if new[least] is not None and new[most] is not None and new[least] > new[most]:
            typed.fault(most, N_("The maximum may not be less than the minimum; correct one of them."))
