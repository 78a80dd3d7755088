"""A small invented province for tests: two districts, three communes, and a cast.

An is in a team of Phường 1 and sees its own households; Lan leads that team; Bình is the commune's
clerk; Sơn minds its health station; Dũng answers for the district, Mai for the province; Thu
inspects the district; Quân keeps the machine. Chi is the clerk of a commune of another district
and must see nothing of An's.
"""

from datetime import UTC, datetime

from lib.core import text
from lib.core.database import connect, prepare
from lib.core.rollup import open_day

DAY = "2021-08-16"
YESTERDAY = "2021-08-15"
NOW = datetime(2021, 8, 16, 5, 0, tzinfo=UTC)  # noon in Viet Nam
FOUNDED = "2021-08-01"
PASSWORD = "mat-khau-cua-bai-thu"
HASH = "$2b$04$roaa130po7jChMSaax/MoOwYPjZP3tRx8sXjg1Wf9ago6Uv.zrcoW"  # of PASSWORD, 4 rounds

AREAS = [
    ("72", "province", "Tỉnh", "Tây Ninh", None),
    ("703", "district", "Thành phố", "Tây Ninh", "72"),
    ("710", "district", "Huyện", "Gò Dầu", "72"),
    ("25456", "commune", "Phường", "1", "703"),
    ("25459", "commune", "Phường", "3", "703"),
    ("25654", "commune", "Thị trấn", "Gò Dầu", "710"),
    ("2545601", "hamlet", "khu phố", "1", "25456"),
    ("2545602", "hamlet", "khu phố", "2", "25456"),
    ("2545901", "hamlet", "khu phố", "1", "25459"),
    ("2565401", "hamlet", "ấp", "Rạch Sơn", "25654"),
]

# id, commune, hamlet, name; each team gets three members (leader, two members) and 24 households.
TEAMS = [
    (1, "25456", "2545601", "Tổ Covid cộng đồng số 01"),
    (2, "25456", "2545602", "Tổ Covid cộng đồng số 02"),
    (3, "25459", "2545901", "Tổ Covid cộng đồng số 01"),
    (4, "25654", "2565401", "Tổ Covid cộng đồng số 01"),
]
HOUSEHOLDS_PER_TEAM = 24

# name -> (account id, username, full name, role, area, team, member)
CAST = {
    "an": (1, "an", "Trần Văn An", "member", "25456", 1, 2),
    "lan": (2, "lan", "Phạm Thị Lan", "leader", "25456", 1, 1),
    "binh": (3, "binh", "Lê Thanh Bình", "commune", "25456", None, None),
    "son": (4, "son", "Võ Ngọc Sơn", "station", "25456", None, None),
    "dung": (5, "dung", "Đặng Tiến Dũng", "district", "703", None, None),
    "mai": (6, "mai", "Hồ Tuyết Mai", "province", "72", None, None),
    "thu": (7, "thu", "Đỗ Minh Thu", "inspector", "703", None, None),
    "quan": (8, "quan", "Bùi Hữu Quân", "administrator", "72", None, None),
    "chi": (9, "chi", "Ngô Kim Chi", "commune", "25654", None, None),
}

_FAMILY = ["Nguyễn Văn", "Trần Thị", "Lê Hoàng", "Phan Ngọc", "Đặng Thị", "Huỳnh Quốc"]
_GIVEN = ["Đức", "Hoa", "Tâm", "Lợi", "Ánh", "Bảo", "Cúc", "Dần"]


def head_name(household_id: int) -> str:
    return f"{_FAMILY[household_id % len(_FAMILY)]} {_GIVEN[household_id % len(_GIVEN)]}"


def build(file) -> None:
    """A migrated store with the areas, teams, households, assignments and the cast; DAY and YESTERDAY are open."""
    prepare(file, now=NOW)
    db = connect(file)
    db.conn.execute("begin immediate")
    for area in AREAS:
        add_area(db, *area)
    for team in TEAMS:
        add_team(db, *team)
    for number, (account, *who) in enumerate(CAST.values(), start=1):
        add_account(db, account, *who, grant_id=number)
    db.conn.execute("commit")
    open_day(db, YESTERDAY, now=NOW)
    open_day(db, DAY, now=NOW)
    db.close()


def add_area(db, code, level, kind, name, parent) -> None:
    db.conn.execute(
        "insert into areas values (?, ?, ?, ?, ?, ?, ?)",
        [code, level, kind, name, parent, text.fold(name), text.sort_key(name)],
    )


def add_team(db, team, commune, hamlet, name) -> None:
    db.conn.execute(
        """insert into teams (id, commune_code, hamlet_code, name, name_folded, name_sort, model,
               decision_no, decision_day, from_day)
           values (?, ?, ?, ?, ?, ?, 'hamlet', '12/QĐ-UBND', ?, ?)""",
        [team, commune, hamlet, name, text.fold(name), text.sort_key(name), FOUNDED, FOUNDED],
    )
    for place in range(3):
        add_member(db, (team - 1) * 3 + place + 1, team, "leader" if place == 0 else "member")
    for place in range(HOUSEHOLDS_PER_TEAM):
        number = (team - 1) * HOUSEHOLDS_PER_TEAM + place + 1
        add_household(db, number, commune, hamlet, place + 1)
        add_assignment(db, number, (team - 1) * 3 + place * 3 // HOUSEHOLDS_PER_TEAM + 1, team)


def add_member(db, member, team, role) -> None:
    name = next((who[2] for who in CAST.values() if who[6] == member), f"Mai Văn {['Một', 'Hai', 'Ba'][member % 3]}")
    db.conn.execute(
        """insert into members (id, team_id, full_name, name_folded, name_sort, birth_year, phone, role, position,
               categories, from_day) values (?, ?, ?, ?, ?, ?, ?, ?, ?, '["party_member", "health_worker"]', ?)""",
        [
            member,
            team,
            name,
            text.fold(name),
            text.person_sort_key(name),
            1970 + member,
            f"09120000{member:02d}",
            role,
            "hamlet_head" if role == "leader" else None,
            FOUNDED,
        ],
    )


def add_household(db, number, commune, hamlet, order, name=None) -> None:
    name = name or head_name(number)
    code = f"{commune}-{number:04d}"
    db.conn.execute(
        """insert into households (id, code, commune_code, hamlet_code, head_name, head_folded, head_sort,
               search_text, lane, walk_order, person_count, from_day)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 4, ?)""",
        [
            number,
            code,
            commune,
            hamlet,
            name,
            text.fold(name),
            text.person_sort_key(name),
            text.fold(f"{name} {code} Hẻm {1 + order // 9}"),
            f"Hẻm {1 + order // 9}",
            order,
            FOUNDED,
        ],
    )


def add_assignment(db, household, member, team, from_day=FOUNDED) -> None:
    db.conn.execute(
        "insert into assignments (household_id, member_id, team_id, from_day) values (?, ?, ?, ?)",
        [household, member, team, from_day],
    )


def add_account(db, account, username, full_name, role, area, team, member, *, grant_id) -> None:
    db.conn.execute(
        """insert into accounts (id, username, full_name, password_hash, must_change, created_at)
           values (?, ?, ?, ?, 0, '2021-08-01T00:00:00Z')""",
        [account, username, full_name, HASH],
    )
    db.conn.execute(
        """insert into grants (id, account_id, role, area_code, team_id, member_id, from_day)
           values (?, ?, ?, ?, ?, ?, ?)""",
        [grant_id, account, role, area, team, member, FOUNDED],
    )
