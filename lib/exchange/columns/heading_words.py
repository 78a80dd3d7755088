"""Understand headings that are in no list but clear: "Tên bản/TDP", "Số khẩu thực tế", "Năm sinh - Nữ".

Headings are compared without marks (`headings.plainest`), except the sexes, because "Năm" is not "Nam".
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from lib.core import text
from lib.core.words.place_words import PLAIN, SHORT
from lib.exchange.columns.kinds import columns_of

# Within a quarter or a village there may be smaller places; beside the larger one they name a household's group.
_SMALLER = ("to dan pho", "tdp", "khu dan cu", "kdc", "xom", "to dan cu")
_PLACE = "|".join(sorted({*_SMALLER, *map(text.fold, PLAIN), *SHORT, "k pho"}, key=len, reverse=True))
_HAMLET = re.compile(
    rf"(?P<of>(?:(?:ten|ma|thuoc|o|noi o|cho o|dia chi|dia ban) )*)(?:{_PLACE})(?: (?:{_PLACE}|va|hoac))*"
)
_SMALL = re.compile(rf"(?:(?:ten|ma|thuoc|so) )*(?:{'|'.join(_SMALLER)})(?: (?:{'|'.join(_SMALLER)}))*")
_COUNT = re.compile(
    r"(?:tong )?(?:so )?(?:luong )?(?:(?:nhan )?khau|nguoi|thanh vien)(?: (?:thuc te|hien co|hien tai|hien nay|"
    r"trong ho|cua ho|moi ho|ho|trong gia dinh|gia dinh|dang o|dang sinh song|sinh song|dang cu tru|cu tru|o))*"
)
_PHONE = re.compile(
    r"(?:so )?(?:dien thoai|dt|sdt|dtdd|di dong)(?: (?:di dong|lien he|lien lac|lh|cua|chu ho|dai dien|nguoi dai dien|"
    r"ca nhan|zalo))*"
)
_HEAD = re.compile(
    r"(?:ho (?:va )?ten |ho ten |ten )?(?:cua )?(?:nguoi )?(?:chu ho|dai dien ho|dai dien chu ho|chu nha)"
    r"(?: gia dinh| ho va ten| ho ten)?"
)
_PERSON = re.compile(
    r"(?:ho (?:va )?ten|ten) (?:cua )?(?:(?:cac |tung )?(?:thanh vien|nguoi|nhan khau|khau))"
    r"(?: (?:trong ho|trong gia dinh|gia dinh|cua ho|ho))?"
)
_TEAM = re.compile(r"(?:ten |so )?to (?:(?:covid|19|cong dong|phong|chong|dich|an toan|ncovid|sars cov 2)(?: |$))+")
_BIRTH = re.compile(r"(?:(?:ngay|thang|nam) )+sinh(?: nguoi dan)?")
_MEANT = (
    (_COUNT, ("person_count",)),
    (_PHONE, ("phone", "member.phone")),
    (_HEAD, ("head_name",)),
    (_PERSON, ("full_name", "member.full_name")),
    (_TEAM, ("team",)),
    (_BIRTH, ("birth_year", "member.birth_year")),
)
_SEX = re.compile(r"(?P<over>.*?)[\s(/\-–:,]*\b(?P<sex>nam|nữ|nu)\b\W*", re.DOTALL)
_OF_PEOPLE = re.compile(r"(?:gioi|phai|(?:ngay|thang|nam|,| |/)*sinh(?: nam)?).*|")
_SEXES = {"nam": "male", "nữ": "female", "nu": "female"}


@lru_cache(4096)
def likely(plain: str, kind: str) -> str | None:
    """Return the key of the column that a heading most likely means; None when it is unclear."""
    keys = {column.key for column in columns_of(kind)}
    if hamlet := _HAMLET.fullmatch(plain):
        return _hamlet(kind, keys, coded=hamlet["of"].startswith("ma "))
    if kind == "teams" and _TEAM.fullmatch(plain):
        return "name"
    meant = (key for form, mine in _MEANT if form.fullmatch(plain) for key in mine)
    return next((key for key in meant if key in keys), None)


def _hamlet(kind: str, keys: set[str], *, coded: bool) -> str | None:
    if kind == "hamlets":
        return "code" if coded else "name"
    return "hamlet_code" if "hamlet_code" in keys else None


def is_smaller_place(plain: str) -> bool:
    """Whether a heading names "tổ dân phố" and the like, which lie within a quarter or a village."""
    return bool(_SMALL.fullmatch(plain))


def sexes(headings: Sequence[Sequence[str]]) -> dict[str, int]:
    """Find the columns that stand for one sex each ("Nam", "Nữ", "Năm sinh - Nữ"): `{sex: place}`; men alone are none.

    `headings` holds for each column its cells from the top down. Columns that count people do not match.
    """
    columns: dict[str, int] = {}
    for place, cells in enumerate(headings):
        heading = _SEX.fullmatch(text.clean(" ".join(dict.fromkeys(filter(None, cells)))).casefold())
        if heading and _OF_PEOPLE.fullmatch(text.fold(heading["over"]).strip(" (/-:,")):
            columns.setdefault(_SEXES[heading["sex"]], place)
    return {} if set(columns) == {"male"} else columns
