"""Founds the practice province, and runs the simulated teams that keep entering visits."""

import json
from collections.abc import Callable
from datetime import datetime
from random import Random

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User
from lib.core.audit import act
from lib.core.database import rows, set_setting, setting, value
from lib.core.errors import N_, Refused, Say
from lib.core.identity import accounts
from lib.core.words import dates
from lib.field.visits import visits
from lib.practice import names, province
from lib.register.areas import store_setup

PASSWORD = province.PASSWORD
HOURS = N_(
    "Simulated teams enter visits from 6:00 to 21:00 at the pace of a real day; Thanh Phước is left for "
    "people to enter."
)
_ALIVE = "practice_alive"

# When teams enter: the weight of each hour of the day; at night nobody knocks.
_HOURS = {6: 2, 7: 5, 8: 7, 9: 7, 10: 11, 11: 10, 12: 5, 13: 20, 14: 6, 15: 6, 16: 6, 17: 6, 18: 4, 19: 3, 20: 2}
_SLOWEST = 10  # seconds from one answer to the next of the whole province, so that a board never seems to stand
_MOST = 60  # answers at once, for a machine that was off

_OUTCOMES = {"met": 82, "phone": 12, "absent": 5, "refused": 1}
_FOUND = {"people": 0.015, "needs": 0.012, "violations": 0.005}  # how often, of doors that answered
_PEOPLE = {"ill": 9, "returnee": 4, "guest": 2}
_SYMPTOMS = (["fever", "cough"], ["cough"], ["sore_throat"], ["fever"], ["runny_nose", "fatigue"], ["body_ache"])
_PROVINCES = ("79", "79", "74", "74", "75", "80")  # where people come from: most of all Ho Chi Minh City, Binh Duong
_NEEDS = ("food", "food", "medicine", "chronic_care", "baby_supplies")
_VIOLATIONS = ("not_declared", "no_mask", "gathering")


def found(
    db: Database,
    *,
    password_hash: str,
    alive: bool,
    now: datetime,
    progress: Callable[[float], None] = lambda share: None,
) -> None:
    """Build the small practice province up to this hour, and make the set-up code void."""
    if accounts.exist(db):
        raise Refused(N_("Accounts already exist; sign in instead."))
    province.build(db, now=now, password_hash=password_hash, progress=progress)
    set_setting(db, _ALIVE, str(int(alive)))
    store_setup.SETUP_CODE.void()


def is_practice(db: Database) -> bool:
    return setting(db, "practice") is not None


def is_alive(db: Database) -> bool:
    """Whether simulated teams keep entering visits."""
    return is_practice(db) and setting(db, _ALIVE) == "1"


def set_alive(db: Database, user: User, on: bool, *, now: datetime) -> None:
    """Switch the simulated teams on or off; only a practice store has them."""
    with act(db, user, "setting.technical", now=now) as deed:
        if not is_practice(db):
            raise Refused(N_("This works only in a practice province."))
        deed.subject, deed.detail = _ALIVE, {"alive": [int(is_alive(db)), int(on)]}
        deed.nothing = is_alive(db) == on
        set_setting(db, _ALIVE, str(int(on)))


# Real data in a store whose password everybody knows


ISSUED = 10  # accounts that people issued; fewer are practice
_WORK = ("visit.record", "household.register", "import.apply", "team.found")


def signs_of_real_data(db: Database) -> list[Say]:
    """Return sentences on what looks like real work in a practice store: accounts, and entries after its first day."""
    if not is_practice(db):
        return []
    issued = value(db, "select count(*) from accounts where created_by is not null  -- all: how many")
    signs = [Say(N_("{n} accounts were issued here by people."), {"n": issued})] if issued >= ISSUED else []
    day = _day_of_work(db)
    return [*signs, Say(N_("Entries of {day} were made by people."), {"day": dates.shown(day)})] if day else signs


def _day_of_work(db: Database) -> str | None:
    """Return the first day after the generator's on which somebody entered something in a browser."""
    first_day = accounts.first_day(db)
    if first_day is None:
        return None
    first = clock.at(clock.plus(first_day, 1), "00:00")
    at = value(
        db,
        """select min(at) from audit_log  -- all: of the practice store; the invisible teams have no address
           where address is not null and at >= :first and action in (select value from json_each(:work))""",
        {"first": first, "work": json.dumps(_WORK)},
    )
    return at and clock.day_of(clock.instant(at))


# The simulated teams


def pace(left: int, *, now: datetime) -> float:
    """Return the visits per second at this hour, with so many left: spread over the rest of the day by its weights.

    They are spread over an hour at least, so that a day begun late is not done in a minute.
    """
    local = now.astimezone(clock.ZONE)
    weight = _HOURS.get(local.hour, 0)
    if not weight or not left:
        return 0.0
    gone = (local.minute * 60 + local.second) / 3600
    rest = weight * (1 - gone) + sum(later for hour, later in _HOURS.items() if hour > local.hour)
    return max(left * weight / max(rest, weight) / 3600, 1 / _SLOWEST)


def are_resting(now: datetime) -> bool:
    return now.astimezone(clock.ZONE).hour not in _HOURS


def visit_some(db: Database, *, now: datetime, seconds: float = 5, seed: int | None = None) -> int:
    """Enter the visits of so many seconds and return their number; none unless the simulated teams are on.

    Households without an answer come first, then those where nobody was at home.
    """
    if not is_alive(db) or are_resting(now):
        return 0
    random, day = Random(seed), clock.day_of(now)
    teams = _teams_at_work(db, day)
    again = not any(team["left"] for team in teams)
    work = {team["id"]: team["absent"] if again else team["left"] for team in teams}
    many = min(pace(sum(work.values()), now=now) * seconds, _MOST)
    doors, entered = int(many) + (random.random() < many % 1), 0
    by_id = {team["id"]: team for team in teams}
    while doors > 0 and any(work.values()):
        team = random.choices(list(work), work.values())[0]
        some = min(doors, work.pop(team), random.randint(3, 6))
        entered += _enter(db, random, by_id[team], some, now, again=again)
        doors -= some
    return entered


def _teams_at_work(db: Database, day: str) -> list[dict]:
    """Return the day's teams with their commune's practice clerk and their households left and unanswered.

    The commune in which a practice leader and member sign in is left to people: nobody likes a sheet that fills itself.
    """
    return rows(
        db,
        """select d.team_id as id, min(g.account_id) as clerk, d.due - d.attempted as "left", d.absent from team_day d
           join grants g on g.area_code = d.commune_code and g.role = 'commune'  -- all: practice accounts
           join accounts a on a.id = g.account_id and a.is_active and a.must_change = 0  -- all: practice accounts
           where d.day = :day and (d.attempted < d.due or d.absent > 0)
               and d.commune_code not in (
                   select area_code from grants where role in ('leader', 'member'))  -- all: where people practise
               and g.from_day <= :day and (g.until_day is null or g.until_day > :day)
           group by d.team_id order by d.team_id""",
        {"day": day},
    )


def _enter(db: Database, random: Random, team: dict, doors: int, now: datetime, *, again: bool) -> int:
    """Enter a team's next visits as its commune's clerk, by the command that people use; return how many were saved."""
    day = clock.day_of(now)
    user = access.user(db, team["clerk"], day)
    access.bind(db, user, day)
    try:
        lines = [line for line in visits.sheet(db, team["id"], day, user) if not line["locked"]]
        waiting = [line for line in lines if (line["outcome"] == "absent" if again else not line["outcome"])]
        drafts = {line["code"]: _answer(random, line, day) for line in waiting[:doors]}
        answers = visits.record(db, user, visits.Submission(team["id"], day, drafts), now=now)
        return sum(answer["state"] == "saved" for answer in answers.values())
    finally:
        access.bind(db, None, day)


# Their answers


def _answer(random: Random, line: dict, day: str) -> dict:
    """Return a household's answer as the sheet would send it; a second try is by telephone."""
    outcome = "phone" if line["outcome"] else random.choices(list(_OUTCOMES), _OUTCOMES.values())[0]
    marks = {mark: outcome in ("met", "phone") and random.random() < often for mark, often in _FOUND.items()}
    person = _person(random, line, day) if marks["people"] else None
    return {
        "outcome": outcome,
        "flags": "",
        "note": None,
        "swept": False,
        "people": [person] if person else [],
        "needs": [random.choice(_NEEDS)] if marks["needs"] else [],
        "violations": [random.choice(_VIOLATIONS)] if marks["violations"] else [],
        "version": line["version"],
        "was": line["outcome"],
    }


def _person(random: Random, line: dict, day: str) -> dict | None:
    """Return a resident who is ill or has come home, or a guest; None for a household without persons."""
    kind = random.choices(list(_PEOPLE), _PEOPLE.values())[0]
    lately = clock.plus(day, -random.randint(0, 3))
    if kind == "guest":
        name, year = _guest(random, day)
        return {
            "person": None,
            "name": name,
            "year": year,
            "arrival": kind,
            "arrived_on": lately,
            "province": random.choice(_PROVINCES),
        }
    if not line["residents"]:
        return None
    who = {"person": random.choice(line["residents"])["id"]}
    if kind == "returnee":
        return {**who, "arrival": kind, "arrived_on": lately, "province": random.choice(_PROVINCES)}
    symptoms = random.choice(_SYMPTOMS)
    heat = round(random.uniform(37.6, 38.9), 1) if "fever" in symptoms else None
    return {**who, "symptoms": symptoms, "since": lately, "temperature": heat}


def _guest(random: Random, day: str) -> tuple[str, int]:
    age, sex = random.randint(18, 60), random.choice(("female", "male"))
    return names.full_name(random, names.surname(random), sex, age), int(day[:4]) - age
