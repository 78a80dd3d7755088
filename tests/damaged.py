"""Files as they come from communes, damaged in every way seen, each with what must be made of it.

`python -m tests.damaged FOLDER` writes them out, to be tried by hand.
"""

import csv
import io
import sys
import unicodedata
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from lib.exchange.columns import recognised_table
from lib.exchange.spreadsheets import archive, csv_text, reading
from tests import old_excel

HEADINGS = ["STT", "Ấp", "Họ tên chủ hộ", "SĐT", "Số nhân khẩu"]
PLACE = "Phước Đức"
ONE = {"hamlet_code": PLACE, "head_name": "Nguyễn Văn Đường", "phone": "0912345678", "person_count": 4}
TWO = {"hamlet_code": PLACE, "head_name": "Trần Thị Lượng", "phone": None, "person_count": 2}
ROWS = [HEADINGS, ["1", PLACE, "Nguyễn Văn Đường", "0912345678", "4"], ["2", PLACE, "Trần Thị Lượng", "", "2"]]
# As the old fonts wrote the same two rows.
TCVN3 = [
    ["STT", "Êp", "Hä tªn chñ hé", "S§T", "Sè nh©n khÈu"],
    ["1", "Ph\xadíc §øc", "NguyÔn V¨n §\xadêng", "0912345678", "4"],
    ["2", "Ph\xadíc §øc", "TrÇn ThÞ L\xadîng", "", "2"],
]
VNI = [
    ["STT", "AÁp", "Hoï teân chuû hoä", "SÑT", "Soá nhaân khaåu"],
    ["1", "Phöôùc Ñöùc", "Nguyeãn Vaên Ñöôøng", "0912345678", "4"],
    ["2", "Phöôùc Ñöùc", "Traàn Thò Löôïng", "", "2"],
]


@dataclass
class Damaged:
    """A file and its verdict: the sentence it is refused with, or what its rows say."""

    name: str
    data: bytes
    refused: str | None = None
    rows: list[dict] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=lambda: {"heading": 1})
    faults: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    encoding: str | None = None
    kind: str = "households"


def xlsx(rows: list[list], *, merged: tuple[str, ...] = (), hidden: bool = False) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place in merged:
        book.active.merge_cells(place)
    if hidden:
        aside = book.create_sheet("Nháp", 0)
        for row in ROWS:
            aside.append(row)
        aside.sheet_state = "hidden"
        book.active = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The same file with another text in one of its parts; an empty value is `<v/>` whichever library wrote it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                content = content.replace(b"<v></v>", b"<v/>").replace(b"<v />", b"<v/>")
                assert old.encode() in content, f"{part} holds no {old}"
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return out.getvalue()


@cache
def bomb(*, lies: bool) -> bytes:
    """A workbook with a part that unpacks to more than 250 MB, and perhaps says that it does not."""
    if lies:
        return bomb(lies=False).replace((256_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    out = io.BytesIO(xlsx(ROWS))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as file,
        file.open("xl/media.xml", "w") as part,
    ):
        for _ in range(256):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def hungry() -> bytes:
    """An old file four bytes of which are lost: the reader underneath asks for more memory than there is."""
    whole = old_excel.book(ROWS)
    return whole[:60] + whole[64:]


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def text(rows: list[list], sign: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue()


def row(phone: object = "0912345678", persons: object = "4", *more: object) -> list:
    return ["1", PLACE, "Nguyễn Văn Đường", phone, persons, *more]


SHEET = "xl/worksheets/sheet1.xml"
TITLE = [["ỦY BAN NHÂN DÂN XÃ"], ["DANH SÁCH HỘ GIA ĐÌNH NĂM 2021"], []]
DAYS = ["16/8/2021", "16.08.21", 44424, datetime(2021, 8, 16), datetime(2021, 8, 16, 7, 30), "ngày 16 tháng 8 năm 2021"]
BOTH = [ONE, TWO]

LETTERS = [
    Damaged("nfd.xlsx", xlsx([[unicodedata.normalize("NFD", cell) for cell in r] for r in ROWS]), rows=BOTH),
    Damaged(
        "blanks.xlsx", xlsx([["\u00a0" + c.replace(" ", " \u00a0 ") + "\u200b" for c in r] for r in ROWS]), rows=BOTH
    ),
    Damaged("tcvn3.xlsx", xlsx(TCVN3), rows=BOTH, encoding="tcvn3"),
    Damaged("vni.xlsx", xlsx(VNI), rows=BOTH, encoding="vni"),
    Damaged("tcvn3-under-new-headings.xlsx", xlsx([HEADINGS, *TCVN3[1:]]), rows=BOTH, encoding="tcvn3"),
    Damaged("tcvn3.csv", text(TCVN3).encode("latin-1"), rows=BOTH, encoding="tcvn3"),
    Damaged("vni.csv", text(VNI).encode("latin-1"), rows=BOTH, encoding="vni"),
    Damaged("utf-8-bom-semicolon.csv", text(ROWS).encode("utf-8-sig"), rows=BOTH),
    Damaged("utf-8-comma.csv", text(ROWS, ",").encode(), rows=BOTH),
    Damaged("utf-16-tab.csv", text(ROWS, "\t").encode("utf-16"), rows=BOTH),
    Damaged("utf-16-without-mark.csv", text(ROWS, "\t").encode("utf-16-le"), rows=BOTH),
    Damaged("excel-hint.csv", b"sep=,\r\n" + text(ROWS, ",").encode(), rows=BOTH, skipped={"heading": 1, "empty": 1}),
    Damaged(
        "windows-1258.csv",
        unicodedata.normalize("NFC", text(ROWS))
        .translate(
            {
                ord(c): "".join(parts)
                for c, parts in {
                    "ễ": "ê\u0303",
                    "ấ": "â\u0301",
                    "ẩ": "â\u0309",
                    "ọ": "o\u0323",
                    "ủ": "u\u0309",
                    "ộ": "ô\u0323",
                    "ố": "ô\u0301",
                    "ớ": "ơ\u0301",
                    "ứ": "ư\u0301",
                    "ờ": "ơ\u0300",
                    "ầ": "â\u0300",
                    "ị": "i\u0323",
                    "ợ": "ơ\u0323",
                    "Ấ": "Â\u0301",
                }.items()
            }
        )
        .encode("cp1258"),
        rows=BOTH,
    ),
    Damaged("french.csv", "Prénom;Âge\nHélène;4\nJérôme;5\n".encode("latin-1"), refused=csv_text.LETTERS),
]

NUMBERS = [
    Damaged("phones-as-numbers.xlsx", xlsx([HEADINGS, row(912345678, 4.0), row(9.12345678e8, 4)]), rows=[ONE, ONE]),
    Damaged(
        "phones-as-formulas.csv", text([HEADINGS, row('="0912345678"'), row("'0912345678")]).encode(), rows=[ONE, ONE]
    ),
    Damaged(
        "phones-rounded.csv",
        text([HEADINGS, row("9,1E+08")]).encode(),
        rows=[{**ONE, "phone": "9,1E+08"}],
        faults=[(2, "phone")],
    ),
    Damaged(
        "two-phones.xlsx", xlsx([HEADINGS, row("0912345678 - 0276 3822123")]), rows=[{**ONE, "phone2": "02763822123"}]
    ),
    Damaged(
        "numbers-as-text.xlsx",
        xlsx([HEADINGS, row("0912.345.678", "04 người"), row("ĐT: 0912345678", "bốn")]),
        rows=[ONE, {**ONE, "person_count": "bốn"}],
        faults=[(3, "person_count")],
    ),
    Damaged(
        "days.xlsx",
        xlsx([[*HEADINGS, "Ngày ký cam kết"], *(row("0912345678", 4, day) for day in DAYS)]),
        rows=[{**ONE, "commitment_day": "2021-08-16"}] * len(DAYS),
    ),
    Damaged(
        "american-days.csv",
        text([[*HEADINGS, "Ngày ký cam kết"], row("", "4", "08/16/2021")]).encode(),
        rows=[{"commitment_day": "08/16/2021"}],
        faults=[(2, "commitment_day")],
    ),
    Damaged(
        "lost-zeros.xlsx",
        xlsx([["Mã hộ", *HEADINGS], ["9163-17", *row()], ["09163-0018", *row()]]),
        rows=[{**ONE, "code": "09163-0017"}, {**ONE, "code": "09163-0018"}],
    ),
    Damaged(
        "lost-zeros-of-places.xlsx",
        xlsx([["Mã ấp", "Mã xã", "Tên ấp"], [916301, 9163, "Ấp Một"]]),
        rows=[{"code": "0916301", "commune": "09163", "name": "Ấp Một"}],
        kind="hamlets",
    ),
    Damaged(
        "formulas.xlsx",
        changed(xlsx([HEADINGS, row("0912345678", "=1+3")]), SHEET, "1+3</f><v/>", "1+3</f><v>4</v>"),
        rows=[ONE],
    ),
    Damaged("excel-errors.xlsx", xlsx([HEADINGS, row("#N/A", 4), row("#REF!", 4)]), rows=[{**ONE, "phone": None}] * 2),
    Damaged(
        "xs-under-words.xlsx",
        xlsx([[*HEADINGS, "Hộ nghèo", "Khuyết tật"], row("0912345678", 4, "x", ""), row("", 4, "", "có")]),
        rows=[{"vulnerabilities": ["poor"]}, {"vulnerabilities": ["disabled"]}],
    ),
]

SHAPES = [
    Damaged(
        "merged-headings.xlsx",
        xlsx(
            [
                *TITLE,
                ["STT", "Ấp", "Chủ hộ", "SĐT", "Số khẩu", ""],
                ["", "", "", "", "Tổng số", "Tạm trú"],
                ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
                row("0912345678", 4, 1),
            ],
            merged=("A1:F1", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4"),
        ),
        rows=[{**ONE, "temporary_count": 1}],
        skipped={"title": 2, "empty": 1, "heading": 2, "numbering": 1},
    ),
    Damaged(
        "merged-hamlets.xlsx", xlsx([*ROWS[:2], ["2", None, "Trần Thị Lượng", None, 2]], merged=("B2:B3",)), rows=BOTH
    ),
    Damaged(
        "name-in-two-columns.xlsx",
        xlsx(
            [["Ấp", "Họ và tên chủ hộ", "", "SĐT", "Khẩu"], [PLACE, "Nguyễn Văn", "Đường", "0912345678", 4]],
            merged=("B1:C1",),
        ),
        rows=[ONE],
    ),
    Damaged(
        "totals-and-signatures.xlsx",
        xlsx(
            [
                *TITLE,
                *ROWS,
                ["", "", "Tổng cộng", "", 6],
                [],
                ["", "", "", "Thanh Phước, ngày 3 tháng 8 năm 2021"],
                ["", "", "Người lập biểu", "TM. ỦY BAN NHÂN DÂN"],
                ["", "", "Lê Văn Tám", "Phạm Thị Chín"],
            ]
        ),
        rows=BOTH,
        skipped={"title": 2, "empty": 2, "heading": 1, "total": 1, "signature": 3},
    ),
    Damaged(
        "hamlets-as-lines.xlsx",
        xlsx(
            [
                ["STT", "Chủ hộ", "SĐT", "Khẩu"],
                ["I", "Ấp Phước Đức (2 hộ)"],
                [1, "Nguyễn Văn Đường", 912345678, 4],
                ["II", "Khu phố 3"],
                [1, "Tống Công", "", 3],
            ]
        ),
        rows=[{**ONE, "hamlet_code": "Ấp Phước Đức"}, {"hamlet_code": "Khu phố 3", "head_name": "Tống Công"}],
        skipped={"heading": 1, "section": 2},
    ),
    Damaged("headings-on-each-page.xlsx", xlsx([*ROWS[:2], HEADINGS, ROWS[2]]), rows=BOTH, skipped={"heading": 2}),
    Damaged(
        "empty-rows.xlsx",
        xlsx([[], *ROWS[:2], [], ["", " ", "\u00a0"], ROWS[2], [], []]),
        rows=BOTH,
        skipped={"heading": 1, "empty": 3},
    ),
    Damaged(
        "unaccented-any-order.xlsx",
        xlsx(
            [
                ["SO KHAU", "mau nha", "Ten chu ho (*)", "AP/KHU PHO", "so dt"],
                [4, "xanh", ONE["head_name"], PLACE, 912345678],
            ]
        ),
        rows=[ONE],
        unknown=["mau nha"],
    ),
    Damaged(
        "english-headings.csv",
        text(
            [
                ["Head of household", "Hamlet", "Telephone", "Number of persons"],
                ["Nguyễn Văn Đường", PLACE, "912345678", "4"],
            ],
            ",",
        ).encode(),
        rows=[ONE],
    ),
    Damaged("hidden-sheet.xlsx", xlsx(ROWS, hidden=True), rows=BOTH),
    Damaged("excel-97.xls", old_excel.book([HEADINGS, row(912345678, 4), ROWS[2]]), rows=BOTH),
    Damaged(
        "teams-named-once.xlsx",
        xlsx(
            [
                ["Tên tổ", "Ấp", "Họ và tên", "Chức vụ trong tổ", "SĐT"],
                ["Tổ 1", PLACE, "Nguyễn Văn An", "Tổ trưởng", 912345678],
                [None, None, "Trần Thị Bé", "Tổ viên", None],
            ]
        ),
        rows=[
            {"member.full_name": "Nguyễn Văn An", "member.role": "leader", "member.phone": "0912345678"},
            {"name": "Tổ 1", "hamlet_code": PLACE, "member.full_name": "Trần Thị Bé", "member.role": "member"},
        ],
        kind="teams",
    ),
]

REFUSED = [
    Damaged("bomb.xlsx", bomb(lies=False), refused=archive.BOMB),
    Damaged("bomb-that-lies.xlsx", bomb(lies=True), refused=archive.BOMB),
    Damaged("locked.xlsx", old_excel.compound("EncryptedPackage", b"\1" * 5000), refused=archive.LOCKED),
    Damaged("locked.xls", old_excel.book(ROWS, locked=True), refused=archive.LOCKED),
    Damaged("web-page.xls", b"<html><table><tr><td>STT</td></tr></table></html>", refused=reading.MISNAMED),
    Damaged("new-under-old-name.xls", xlsx(ROWS), refused=reading.MISNAMED),
    Damaged("old-under-new-name.xlsx", old_excel.book(ROWS), refused=reading.MISNAMED),
    Damaged("letter.xlsx", zipped(**{"word/document.xml": "<w/>"}), refused=archive.OTHER),
    Damaged("scan.csv", b"%PDF-1.4 and so on", refused=reading.MISNAMED),
    Damaged("list.docx", xlsx(ROWS), refused=reading.ENDINGS),
    Damaged("nothing.xlsx", b"", refused=reading.EMPTY),
    Damaged("nothing-in-it.xlsx", xlsx([]), refused=reading.EMPTY),
    Damaged("nothing-in-it.csv", b"\xef\xbb\xbf \r\n ;;\r\n", refused=reading.EMPTY),
    Damaged("cut-off.xlsx", xlsx(ROWS * 50)[:-400], refused=archive.DAMAGED),
    Damaged("cut-off.xls", old_excel.book(ROWS)[:700], refused=archive.DAMAGED),
    Damaged("hungry.xls", hungry(), refused=archive.HEAVY),
    Damaged("far-cell.xlsx", changed(xlsx(ROWS), SHEET, 'r="E3"', 'r="XFD1048576"'), refused=archive.FAR),
    Damaged("too-long.csv", text([HEADINGS, *[row()] * 50_021]).encode(), refused=reading.LONG),
    Damaged("without-headings.xlsx", xlsx(ROWS[1:]), refused=recognised_table.NO_HEADINGS),
    Damaged("without-persons.xlsx", xlsx([r[:4] for r in ROWS]), refused=recognised_table.NO_COLUMN),
]

FILES = [*LETTERS, *NUMBERS, *SHAPES, *REFUSED]


def main(folder: str) -> None:
    for file in FILES:
        (Path(folder) / file.name).write_bytes(file.data)


if __name__ == "__main__":
    main(sys.argv[1])
