"""A commune sends its list of households: looked through and loaded, into a full store and into an empty one."""

import io
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlite_utils import Database

from lib.core import database, rollup, text
from lib.core.access import User
from lib.core.database import value
from lib.exchange.columns import whole_file
from lib.exchange.columns.recognised_table import How
from lib.exchange.lists import loaded_files, plan
from lib.exchange.lists.apply import apply
from lib.exchange.lists.place_lookup import hamlet_names
from lib.exchange.lists.plan import ImportPlan
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from lib.practice.names import family
from lib.register.areas import official_units
from tests.bench.measure import note, spent, timed
from tests.bench.store import NOW, TODAY, signed_in

PROVINCE, DISTRICT, COMMUNE = "72", "703", "25999"
HOUSEHOLDS, HAMLETS, TIMES = 3_550, 6, 5
HEADINGS = (
    "Xã, phường",
    "Ấp, khu phố",
    "Họ tên chủ hộ",
    "Tổ tự quản",
    "Ngõ, hẻm",
    "Số nhà",
    "Điện thoại",
    "Điện thoại thứ hai",
    "Số nhân khẩu",
    "Trong đó tạm trú",
    "Loại nhà ở",
    "Đối tượng yếu thế",
    "Quản lý từ ngày",
    "Thứ tự đi thăm",
)


def bench(file: Path) -> None:
    """(i) A file of 3,550 households and 14 columns for a commune that has none yet, and for one that has its own.

    Stores are compared by the processor's time, which other work on the machine does not lengthen.
    """
    empty = database.prepare(file.with_name("empty.db"), now=NOW)
    stores = {"empty": _Store(empty), "full": _Store(file)}
    data = made(Random(3), COMMUNE)
    taken: dict[tuple[str, str], list[tuple[float, float]]] = {
        (name, what): [] for name in stores for what in ("preview", "load")
    }
    for name, store in [*stores.items()] * TIMES:
        for what, seconds in store.once(data).items():
            taken[name, what].append(seconds)
    for what in ("preview", "load"):
        passed = median(passed for passed, _used in taken["full", what])
        full, empty = (median(used for _passed, used in taken[name, what]) for name in ("full", "empty"))
        note(f"i  {what} of {HOUSEHOLDS:,} households, full store", passed, "s", "<= 3", passed <= 3)
        note(f"i  {what}, full store against an empty one", full / empty, "ratio", "<= 1.3", full / empty <= 1.3)
    _against_bare(data, median(used for _passed, used in taken["full", "preview"]))
    bench_known(file)


def made(random: Random, commune: str) -> bytes:
    """The workbook: ordinary names and telephones, nine houses to a lane."""
    return book([Sheet("Hộ gia đình", HEADINGS, [_line(random, commune, number) for number in range(HOUSEHOLDS)])])


def _line(random: Random, commune: str, number: int) -> list:
    hamlet, within = divmod(number, HOUSEHOLDS // HAMLETS + 1)
    people = family(random, 2021).persons
    return [
        commune,
        f"Ấp {hamlet + 1}",
        people[0].full_name,
        f"Tổ {1 + within // 30}",
        f"Hẻm {1 + within // 9}",
        str(1 + within % 9),
        f"09{random.randrange(10**8):08d}",
        f"03{random.randrange(10**8):08d}",
        len(people),
        0,
        "Nhà ở riêng",
        "Hộ nghèo" if within % 20 == 0 else None,
        "01/08/2021",
        within + 1,
    ]


@dataclass
class _Store:
    """A store with one commune more, that has hamlets and a clerk and no household."""

    file: Path

    def __post_init__(self) -> None:
        db = database.connect(self.file)
        with database.write(db):
            official_units.load(db, PROVINCE)
            add_commune(db)
        rollup.open_day(db, TODAY, now=NOW)
        db.close()

    def once(self, data: bytes) -> dict[str, tuple[float, float]]:
        """Seconds passed and of the processor of the preview and of loading it; taken back afterwards."""
        db, user = signed_in(self.file, "commune", COMMUNE)
        plans: list[ImportPlan] = []
        seconds = {"preview": spent(lambda: plans.append(preview(db, user, COMMUNE, data)))}
        assert plans[0].counts["new"] == HOUSEHOLDS, plans[0].counts
        seconds["load"] = spent(lambda: apply(db, user, plans[0], now=NOW))
        loaded_files.take_back(db, user, value(db, "select max(audit_id) from imports"), now=NOW)
        db.close()
        return seconds


def add_commune(db: Database) -> None:
    places = [(COMMUNE, "commune", "xã", "Đo Thử", DISTRICT)]
    places += [(f"{COMMUNE}{n:02d}", "hamlet", "ấp", str(n), COMMUNE) for n in range(1, HAMLETS + 1)]
    db.conn.executemany(
        """insert into areas (code, level, kind, name, parent_code, name_folded, name_sort)
           values (?, ?, ?, ?, ?, ?, ?)""",
        [(*place, text.fold(place[3]), text.sort_key(place[3])) for place in places],
    )
    clerk = db.conn.execute(
        """insert into accounts (username, full_name, password_hash, created_at)
           values ('xa.dothu', 'Cán bộ đo thử', '-', '2021-08-01T00:00:00Z')"""
    ).lastrowid
    db.conn.execute(
        "insert into grants (account_id, role, area_code, from_day) values (?, 'commune', ?, '2021-08-01')",
        [clerk, COMMUNE],
    )


def preview(db: Database, user: User, commune: str, data: bytes) -> ImportPlan:
    """From the bytes of the file to the counts, as the page does it."""
    how = How(is_hamlet=hamlet_names(db, commune))
    found = whole_file.understood(reading.read(data, "ho.xlsx"), "households", how)
    return plan.preview(db, user, commune, found, now=NOW)


def _against_bare(data: bytes, seconds: float) -> None:
    """What the preview costs beside merely getting the cells out of the file, in the processor's time."""

    def calamine() -> None:
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()

    def openpyxl() -> None:
        list(load_workbook(io.BytesIO(data), read_only=True).worksheets[0].iter_rows(values_only=True))

    note("i  preview, rows per second of the processor", HOUSEHOLDS / seconds, "rows/s", "")
    for reader in (calamine, openpyxl):
        name, bare = reader.__name__, timed(reader, by=time.thread_time)
        note(f"i  preview, rows/s against reading the file bare with {name}", bare / seconds, "ratio", "")


def bench_known(file: Path) -> None:
    """As many households more for a commune of ordinary size, each compared with those it has."""
    db = database.connect(file)
    sizes = dict(db.conn.execute("select commune_code, count(*) from households group by commune_code").fetchall())
    commune = min(sizes, key=lambda code: abs(sizes[code] - HOUSEHOLDS))
    hamlet = dict(enumerate(db.conn.execute("select kind || ' ' || name from areas where parent_code = ?", [commune])))
    db.close()
    random = Random(5)
    lines = [_line(random, commune, number) for number in range(HOUSEHOLDS)]
    for number, line in enumerate(lines):
        line[1] = hamlet[number % len(hamlet)][0]
    data = book([Sheet("Hộ gia đình", HEADINGS, lines)])
    db, user = signed_in(file, "commune", commune)
    seconds = timed(lambda: preview(db, user, commune, data), 3)
    note(f"i  preview beside the {sizes[commune]:,} households a commune has", seconds, "s", "<= 3", seconds <= 3)
    db.close()
