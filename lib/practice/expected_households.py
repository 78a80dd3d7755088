"""Enters expected households of the practice communes: a little more than are on the lists, in one far more.

One district enters its total only, so that its communes show an estimate.
"""

from random import Random

from sqlite_utils import Database

from lib.core.database import rows
from lib.practice.province_plan import PROVINCE, ProvincePlan

_TOTAL_ONLY = "711"  # the district whose communes share its total
_SHORT = "706"  # the district in which the lists of one commune are far from complete
_SOURCES = ("Tổng điều tra dân số và nhà ở năm 2019", "Công an xã rà soát tháng 7 năm 2021")
_HEADINGS = (("Khẩu TT", "khau tt", "person_count"), ("Zalo chủ hộ", "zalo chu ho", "phone2"))


def match_headings(db: Database, stamp: str) -> None:
    """Insert headings of lists as if matched by hand."""
    db.conn.executemany(
        """insert into heading_matches (province_code, list, heading, said, field, at, account_id)
           select ?, 'households', ?, ?, ?, ?, min(account_id) from grants where role = 'province'""",
        [(PROVINCE, heading, words, field, stamp) for words, heading, field in _HEADINGS],
    )


def write(db: Database, plan: ProvincePlan, *, entered_day: str, seed: int) -> None:
    """Insert a number for each practice commune, or for its district."""
    random = Random(f"expected {seed}")
    registered = {
        line["commune_code"]: line["n"]
        for line in rows(db, "select commune_code, count(*) as n from households group by commune_code")
    }
    short = next((area.code for area in plan.communes if area.parent_code == _SHORT), None)
    numbers: dict[str, int] = {}
    for area in plan.communes:
        n = registered.get(area.code, 0)
        wanted = n * 4 // 3 if area.code == short else n + round(n * random.choice((0, 0, 0.01, 0.02, 0.04)))
        code = _TOTAL_ONLY if area.parent_code == _TOTAL_ONLY else area.code
        numbers[code] = numbers.get(code, 0) + wanted
    db.conn.executemany(
        "insert into expected_households (area_code, households, source, entered_day) values (?, ?, ?, ?)",
        [
            (code, n, _SOURCES[len(code) == 5 and random.random() < 0.3], entered_day)
            for code, n in numbers.items()
            if n
        ],
    )
