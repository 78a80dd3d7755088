"""A province as it is on its first day: all 94 official communes of Tây Ninh, and only Phường 1 has its lists."""

from lib.core.database import connect, prepare
from lib.core.rollup import open_day
from lib.register.areas import official_units
from tests import world

COMMUNES = 94
LISTED = "25456"  # Phường 1 of the city; the clerk Chi's Thị trấn Gò Dầu has nothing yet


def build(file) -> None:
    """The official list, one team of 24 households, and the cast."""
    prepare(file, now=world.NOW)
    db = connect(file)
    db.conn.execute("begin immediate")
    official_units.load(db, "72")
    world.add_area(db, *world.AREAS[6])
    world.add_team(db, *world.TEAMS[0])
    db.conn.execute("update households set lane = 'Hẻm ' || id")
    for number, (account, *who) in enumerate(world.CAST.values(), start=1):
        world.add_account(db, account, *who, grant_id=number)
    db.conn.execute("commit")
    open_day(db, world.YESTERDAY, now=world.NOW)
    open_day(db, world.DAY, now=world.NOW)
    db.close()


def expect(db, **households: int | tuple[int, int]) -> None:
    """`expect(db, c25456=30, d703=(1000, 4000))`: households, or households and persons, of areas by their codes."""
    for name, numbers in households.items():
        pair = numbers if isinstance(numbers, tuple) else (numbers, None)
        db.conn.execute(
            """insert into expected_households (area_code, households, persons, source, entered_day)
               values (?, ?, ?, 'Tổng điều tra dân số 2019', ?)""",
            [name[1:], *pair, world.FOUNDED],
        )
