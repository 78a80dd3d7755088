"""Files of every quality are read, or refused with one clear sentence."""

import pytest

from lib.core.errors import Invalid
from lib.exchange.spreadsheets import reading
from tests import damaged, imported
from tests.table import tabled


def named(file: damaged.Damaged) -> str:
    return file.name


def test_the_folder_of_damaged_files_is_large():
    assert len({file.name for file in damaged.FILES}) == len(damaged.FILES) >= 20


@pytest.mark.parametrize("file", [f for f in damaged.FILES if not f.refused], ids=named)
def test_a_damaged_file_says_what_was_meant(file):
    sheet, table = imported.found(reading.read(file.data, file.name), file.kind)
    given = [{key: line.values.get(key) for key in wanted} for line, wanted in zip(table.rows, file.rows, strict=False)]
    assert given == file.rows and len(table.rows) == len(file.rows)
    assert [(line.number, key) for line in table.rows for key in line.faults] == file.faults
    assert table.skipped == file.skipped
    assert (table.unknown, table.encoding) == (file.unknown, file.encoding)
    assert len(table.rows) + sum(table.skipped.values()) == len(sheet.rows)


@pytest.mark.parametrize("file", [f for f in damaged.FILES if f.refused], ids=named)
def test_a_file_that_cannot_be_trusted_is_refused(file):
    with pytest.raises(Invalid) as refusal:
        imported.found(reading.read(file.data, file.name), file.kind)
    assert refusal.value.faults["file"].text == file.refused


def test_a_hidden_sheet_is_told_and_left_out():
    sheets = reading.read(damaged.xlsx(damaged.ROWS, hidden=True), "a.xlsx")
    assert [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in sheets] == [("Nháp", True, 0), ("Sheet", False, 3)]


def test_rows_keep_their_number_in_the_file():
    table = imported.recognised([["Danh sách"], [], *damaged.ROWS], "households")
    assert [line.number for line in table.rows] == [4, 5]


def test_the_sheet_that_fits_is_taken():
    guide = reading.ReadSheet("Hướng dẫn", rows=[["Điền họ tên chủ hộ vào cột C"], ["Ghi chú"]])
    sheet, table = imported.found([guide, reading.ReadSheet("Hộ", rows=damaged.ROWS)], "households")
    assert (sheet.name, len(table.rows)) == ("Hộ", 2)


def test_fifty_thousand_rows_are_read_and_one_sheet_more_is_not():
    many = damaged.text([damaged.HEADINGS, *[damaged.row()] * 50_000]).encode()
    assert len(reading.read(many, "a.csv")[0].rows) == 50_001


@tabled("cut", range(0, 3000, 150))
def test_half_a_file_is_never_half_read(cut):
    whole = damaged.xlsx(damaged.ROWS)
    assert cut < len(whole)
    with pytest.raises(Invalid):
        reading.read(whole[:cut], "a.xlsx")


@tabled("at", range(512, 5600, 211))
def test_a_spoilt_old_file_is_read_or_refused_but_never_breaks(at):
    data = bytearray(damaged.old_excel.book(damaged.ROWS))
    data[at : at + 16] = b"\xff" * 16
    try:
        reading.read(bytes(data), "a.xls")
    except Invalid as refusal:
        assert set(refusal.faults) == {"file"}
