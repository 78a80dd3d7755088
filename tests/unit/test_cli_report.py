"""`python -m db report`: the document that the page gives, a sentence for every fault, and the exit code."""

import io
import zipfile

import openpyxl
import pypdfium2
import pytest

from lib.core import clock
from lib.core.database import value
from lib.exchange.documents import report_files
from lib.operations.command_line import main
from lib.oversight.reports import snapshots
from tests import world
from tests.unit.test_report_files import LATER


@pytest.fixture
def report(store, monkeypatch, tmp_path):
    """`code, file = report("703", "district", "r.docx")`."""
    monkeypatch.setattr(clock, "now", lambda: LATER)

    def run(area, kind, name, day=world.DAY):
        target = tmp_path / name
        return main(["report", "--area", area, "--day", day, "--kind", kind, "--out", str(target)]), target

    return run


@pytest.mark.parametrize(
    ("area", "kind", "form"),
    [
        ("703", "district", "docx"),
        ("703", "district", "pdf"),
        ("72", "province", "xlsx"),
        ("72", "health", "docx"),
        ("25456", "commune", "docx"),
        ("25456", "decision", "docx"),
        ("25456", "decision", "pdf"),
        ("25456", "decision", "xlsx"),
    ],
)
def test_each_kind_and_each_form_is_written_to_its_file(report, capsys, area, kind, form):
    code, file = report(area, kind, f"r.{form}")
    assert code == 0 and file.read_bytes()[:2] == (b"%P" if form == "pdf" else b"PK")
    assert capsys.readouterr().out == f"Written to {file}.\n"


def test_it_freezes_first_what_is_due_as_the_running_program_does(report, db):
    code, file = report("703", "district", "r.xlsx")
    head = snapshots.of_day(db, world.DAY, "district")
    assert code == 0 and head["frozen_at"] == clock.stamp(LATER)
    assert file.read_bytes()[:2] == b"PK"
    same = report_files.document(db, None, report_files.ReportFile("district", "703", world.DAY, "xlsx"), now=LATER)
    told = [
        [[cell.value for cell in line] for line in openpyxl.load_workbook(io.BytesIO(data))["Số liệu"].iter_rows()]
        for data in (file.read_bytes(), same)
    ]
    assert told[0] == told[1]


def test_decisions_of_a_district_go_into_a_folder_or_a_zip(report, capsys):
    code, folder = report("703", "decision", "here")
    assert code == 0 and sorted(file.suffix for file in folder.iterdir()) == [".docx", ".docx"]
    code, file = report("703", "decision", "all.pdf.zip")
    assert code == 0 and len(pypdfium2.PdfDocument(zipfile.ZipFile(file).read("quyet-dinh-25456-1.pdf"))) > 1
    assert "2 documents written to" in capsys.readouterr().out
    assert report("703", "decision", "ALL.ZIP")[1].is_file()


@pytest.mark.parametrize(
    ("area", "kind", "name", "sentence"),
    [
        ("703", "health", "r.docx", "Thành phố Tây Ninh does not make this kind of report"),
        ("72", "district", "r.docx", "Tỉnh Tây Ninh does not make this kind of report"),
        ("999", "district", "r.docx", "no area with this code"),
        ("703", "district", "r.txt", "must end in .docx, .pdf or .xlsx"),
        ("703", "district", "nowhere/r.docx", "cannot be written"),
        ("703", "decision", "r.docx", "go into a folder, a .zip or a .pdf.zip"),
    ],
)
def test_a_fault_is_a_sentence(report, capsys, area, kind, name, sentence):
    code, file = report(area, kind, name)
    assert code == 1 and sentence in capsys.readouterr().err and not file.exists()


def test_no_file_is_written_over_and_no_closed_day_invented(report, capsys):
    _code, file = report("703", "district", "r.docx")
    assert report("703", "district", "r.docx")[0] == 1 and "exists already" in capsys.readouterr().err
    assert report("703", "district", "x.docx", day="2021-07-01")[0] == 1
    assert "no figures for" in capsys.readouterr().err and file.exists()


def test_a_wrong_kind_is_a_wrong_command_line(report):
    with pytest.raises(SystemExit) as ended:
        report("703", "weekly", "r.docx")
    assert ended.value.code == 2


def test_the_command_leaves_no_line_of_a_reader(report, db):
    report("703", "district", "r.docx")
    assert value(db, "select count(*) from audit_log where action = 'document.make'") == 0
