"""Every number of a report is the same in the document, in the workbook, on the screen and in the snapshot."""

import io
from datetime import timedelta

import docx
import openpyxl
import pypdfium2
import pytest

from lib.core import clock
from lib.core.database import row, value
from lib.core.errors import Conflict, NotFound, Refused
from lib.exchange.documents import report_files
from lib.exchange.letters import official
from lib.field.visits import visits
from lib.operations import clockwork
from lib.oversight.figures import figures
from lib.oversight.report_template import indicators, versions
from lib.oversight.reports import acts, addenda, context, drafts, officers, snapshots
from lib.oversight.reports import content as report
from lib.oversight.reports.addenda import Correction
from tests import world

DAY, CODES = world.DAY, [f"25456-{number:04d}" for number in range(1, 25)]
LATER = clock.instant(clock.at(DAY, "15:00")) + timedelta(minutes=20)
KINDS = [("703", "district"), ("72", "province"), ("72", "health"), ("25456", "commune")]


def meet(db, user, codes, day, now, **more):
    draft = {
        "outcome": "met",
        "flags": "",
        "note": "",
        "swept": False,
        "needs": [],
        "violations": [],
        "people": [],
        "version": 0,
        "was": None,
    } | more
    told = visits.record(db, user, visits.Submission(1, day, dict.fromkeys(codes, draft)), now=now)
    assert {one["state"] for one in told.values()} == {"saved"}


def send(db, user, code, now):
    content = {"narratives": {"difficulties": "Không"}, "manual": {"cases_new": {"value": 3, "reason": "Trạm Y tế"}}}
    version = drafts.keep(db, user, code, DAY, drafts.ReportDraft(content, 0), now=now)
    acts.submit(db, user, code, DAY, draft_version=version, now=now)


@pytest.fixture
def a_day(as_):
    """Two days of visits in Phường 1; the city of the two districts has reported, and 15:00 is past."""
    db, binh = as_("binh")
    meet(db, binh, CODES[:20], world.YESTERDAY, world.NOW - timedelta(hours=20))
    meet(db, binh, CODES[:9], DAY, world.NOW, flags="n", needs=["food"])
    meet(db, binh, CODES[9:12], DAY, world.NOW, outcome="absent")
    dung, person = as_("dung")
    send(dung, person, "703", world.NOW)
    clockwork.freeze(db, now=LATER)
    return db


def content(db, code, kind, **more):
    return report.content(db, context.read(db, None, code, DAY, now=LATER), kind=kind, **more)


def made(db, code, kind, form, **more):
    return report_files.document(db, None, report_files.ReportFile(kind, code, DAY, form, **more), now=LATER)


def in_docx(data, head, having=None):
    """The rows of the document's tables that have this heading, by what stands in the second column."""
    found = {}
    for table in docx.Document(io.BytesIO(data)).tables:
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        if len(cells[0]) > 1 and cells[0][1] == head and (having is None or having in cells[0]):
            found |= {
                line[1].removesuffix(" (*)"): dict(zip(cells[0], line, strict=True))
                for line in cells[1:]
                if len(set(line)) > 1
            }
    return found


def in_xlsx(data, sheet):
    """The rows of a sheet under its headings, by the second column; numbers as the document writes them."""
    drawn = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    lines = [list(line) for line in drawn.iter_rows()]
    start = next(place for place, line in enumerate(lines) if line[0].value == "TT")
    heads = [cell.value for cell in lines[start]]
    return {line[1].value: list(zip(heads, map(said, line), strict=True)) for line in lines[start + 1 :]}


def said(cell):
    if not isinstance(cell.value, int | float):
        return cell.value
    if cell.number_format == "0.0%":
        return f"{cell.value * 100:.1f}%".replace(".", ",")
    if cell.number_format.startswith("+"):
        number = f"{abs(cell.value):.1f}".replace(".", ",") if "0.0" in cell.number_format else str(abs(cell.value))
        sign = "+" if cell.value > 0 else "−" if cell.value < 0 else ""
        return f"{sign}{number}" if cell.value else "0"
    return official.number(cell.value) + (" lượt" if "lượt" in cell.number_format else "")


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_every_line_says_the_same_number_everywhere(a_day, code, kind):
    told = content(a_day, code, kind)
    document = in_docx(made(a_day, code, kind, "docx"), "Chỉ tiêu")
    book = in_xlsx(made(a_day, code, kind, "xlsx"), "Số liệu")
    lines = [line for block in told["blocks"] for line in block["lines"]]
    shown = lines if kind != "health" else [line for line in lines if line["code"] not in ("documents", "inspections")]
    assert len(shown) > 30 and len(document) == len(shown)
    for line in lines:
        in_book = dict(book[line["name_vi"]])
        missing = official.missing(line["function"])
        number = official.written(line["value"], line["unit"], line["part"], line["whole"], missing=missing)
        assert in_book["Số liệu"] == number, line["code"]
        if line in shown:
            in_document = document[line["name_vi"]]
            assert in_document["Số liệu"] == number, line["code"]
            assert in_document.get("Lũy kế", "") == (in_book["Lũy kế"] or ""), line["code"]
            change = in_document.get("So với\nhôm trước", "").removesuffix(" điểm")
            assert change == (in_book["Tăng, giảm"] or ""), line["code"]


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_what_is_printed_is_what_was_frozen(a_day, code, kind):
    head = snapshots.of_day(a_day, DAY, "province" if code == "72" else "district")
    counts = snapshots.counted(a_day, head["id"], [code])[code]
    book = in_xlsx(made(a_day, code, kind, "xlsx"), "Số liệu")
    for line in [line for block in content(a_day, code, kind)["blocks"] for line in block["lines"]]:
        if not line["manual"]:
            frozen = indicators.value(line["function"], counts)
            part, whole = indicators.fraction(line["function"], counts)
            number = official.written(frozen, line["unit"], part, whole)
            assert dict(book[line["name_vi"]])["Số liệu"] == number, line["code"]


@pytest.mark.parametrize(
    ("code", "kind", "sheet"),
    [("703", "district", "Theo cấp xã"), ("72", "province", "Theo cấp huyện"), ("72", "health", "Theo cấp huyện")],
)
def test_units_and_their_total_are_the_same_in_both(a_day, code, kind, sheet):
    told = content(a_day, code, kind)
    document = in_docx(made(a_day, code, kind, "docx"), "Đơn vị", "Hộ phải thăm")
    book = in_xlsx(made(a_day, code, kind, "xlsx"), sheet)
    units = {report_files.full(unit): unit for unit in told["units"]}
    for name in (*units, "Tổng cộng"):
        cells = book[name][3:]
        numbers, changes = [cell for _head, cell in cells[::2]], [cell for _head, cell in cells[1::2]]
        line = list(document[name].values())[2:]
        if name in units:
            assert line == said_once(zip(numbers, changes, strict=True))
            assert ("chưa có số liệu" in numbers) == (not units[name]["reported"])
        else:
            assert line == numbers
    if document.get("So với hôm trước"):
        changes = [cell for _head, cell in book["Tổng cộng"][4::2]]
        assert list(document["So với hôm trước"].values())[2:] == [change or "" for change in changes]


def said_once(cells):
    """The cells of a row as the document has them: what is missing is said in the first, then dashed."""
    row = []
    for number, change in cells:
        number = "–" if number == "chưa có số liệu" and number in row else number
        row.append(f"{number}\n({change})" if change else number)
    return row


def test_a_district_that_did_not_send_is_in_every_figure(a_day):
    """It vanished from the 15:00 report with its teams and households."""
    told = content(a_day, "72", "province")
    assert (told["sent_units"], told["asked_units"]) == (1, 2)
    book = openpyxl.load_workbook(io.BytesIO(made(a_day, "72", "province", "xlsx")))
    [said] = [cell.value for cell in book["Số liệu"]["A"] if "đã gửi báo cáo" in str(cell.value)]
    assert said.startswith("1/2 đơn vị đã gửi báo cáo")
    assert [sheet.title for sheet in book] == [
        "Số liệu",
        "Theo cấp huyện",
        "Theo cấp xã",
        "Cấp huyện nhập",
        "Cấp xã nhập",
    ]
    communes = in_xlsx(made(a_day, "72", "province", "xlsx"), "Theo cấp xã")
    counted = [dict(line) for line in communes.values()]
    for name, code in (("Hộ phải thăm", "due"), ("Hộ đã gặp", "seen")):
        assert sum(int(line[name]) for line in counted if line[name].isdigit()) == told["total"][code]
    assert dict(communes["Phường 1, Thành phố Tây Ninh"])["Hộ đã gặp"] == "9"
    assert dict(communes["Thị trấn Gò Dầu, Huyện Gò Dầu"])["Hộ phải thăm"] == "24"
    document = docx.Document(io.BytesIO(made(a_day, "72", "province", "docx")))
    assert any("1/2 đơn vị đã gửi" in paragraph.text for paragraph in document.paragraphs)
    board = figures.figures(a_day, "72", DAY, as_of="15:00")[0]
    for name, code in (("Hộ phải thăm", "due"), ("Hộ đã gặp", "seen"), ("Hộ gia đình", "households")):
        assert in_docx(made(a_day, "72", "province", "docx"), "Chỉ tiêu")[name]["Số liệu"] == official.number(
            board[code]
        )


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_a_day_without_a_single_entry_reads_well(as_, code, kind):
    db, _binh = as_("binh")
    clockwork.freeze(db, now=LATER)
    book = in_xlsx(made(db, code, kind, "xlsx"), "Số liệu")
    document = in_docx(made(db, code, kind, "docx"), "Chỉ tiêu")
    for name, line in document.items():
        assert line["Số liệu"] == dict(book[name])["Số liệu"]
    assert document["Người có triệu chứng được phát hiện"]["Số liệu"] == "chưa có số liệu"


def test_no_case_is_a_nought_where_visits_were_entered(a_day):
    book = in_xlsx(made(a_day, "703", "district", "xlsx"), "Số liệu")
    assert dict(book["Người có triệu chứng được phát hiện"])["Số liệu"] == "0"


def test_an_addendum_stands_beside_what_was_sent(a_day, as_):
    db, dung = as_("dung")
    addenda.correct(db, dung, "703", DAY, Correction({"seen": 11, "cases_new": 4}, "Sót 02 hộ."), now=LATER)
    data = made(a_day, "703", "district", "xlsx")
    line = dict(in_xlsx(data, "Số liệu")["Hộ đã gặp"])
    assert (line["Số liệu"], line["Đính chính"]) == ("9", "11")
    drawn = openpyxl.load_workbook(io.BytesIO(data))
    assert "Bản gửi lần 1; đính chính lần 1" in [cell.value for cell in drawn["Số liệu"]["A"]]
    listed = [[cell.value for cell in line] for line in drawn["Đính chính"].iter_rows()][-2:]
    assert {(line[3], line[4], line[5]) for line in listed} == {
        ("Hộ đã gặp", 9, 11),
        ("Ca mắc mới trong ngày (F0)", 3, 4),
    }
    document = [
        table
        for table in docx.Document(io.BytesIO(made(a_day, "703", "district", "docx"))).tables
        if table.rows[0].cells[-1].text == "Lý do"
    ]
    assert {tuple(cell.text for cell in line.cells)[2:5] for line in document[0].rows[1:]} == {
        ("Hộ đã gặp", "9", "11"),
        ("Ca mắc mới trong ngày (F0)", "3", "4"),
    }


def test_an_extract_is_cut_to_the_districts_of_its_member(a_day, as_):
    db, mai = as_("mai")
    secretary = {"full_name": "Phạm Văn Tư", "position": "Ủy viên Ban Thường vụ", "phone": "0912345678"}
    officers.name(db, mai, "703", "committee", secretary | {"from_day": DAY}, now=LATER)
    (one,) = report_files.members(db, mai, "72", DAY)
    assert one["areas"] == ["Thành phố Tây Ninh"]
    text = "\n".join(
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(made(a_day, "72", "province", "docx", officer=one["id"]))).paragraphs
    )
    assert "thành phố Tây Ninh" in text and "Gò Dầu" not in text
    book = openpyxl.load_workbook(io.BytesIO(made(a_day, "72", "province", "xlsx", officer=one["id"])))
    assert [sheet.title for sheet in book] == ["Theo cấp huyện", "Theo cấp xã", "Cấp huyện nhập", "Cấp xã nhập"]
    assert book["Theo cấp xã"]["A2"].value == "Tỉnh Tây Ninh (trích: Thành phố Tây Ninh)"
    with pytest.raises(Conflict):
        made(a_day, "72", "province", "docx", officer=99)


def test_the_log_knows_who_made_which_document(a_day, as_):
    db, thu = as_("thu")
    data = report_files.document(db, thu, report_files.ReportFile("district", "703", DAY, "pdf"), now=LATER)
    assert len(pypdfium2.PdfDocument(data)) > 1
    line = row(db, "select action, subject, area_code, account_id from audit_log order by id desc limit 1")
    assert line == {
        "action": "document.make",
        "area_code": "703",
        "account_id": 7,
        "subject": "Báo cáo nhanh 14 giờ, Thành phố Tây Ninh, 16/8/2021",
    }


@pytest.mark.parametrize("who", ["chi", "an", "quan"])
def test_a_stranger_gets_no_document_and_leaves_no_line(a_day, as_, who):
    db, user = as_(who)
    before = value(db, "select count(*) from audit_log")
    with pytest.raises(NotFound if who == "chi" else Refused):
        report_files.document(db, user, report_files.ReportFile("district", "703", DAY, "docx"), now=LATER)
    assert value(db, "select count(*) from audit_log") == before


def test_an_area_has_only_its_own_kinds(a_day):
    with pytest.raises(Conflict):
        made(a_day, "703", "health", "docx")
    with pytest.raises(NotFound):
        made(a_day, "999", "district", "docx")


def test_a_reworded_indicator_is_no_formula_over_its_column(as_):
    db, mai = as_("mai")
    lines = [line | ({"name_vi": "=1+1"} if line["code"] == "due" else {}) for line in versions.lines(db)]
    versions.edit(db, mai, versions.FormEdit(lines, versions.current(db), "thử"), now=world.NOW)
    drawn = openpyxl.load_workbook(io.BytesIO(made(db, "703", "district", "xlsx")))["Theo cấp xã"]
    assert [cell.data_type for line in drawn.iter_rows() for cell in line if cell.value == "=1+1"] == ["s"]


def test_a_long_reason_of_an_addendum_stays_on_the_page(a_day, as_):
    db, dung = as_("dung")
    reason = ("ĐỐI CHIẾU LẠI VỚI SỔ CỦA TỔ, " * 25)[:594] + " HẾT."
    addenda.correct(db, dung, "703", DAY, Correction({"seen": 11}, reason), now=LATER)
    for page in pypdfium2.PdfDocument(made(a_day, "703", "district", "pdf")):
        text = page.get_textpage()
        assert min(text.get_rect(number)[1] for number in range(text.count_rects())) > 50


def test_a_returned_report_that_did_not_come_again_is_said_to_be_so(as_, db):
    _, dung = as_("dung")
    send(db, dung, "703", world.NOW)
    acts.send_back(db, as_("mai")[1], "703", DAY, reason="Sai số hộ.", now=world.NOW)
    clockwork.freeze(db, now=LATER)
    tables = docx.Document(io.BytesIO(made(db, "72", "province", "docx"))).tables
    late = next(table for table in tables if table.rows[0].cells[-1].text == "Người chịu trách nhiệm báo cáo")
    assert [[cell.text for cell in line.cells[1:3]] for line in late.rows[1:]] == [
        ["Huyện Gò Dầu", "chưa gửi báo cáo; chưa có số liệu thăm hộ"],
        ["Thành phố Tây Ninh", "bị trả lại, chưa gửi lại; chưa có số liệu thăm hộ"],
    ]
    book = in_xlsx(made(db, "72", "province", "xlsx"), "Theo cấp huyện")
    assert dict(book["Thành phố Tây Ninh"])["Tình trạng"].startswith("bị trả lại, chưa gửi lại")
