"""Recognise rows that are not data: column numbers, totals, names of hamlets and groups, signatures."""

import re

from lib.core import text
from lib.core.words.place_words import PLAIN, SHORT
from lib.exchange.columns.cell_values import tidy

_SUM = re.compile(
    r"(?:tong|cong|total|sub ?total|luy ke|mang sang|chuyen sang|chuyen|trang truoc|trang sau|so ket|cong don|"
    r"so luy ke|so trang truoc|so (?:ho|khau|nhan khau|nguoi)\b|"
    r"toan (?=(?:ap|khu|kp|thon|ban|to|xom|lang|buon|xa|phuong)\b))"
)
_SIGN = r"[ :.,;()\[\]=+\-–/\d%]"
_COUNTED = (
    r"tong|cong|total|so|ho|khau|nhan|nguoi|luy|ke|don|mang|sang|chuyen|trang|truoc|sau|nay|tren|toan|chung|cac|tiep|"
    r"theo|den|cuoi|dau|va|gia|dinh|dan|luong|le|het|nhom|to|phan|muc|can|ngheo|nam|nu|[ivx]{1,5}|[a-e]"
)
_HAMLETS = "|".join(sorted((*PLAIN, *SHORT), key=len, reverse=True))
_PLACES = rf"{text.fold(_HAMLETS)}|xa|phuong|thi tran|cum|khu|doi"
_TOTAL = re.compile(rf"(?:(?:{_COUNTED})(?![a-z]){_SIGN}*)+(?:(?:{_PLACES})\b.*)?")
# Compared with marks, because Tống, Công and Cộng are names of people.
_SUMS = re.compile(
    r"tổng|cộng|total|sub.?total|tong|cong|l[uũ]y|lu[yỹ]|mang sang|chuyển|chuyen|trang trước|trang sau|sơ kết|số |so |"
    r"toàn |toan ",
    re.IGNORECASE,
)
_INITIALS = frozenset("TtCcLlMmSs")
_BEGINS_SUM = re.compile(
    r"(?:tổng|cộng|(?:số )?(?:l[uũ][yỹ]|lu[yỹ]) kế|mang sang|chuyển sang|(?:số )?trang trước|trang sau|sơ kết)"
    r"(?!\w)(?! h[oò][aàá])",
    re.IGNORECASE,
)
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-E])\)?")
_SIGNED = re.compile(
    r"nguoi (?:lap|ky|tong hop|ke khai|thong ke|dieu tra|nhap)|lap bieu|lap danh sach|can bo (?:lap|tong hop|thong ke)|"
    r"xac nhan|(?:pho )?chu tich|t/?m[. ]|k/?t[. ]|thu truong|ky ten|\(?(?:da )?ky(?: ten)?[,)]|\(?ky ghi|noi nhan|"
    r"ke toan\b|van thu\b|"
    r"(?:pho )?(?:truong|bi thu|thon truong|ap truong) (?:ban|thon|ap|khu|xom|lang|buon|to|chi bo|cong an|tram)\b.*|"
    r"(?:pho )?(?:truong (?:thon|ban|ap))|cong an xa|.*, ngay \d{1,2} ?[/.-] ?\d|"
    r".*\bngay ?[\d.… /_]* thang ?[\d.… /_]* nam"
)
_REMARK = re.compile(
    r"(?:\*|ghi chu|luu y|chu thich|n\.?b\b|danh sach (?:nay |tren |)?(?:gom|co)|an dinh|co \d|(?:viet )?bang chu|- )"
)
_SECTION = (
    r"^(?:[IVXivx]+|\d{1,2}|[A-Ea-e])?\s*[.)\-:/]*\s*"
    rf"((?:{_HAMLETS})[ .:].*?|(?:{'|'.join(SHORT)})\.?\d+)\s*(?:[(:–-]\s*\d.*)?$"
)
_PLACE = re.compile(_SECTION, re.IGNORECASE)
_GROUP = re.compile(
    r"^(?:[IVXivx]+|\d{1,2}|[A-Ea-e])?\s*[.)\-:/]*\s*"
    r"((?:tổ|nhóm|cụm|tổ liên gia|tổ tự quản|liên gia)[ .:]*(?:số )?\d{1,3})\s*(?:[(:–-]\s*\d.*)?$",
    re.IGNORECASE,
)
_WORD_OF_A_PLACE = re.compile(rf"(?<!\w)(?:{_HAMLETS})[ .:]+[^,;(]+", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+[.)]?|[A-E][.)]?")
_OF_NO_NAME = re.compile(r"[\dIVXivx.,() ]*|[A-E]\.?")


def is_total(cell: str) -> bool:
    """Whether a cell is a total: "Tổng cộng", "Cộng bản", "Lũy kế: 45 hộ", "Mang sang trang sau"."""
    if cell[:1] not in _INITIALS:
        return False
    plain = text.fold(cell)
    return bool(_SUM.match(plain) and _SUMS.match(text.clean(cell)) and _TOTAL.fullmatch(plain))


def begins_sum(cell: str) -> bool:
    """Whether a cell begins like a total, whatever follows: "Tổng hợp đến ngày 5/8", but not "Cộng Hòa"."""
    return cell[:1] in _INITIALS and bool(_BEGINS_SUM.match(text.clean(cell)))


def numbers_columns(cells: list[str]) -> bool:
    """Whether a row only numbers the columns, as forms do under their headings: (1) (2) (3), or A B 1 2 3."""
    signs = [_COLUMN_NUMBER.fullmatch(cell.strip()) for cell in cells]
    if len(cells) < 3 or not all(signs):
        return False
    numbers = [int(sign[1]) for sign in signs if sign[1].isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False


def is_signed(cell: str) -> bool:
    """Whether a cell belongs to the signatures below a list: day, author, confirmation, post."""
    return bool(_SIGNED.match(text.fold(cell).strip()))


def is_remark(cell: str) -> bool:
    """Whether a cell is a remark below a list: "Ghi chú: …", "Danh sách này có 12 hộ"."""
    return bool(_REMARK.match(text.fold(cell).strip()))


def place(cells: list[str]) -> str | None:
    """Return the hamlet that a row names and nothing else: "I. Ấp Phước Đức (45 hộ)"."""
    return _alone(cells, _PLACE)


def group(cells: list[str]) -> str | None:
    """Return the group that a row names and nothing else: "Tổ 3", "2. Tổ tự quản số 4"."""
    return _alone(cells, _GROUP)


def places_within(title: str) -> list[str]:
    """Return a title from each word for a hamlet on: "DANH SÁCH HỘ BẢN BUM NĂM 2021" -> "BẢN BUM NĂM 2021"."""
    return [match[0].strip() for match in _WORD_OF_A_PLACE.finditer(tidy(title))]


def is_roman(cell: str) -> bool:
    """Whether a number counts sections and not rows: I, II, A, B."""
    return bool(_ROMAN.fullmatch(cell.strip()))


def _alone(cells: list[str], form: re.Pattern) -> str | None:
    words = [cell for cell in cells if not _OF_NO_NAME.fullmatch(cell)]
    match = form.match(tidy(words[0])) if len(words) == 1 else None
    return match[1] if match else None
