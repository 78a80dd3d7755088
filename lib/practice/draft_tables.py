"""Fills temporary tables with invented families, rounds and random draws, for bulk SQL to read."""

import json
from random import Random

from sqlite_utils import Database

from lib.core import text
from lib.practice.names import Family, family
from lib.practice.province_plan import ProvincePlan, Team

FAMILIES = 20_011  # invented at most; a larger province meets the same family again in another commune
DICE = 65_537
_STREETS = (
    "Trần Hưng Đạo",
    "Nguyễn Trãi",
    "Lý Thường Kiệt",
    "Hùng Vương",
    "Lê Lợi",
    "Quang Trung",
    "Cách Mạng Tháng Tám",
    "30 Tháng 4",
    "Ngô Quyền",
    "Hoàng Hoa Thám",
)
_LANDMARKS = (
    "gần cổng chào ấp",
    "đối diện trường mẫu giáo",
    "sau chợ",
    "cạnh nhà văn hóa",
    "gần ngã ba",
    "gần cây nước",
    "gần trạm bơm",
    "bên kia cầu",
    "cạnh đình",
    "gần tiệm tạp hóa",
)
# Chances of a household on a day: symptoms 0.3 % of persons, a guest or returnee, an offence, a need (S2-2, S3-8).
_FLAGS = {"s": 0.0105, "v": 0.002, "k": 0.0012, "n": 0.005}
_NOTES = {
    "s": ("Có người ho nhẹ, đã dặn theo dõi", "Sốt 38 độ, đã báo Trạm Y tế", "Đau họng từ hôm qua"),
    "v": ("Mới về từ Bình Dương, đã khai báo", "Cháu ở TP. Hồ Chí Minh về, ở nhà trên", "Có người thuê trọ mới đến"),
    "k": ("Chưa khai báo y tế, đã nhắc", "Tụ tập trước nhà, đã nhắc giải tán"),
    "n": ("Xin hỗ trợ gạo", "Cần mua thuốc huyết áp", "Cần sữa cho cháu nhỏ", "Hết thuốc tiểu đường"),
    "": (
        "Ông bà đi khám bệnh, chiều về",
        "Hẹn gọi lại buổi tối",
        "Làm ở khu công nghiệp, ở lại xưởng",
        "Nói chuyện ngoài cổng",
        "Đã ký cam kết",
        "Đã phát tờ rơi",
    ),
}
_FAMILY_SQL = "insert into demo_family values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_TABLES = """
    create temp table demo_number (n integer primary key);
    create temp table demo_family (id integer primary key, name text, folded text, sort text, persons integer,
        temporary integer, dwelling text, vulnerabilities text, exposures text);
    create temp table demo_person (family integer, place integer, name text, folded text, sort text,
        birth_year integer, sex text, relation text, residence text, primary key (family, place)) without rowid;
    create temp table demo_round (id integer primary key, commune text, hamlet text, size integer, first integer,
        serial integer, walk integer, members integer, group_name text, team integer);
    create temp table demo_lane (round integer, place integer, lane text, folded text, numbered integer,
        primary key (round, place)) without rowid;
    create temp table demo_holder (team integer, place integer, member integer,
        primary key (team, place)) without rowid;
    create temp table demo_landmark (id integer primary key, name text, folded text);
    create temp table demo_dice (id integer primary key, luck integer, outcome integer, again integer, hour integer,
        sweep integer, gap integer, flags text, note text);
"""


def lay(db: Database, random: Random, plan: ProvincePlan, *, today: str) -> None:
    """Fill the temporary tables for a plan."""
    for statement in _TABLES.split(";\n"):
        db.conn.execute(statement)
    db.conn.executemany("insert into demo_number values (?)", [(n,) for n in range(100)])
    marks = [(name, text.fold(name)) for name in _LANDMARKS]
    db.conn.executemany("insert into demo_landmark (name, folded) values (?, ?)", marks)
    households = sum(team.households for team in plan.teams)
    for number in range(min(FAMILIES, households)):
        _invent(db, random, number, int(today[:4]))
    for number, team in enumerate(plan.teams, start=1):
        _lay_round(db, random, plan, number, team)
    db.conn.executemany(
        "insert into demo_dice values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (_throw(random, n) for n in range(DICE))
    )


def _throw(random: Random, number: int) -> tuple:
    """Return one random draw: numbers below 10,000, an interval in seconds, and a rare note."""
    flags = "".join(flag for flag, chance in _FLAGS.items() if random.random() < chance)
    is_noted = random.random() < (0.4 if flags else 0.003)
    note = random.choice(_NOTES[flags[:1]]) if is_noted else None
    numbers = [random.randrange(10_000) for _column in range(5)]
    return (number, *numbers, random.randint(2_400, 12_000), flags + "g" if note else flags, note)


def _invent(db: Database, random: Random, number: int, year: int) -> None:
    home = family(random, year)
    head = home.persons[0].full_name
    away = sum(person.residence == "temporary" for person in home.persons)
    db.conn.execute(
        _FAMILY_SQL,
        (
            number,
            head,
            text.fold(head),
            text.person_sort_key(head),
            len(home.persons),
            away,
            home.dwelling,
            json.dumps(_vulnerabilities(random, home, year)),
            json.dumps(_exposures(random)),
        ),
    )
    db.conn.executemany(
        "insert into demo_person values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                place,
                who.full_name,
                text.fold(who.full_name),
                text.person_sort_key(who.full_name),
                who.birth_year,
                who.sex,
                who.relation,
                who.residence,
            )
            for place, who in enumerate(home.persons)
        ],
    )


def _vulnerabilities(random: Random, home: Family, year: int) -> list[str]:
    ages = [year - person.birth_year for person in home.persons]
    mothers = any(who.sex == "female" and 20 <= year - who.birth_year <= 36 for who in home.persons)
    true = {
        "poor": random.random() < 0.04,
        "elderly_alone": home.alone,
        "disabled": random.random() < 0.02,
        "pregnant": mothers and random.random() < 0.05,
        "chronic": random.random() < (0.22 if max(ages) >= 60 else 0.03),
        "child_under_5": min(ages) < 5,
    }
    return [name for name, holds in true.items() if holds]


def _exposures(random: Random) -> list[str]:
    chances = {"trader": 0.07, "driver": 0.04, "factory": 0.16, "health_worker": 0.01, "border": 0.01}
    return [name for name, chance in chances.items() if random.random() < chance]


def _lay_round(db: Database, random: Random, plan: ProvincePlan, number: int, team: Team) -> None:
    """Insert the three lanes of a team's round, and the members who share it from the start."""
    base = [one for one in team.members if one not in [other.successor for other in team.members]]
    db.conn.execute(
        "insert into demo_round values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            team.commune,
            team.hamlet,
            team.households,
            team.first_household,
            team.serial,
            team.walk,
            len(base),
            f"Tổ tự quản {max(1, team.number)}",
            team.id if team.founded else None,
        ),
    )
    kind, name = plan.hamlets[team.hamlet]
    numbered = kind == "khu phố"
    for place in range(3):
        serial = 3 * max(0, team.number - 1) + place + 1
        country = (f"Đường {name} {serial}", f"Đường kênh N{serial}", f"Hẻm {serial}")[(place + team.number) % 3]
        lane = f"Hẻm {serial} đường {random.choice(_STREETS)}" if numbered else country
        places = (number, place, lane, text.fold(lane), numbered)
        db.conn.execute("insert into demo_lane values (?, ?, ?, ?, ?)", places)
    holders = [(team.id, place, one.id) for place, one in enumerate(base)]
    db.conn.executemany("insert into demo_holder values (?, ?, ?)", holders)


def forget(db: Database) -> None:
    """Drop the temporary tables."""
    for (name,) in db.conn.execute("select name from temp.sqlite_master where name like 'demo_%'").fetchall():
        db.conn.execute(f"drop table if exists temp.{name}")
