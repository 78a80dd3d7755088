"""Rows below the headings that are no data: empty, numbering the columns, totals, names of hamlets, signatures."""

import re

from lib.core import text
from lib.exchange.damage import tidy

_COUNTED = re.compile(r"(?:(?:tong|cong|total|so|ho|khau|nhan khau|nguoi)[ :.,;\d]*)+")
_SUMS = ("tổng", "cộng", "total", "tong", "cong")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-E])\)?")
_SIGNED = re.compile(
    r"nguoi lap|lap bieu|lap danh sach|xac nhan|chu tich|pho chu tich|t/?m[. ]|thu truong|ky ten|\(?ky, |nguoi ky|"
    r"noi nhan|.*\bngay ?[\d.… ]* thang ?[\d.… ]* nam"
)
_PLACE = re.compile(
    r"^(?:[IVXivx]+|\d{1,2}|[A-Ea-e])?\s*[.)\-:/]*\s*"
    r"((?:ấp|khu phố|kp|thôn|bản|tổ dân phố|tdp|khu dân cư|xóm|làng|buôn|bon|plei|phum|sóc|khóm|khu vực|khối phố|khối|"
    r"tiểu khu)[ .:].*?)\s*(?:[(:–-]\s*\d.*)?$",
    re.IGNORECASE,
)


def is_total(given: list[str]) -> bool:
    """ "Tổng cộng", "Cộng: 45 hộ"; never a person, as Tống and Công are written otherwise."""
    for cell in given[:2]:
        if cell[:1] in "TtCc" and _COUNTED.fullmatch(text.fold(cell)) and text.clean(cell).casefold().startswith(_SUMS):
            return True
    return False


def numbers_columns(given: list[str]) -> bool:
    """(1) (2) (3), or A B 1 2 3: the row that forms have under their headings."""
    signs = [_COLUMN_NUMBER.fullmatch(cell.strip()) for cell in given]
    if len(given) < 3 or not all(signs):
        return False
    numbers = [int(sign[1]) for sign in signs if sign[1].isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False


def is_signature(given: list[str]) -> bool:
    """What stands at the foot of a list: the day, who drew it up, who confirms it."""
    return len(given) <= 4 and any(_SIGNED.match(text.fold(cell)) for cell in given)


def place(given: list[str]) -> str | None:
    """The hamlet's name of a row that holds nothing else: "I. Ấp Phước Đức (45 hộ)"."""
    words = [cell for cell in given if not re.fullmatch(r"[\dIVXivx.,() ]*|[A-E]\.?", cell)]
    found = _PLACE.match(tidy(words[0])) if len(words) == 1 and len(given) <= 4 else None
    return found[1] if found else None
