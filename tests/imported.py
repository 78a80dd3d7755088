"""A file as a clerk sends it, looked through and loaded."""

from lib.exchange.columns import whole_file
from lib.exchange.columns.recognised_table import PLAIN, How, Table
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists.apply import apply
from lib.exchange.lists.plan import ImportPlan, plan, preview
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from tests import world

HEADINGS = {
    "hamlets": ["Mã ấp", "Xã, phường", "Loại", "Tên ấp, khu phố"],
    "teams": ["Tên tổ", "Ấp, khu phố", "Số quyết định", "Họ và tên", "Vai trò", "Năm sinh", "Điện thoại"],
    "households": [
        "Mã hộ",
        "Xã, phường",
        "Ấp, khu phố",
        "Họ tên chủ hộ",
        "Ngõ, hẻm",
        "Số nhân khẩu",
        "Điện thoại",
        "Thứ tự đi thăm",
    ],
    "persons": ["Mã hộ", "Ấp, khu phố", "Họ tên chủ hộ", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ"],
    "assignments": ["Mã hộ", "Tên tổ", "Người phụ trách", "Điện thoại người phụ trách", "Từ ngày"],
}


def looked(db, user, kind, *lines, persons=(), area="25456", now=world.NOW, doubts=False) -> ImportPlan:
    """The plan of a file with these rows; a row may be shorter than the headings."""
    file = Whole(kind, [_table(kind, lines)], [_table("persons", persons)] if persons else [])
    return (preview if doubts else plan)(db, user, area, file, now=now)


def loaded(db, user, kind, *lines, now=world.NOW, **how) -> ImportPlan:
    made = looked(db, user, kind, *lines, now=now, **how)
    made.file_name = "a.xlsx"
    apply(db, user, made, now=now)
    return made


def _table(kind, lines):
    padded = [[*line, *[None] * (len(HEADINGS[kind]) - len(line))] for line in lines]
    data = book([Sheet("a", HEADINGS[kind], padded)])
    return found(reading.read(data, "a.xlsx"), kind)[1]


def found(sheets: list[reading.ReadSheet], kind: str, how: How = PLAIN) -> tuple[reading.ReadSheet, Table]:
    """The first sheet that is read as this list, and what it says."""
    table = whole_file.understood(sheets, kind, how).tables[0]
    return next(sheet for sheet in sheets if sheet.name == table.sheet), table


def recognised(lines: list[list[str]], kind: str, how: How = PLAIN) -> Table:
    """What the lines of a sheet say as this list."""
    return found([reading.ReadSheet("", rows=lines)], kind, how)[1]


def states(made: ImportPlan) -> list[str]:
    return [row.state for row in made.rows]


def faults(made: ImportPlan) -> list[set[str]]:
    return [set(row.faults) for row in made.rows]
