"""Whatever a file does to its reader, the program goes on and says why; what a cell cannot say is told, never 0."""

import io
import subprocess
import sys
import zipfile

import pytest

from lib.core.errors import Invalid
from lib.exchange.columns import recognised_table
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists.plan import plan
from lib.exchange.lists.workbook import refused
from lib.exchange.spreadsheets import archive, reading, sandbox
from lib.operations.command_line import main
from tests import damaged, imported, old_excel, readers, world
from tests.conftest import ROOT
from tests.table import tabled

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = ["STT", "Ấp", "Họ tên chủ hộ", "Số nhân khẩu", "SĐT", "Ghi chú"]


@pytest.fixture(autouse=True)
def _started_as_by_the_product(monkeypatch):
    monkeypatch.setattr(sandbox, "_run", readers.started)


def workbook(sheet: str, *, strings: list[str] = (), main: str = _MAIN, links: str = _LINKS) -> bytes:
    """An .xlsx of one sheet as it is written here, with its shared strings."""
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package = "http://schemas.openxmlformats.org/package"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/2006/relationships">'
        f'<Relationship Id="rId1" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}">'
        '<sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/2006/relationships">'
        f'<Relationship Id="rId1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{links}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{"".join(f"<si><t>{text}</t></si>" for text in strings)}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def text(at: str, said: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{said}</t></is></c>'


def listed(rows: dict[int, str], *, before: str = "") -> str:
    head = "".join(text(f"{'ABCDEF'[place]}1", said) for place, said in enumerate(_HEAD))
    body = "".join(f'<row r="{at}">{cells}</row>' for at, cells in rows.items())
    return f'{before}<sheetData><row r="1">{head}</row>{body}</sheetData>'


def household(at: int, *more: str, name: str | None = None) -> str:
    name = text(f"C{at}", "Trần Thị Mẫu") if name is None else name
    return f'<c r="A{at}"><v>{at - 1}</v></c>{text(f"B{at}", "khu phố 1")}{name}{"".join(more)}'


def same_text(length: int, rows: int) -> bytes:
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, rows + 1))
    return workbook(f"<sheetData>{cells}</sheetData>", strings=["a" * length])


def refusal(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Invalid) as found:
        reading.read(data, name)
    return found.value.faults["file"].text


# What a file may take


def test_one_long_text_in_every_row_is_refused_and_nothing_dies():
    bomb = same_text(1_000_000, 45_000)
    assert len(bomb) < 300_000
    assert refusal(bomb) == archive.HEAVY
    assert len(reading.read(same_text(1_000, 45_000), "a.xlsx")[0].rows) == 45_000


def test_how_a_text_looks_is_no_text():
    """Seven hundred cells of one shared name in a font whose description is long: three letters each."""
    name = "Lan</t><rPr val='" + "0" * 100_000 + "'/><t>"
    cells = {at: household(at, name=f'<c r="C{at}" t="s"><v>0</v></c>') for at in range(2, 702)}
    [sheet] = reading.read(workbook(listed(cells), strings=[name]), "a.xlsx")
    assert len(sheet.rows) == 701 and sheet.rows[-1][2] == "Lan"


def test_the_memory_of_the_process_holds_what_is_not_counted(monkeypatch):
    """The same file read by a process that does not count: it comes to its end, and this one goes on."""
    pytest.importorskip("resource", reason="Windows holds no process to its memory; there the count alone stands")
    uncounted = (
        "from lib.exchange.spreadsheets import archive, cells, sandboxed; "
        "archive.TEXT = cells.TEXT = 10**15; sandboxed.main()"
    )
    monkeypatch.setattr(sandbox, "_STARTED", [sys.executable, "-c", uncounted])
    assert refusal(same_text(1_000_000, 45_000)) == archive.HEAVY


def test_a_process_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(sandbox, "_STARTED", [sys.executable, "-c", "import threading; threading.Event().wait()"])
    monkeypatch.setattr(sandbox, "SECONDS", 0.2)
    assert refusal(damaged.xlsx(damaged.ROWS)) == sandbox.SLOW


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a;" * 5_000_000, None),
        (b'"' + b"a" * 5_000_000, archive.DAMAGED),
        ((b"a;" * 300 + b"\n") * 45_000, archive.HEAVY),
    ],
    ids=["one line", "an open quote", "45,000 lines of 300"],
)
def test_a_text_file_of_any_shape_is_read_or_refused(data, said):
    if said:
        assert refusal(data, "a.csv") == said
    else:
        assert [len(row) for row in reading.read(data, "a.csv")[0].rows] == [200]


def test_no_format_is_parsed_in_the_program_itself():
    script = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests import damaged, readers, old_excel
from lib.exchange.spreadsheets import reading
for name, data in (("a.xlsx", damaged.xlsx(damaged.ROWS)), ("a.xls", old_excel.book(damaged.ROWS)),
                   ("a.csv", damaged.text(damaged.ROWS).encode())):
    for part in ("_plain", "_workbook", "parsed"):
        setattr(reading, part, None)
    assert len(reading.read(data, name)[0].rows) == 3, name
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", cwd=ROOT)
    assert done.returncode == 0, done.stderr


# What the cells say of themselves


def read(data: bytes, name: str = "a.xlsx") -> tuple[reading.ReadSheet, recognised_table.Table]:
    return imported.found(reading.read(data, name), "households")


def said(found) -> list[str]:
    return [say.text.format(**say.places) for say in found]


def test_errors_and_formulas_without_a_value_are_told_by_their_cell():
    data = workbook(
        listed(
            {
                2: household(
                    2, '<c r="D2"><v>4</v></c><c r="E2" t="e"><v>#REF!</v></c><c r="F2"><f>A1&amp;"x"</f></c>'
                ),
                3: household(3, '<c r="D3" t="e"><v>#VALUE!</v></c>'),
                4: household(4, '<c r="D4"><f>1+1</f><v></v></c>'),
                5: household(5, '<c r="D5"><f>1+1</f><v>2</v></c><c r="F5" t="str"><f>""</f><v></v></c>'),
                6: household(6, '<c r="D6"><v>3</v></c>', name='<c r="C6" t="e"><f>X</f><v>#N/A</v></c>'),
            }
        )
    )
    _sheet, table = read(data)
    assert [line.number for line in table.rows] == [2, 3, 4, 5, 6]
    first, *others = table.rows
    assert said(first.notes) == [
        "Cell E2 is skipped: it contains the error #REF! instead of a value; correct it in Excel.",
        'Cell F2 is skipped: it contains a formula without its result (=A1&"x"); save it again in Excel.',
    ]
    assert (first.faults, first.values["phone"], first.values["note"]) == ({}, None, None)
    assert [list(line.faults) for line in others] == [["person_count"], ["person_count"], [], ["head_name"]]
    assert "D3" in said(others[0].faults.values())[0] and "(=1+1)" in said(others[1].faults.values())[0]
    assert others[2].values["person_count"] == 2 and not others[2].notes


@tabled("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#####", "#SPILL!"])
def test_an_error_in_a_text_file_is_told_too(error):
    rows = [_HEAD, ["1", "khu phố 1", "Trần Thị Mẫu", "4", error, ""], ["2", "khu phố 1", "Lê Văn Mẫu", error, "", ""]]
    _sheet, table = read("\n".join(";".join(row) for row in rows).encode(), "a.csv")
    assert error in said(table.rows[0].notes)[0] and list(table.rows[1].faults) == ["person_count"]


@tabled(("heading", "key"), [("Xã, phường", "commune"), ("Huyện", "district")])
def test_an_error_in_what_a_row_is_known_by_keeps_it_back(heading, key):
    rows = [[heading, *_HEAD[1:]], ["#N/A", "khu phố 1", "Trần Thị Mẫu", "4", "", ""]]
    _sheet, table = read("\n".join(";".join(row) for row in rows).encode(), "a.csv")
    assert list(table.rows[0].faults) == [key] and not table.rows[0].notes


def test_an_old_file_tells_the_same():
    rows = [
        _HEAD,
        [1, "khu phố 1", "Trần Thị Mẫu", 4, old_excel.REF, "a"],
        [2, "khu phố 1", "Lê Văn Mẫu", old_excel.NOT_AVAILABLE, "", "b"],
    ]
    sheet, table = read(old_excel.book(rows, hidden=(2, "C5"), filtered=True), "a.xls")
    assert said(table.rows[0].notes) == [
        "Cell E2 is skipped: it contains the error #REF! instead of a value; correct it in Excel."
    ]
    assert list(table.rows[1].faults) == ["person_count"]
    assert said(reading.unseen(sheet)) == [
        "Sheet “Sheet1”: rows that a filter hides are read like the others: 3.",
        "Sheet “Sheet1”: hidden columns are read like the others: F.",
    ]


def test_hidden_rows_and_columns_are_told_and_can_be_left_out():
    rows = {at: household(at, f'<c r="D{at}"><v>4</v></c>') for at in range(2, 9)}
    content = listed(rows, before='<cols><col min="3" max="3" width="9" hidden="1"/></cols>')
    for at in (3, 4, 5):
        content = content.replace(f'<row r="{at}">', f'<row r="{at}" hidden="1">')
    sheet, table = read(workbook(content.replace('<row r="8">', '<row r="8" ht="0" customHeight="1">')))
    assert said(reading.unseen(sheet)) == [
        "Sheet “DS”: hidden rows are read like the others: 3–5, 8.",
        "Sheet “DS”: hidden columns are read like the others: C.",
    ]
    assert len(table.rows) == 7
    _sheet, seen = imported.found([reading.shown(sheet)], "households")
    assert [line.number for line in seen.rows] == [2, 6, 7]


def test_what_was_left_out_of_a_row_is_told_in_the_preview(as_):
    db, user = as_("binh")
    table = read(workbook(listed({2: household(2, '<c r="D2"><v>4</v></c><c r="E2" t="e"><v>#REF!</v></c>')})))[1]
    made = plan(db, user, "25456", Whole("households", [table]), now=world.NOW)
    assert made.counts["new"] == 1 and "Cell E2" in said(say for _row, say in made.warnings)[0]


@pytest.mark.parametrize("spoilt", ["strict", "cut"])
def test_refused_rows_come_back_though_the_file_cannot_be_written_again(as_, spoilt):
    """A file of another dialect, that the writer does not know, comes back with its refused rows alone."""
    db, user = as_("binh")
    content = listed({2: household(2, text("D2", "nhiều"))})
    data = workbook(
        content,
        main="http://purl.oclc.org/ooxml/spreadsheetml/main",
        links="http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    made = plan(db, user, "25456", Whole("households", [read(workbook(content))[1]]), now=world.NOW)
    back = refused(made, data if spoilt == "strict" else data[:-30], lambda say: say.text, heading="Cần sửa")
    assert {"Trần Thị Mẫu", "nhiều"} <= set(reading.read(back, "a.xlsx")[0].rows[1])


def test_the_command_line_tells_the_same_and_leaves_out_what_nobody_sees(store, tmp_path, capsys):
    rows = {at: household(at, f'<c r="D{at}"><v>4</v></c>', name=text(f"C{at}", f"Trần Thị {at}")) for at in (2, 3)}
    file = tmp_path / "ho.xlsx"
    file.write_bytes(workbook(listed(rows).replace('<row r="3">', '<row r="3" hidden="1">')))
    words = ["import", "households", str(file), "--area", "25456", "--dry-run"]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "2 new" in told and "hidden rows are read like the others: 3." in told
    assert main([*words, "--visible-only"]) == 0
    assert "1 new" in capsys.readouterr().out
