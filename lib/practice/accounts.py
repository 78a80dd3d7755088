"""Creates the practice accounts: one of every role first, as the sign-in page lists them, then all units."""

from datetime import datetime
from random import Random

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.identity import delegation
from lib.practice.names import full_name, surname
from lib.practice.province_plan import PROVINCE, STAGE, ProvincePlan
from lib.register.areas import official_units

_PREFIX = {"Xã": "xa", "Phường": "phuong", "Thị trấn": "tt", "Huyện": "huyen", "Thị xã": "tx", "Thành phố": "tp"}
_DISTRICT, _WEAK_DISTRICT = "710", "706"
_LENT = 7  # days of the practice delegation
_OTHER_CLERKS = ("25546", "25630")  # a commune of the weak district, a ward of the strongest


def write(
    db: Database, random: Random, plan: ProvincePlan, *, password_hash: str, from_day: str, now: datetime
) -> None:
    """Insert the accounts; none must change its password, so that the sign-in page may list them."""
    for number, (username, name, role, area, team, member) in enumerate(_people(plan), start=1):
        name = name or full_name(random, surname(random), random.choice(("female", "male")), random.randint(30, 56))
        db.conn.execute(
            """insert into accounts (id, username, full_name, phone, password_hash, must_change, created_at)
               values (?, ?, ?, ?, ?, 0, ?)""",
            [number, username, name, f"0320{number:06d}", password_hash, clock.stamp(now)],
        )
        db.conn.execute(
            "insert into grants (account_id, role, area_code, team_id, member_id, from_day) values (?, ?, ?, ?, ?, ?)",
            [number, role, area, team, member, from_day],
        )
    _lend(db, from_day=clock.day_of(now), until_day=clock.plus(clock.day_of(now), _LENT))
    db.conn.execute(
        """create temp table demo_clerk as
           select area_code as commune, min(account_id) as account from grants
           where role = 'commune' group by area_code"""
    )


def _people(plan: ProvincePlan) -> list[tuple]:
    """Return user name, full name (None: invented later), role, area, team and member of every account."""
    stage = next(team for team in plan.founded if team.commune == STAGE)
    leader, other = stage.members[:2]
    names = usernames()
    rows = [
        ("quantri", None, "administrator", PROVINCE, None, None),
        ("tinh", None, "province", PROVINCE, None, None),
        ("huyen.godau", None, "district", _DISTRICT, None, None),
        ("huyen.tanchau", None, "district", _WEAK_DISTRICT, None, None),
        (names[STAGE], None, "commune", STAGE, None, None),
        *((names[code], None, "commune", code, None, None) for code in _OTHER_CLERKS),
        (f"tram.{names[STAGE].partition('.')[2]}", None, "station", STAGE, None, None),
        ("thanhtra", None, "inspector", _DISTRICT, None, None),
        ("totruong", leader.full_name, "leader", STAGE, stage.id, None),
        ("tovien", other.full_name, "member", STAGE, stage.id, other.id),
    ]
    taken = {username for username, *_rest in rows}
    rows += [
        (names[area.code], None, "commune", area.code, None, None)
        for area in official_units.of_province(PROVINCE)
        if area.level == "commune" and names[area.code] not in taken
    ]
    return rows + _other_districts()


def _lend(db: Database, *, from_day: str, until_day: str) -> None:
    """Lend the district's role to the inspector from ten to two, to try acting for somebody else."""
    db.conn.execute(
        """insert into grants (account_id, role, area_code, from_day, until_day, for_account_id, from_hour)
           select deputy.id, 'district', :area, :from, :until, whom.id, :hour
           from accounts deputy, accounts whom where deputy.username = 'thanhtra' and whom.username = 'huyen.godau'""",
        {"area": _DISTRICT, "from": from_day, "until": until_day, "hour": delegation.HOUR},
    )


def _other_districts() -> list[tuple]:
    return [
        (f"{_PREFIX[area.kind]}.{_plain(area.name)}", None, "district", area.code, None, None)
        for area in official_units.of_province(PROVINCE)
        if area.level == "district" and area.code not in (_DISTRICT, _WEAK_DISTRICT)
    ]


def usernames() -> dict[str, str]:
    """Return the clerk's user name of every commune: xa.thanhphuoc; with the district if two share a name."""
    inside = official_units.of_province(PROVINCE)
    districts = {area.code: area.name for area in inside if area.level == "district"}
    communes = [area for area in inside if area.level == "commune"]
    short = {area.code: f"{_PREFIX[area.kind]}.{_plain(area.name)}" for area in communes}
    names = list(short.values())
    return {
        area.code: short[area.code]
        if names.count(short[area.code]) == 1
        else f"{short[area.code]}.{_plain(districts[area.parent_code])}"
        for area in communes
    }


def _plain(name: str) -> str:
    return "".join(letter for letter in text.fold(name) if letter.isalnum())
