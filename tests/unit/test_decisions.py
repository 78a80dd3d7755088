"""Many decisions at once: one file a commune, streamed, with no more memory for the last than for the first."""

import io
import tracemalloc
import zipfile

import docx
import pypdfium2
import pytest

from lib.exchange.documents.decisions import decisions
from tests import contents


def communes(count: int, **more):
    for number in range(count):
        yield contents.decision(commune=contents.COMMUNE | {"code": str(25600 + number)}, **more)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_one_file_a_commune_in_a_zip(tmp_path, form):
    heard = []
    target = tmp_path / "all.zip"
    assert decisions(communes(3), target, form, lambda done, name: heard.append((done, name))) == 3
    assert heard == [(1, "Phước Thạnh"), (2, "Phước Thạnh"), (3, "Phước Thạnh")]
    with zipfile.ZipFile(target) as made:
        assert made.namelist() == [f"quyet-dinh-{25600 + n}-phuoc-thanh.{form}" for n in range(3)]
        first = made.read(made.namelist()[0])
    if form == "docx":
        assert "QUYẾT ĐỊNH" in [one.text for one in docx.Document(io.BytesIO(first)).paragraphs]
    else:
        assert len(pypdfium2.PdfDocument(first)) == 4


def test_or_in_a_folder(tmp_path):
    decisions(communes(2), tmp_path / "here", "docx")
    assert len(list((tmp_path / "here").glob("*.docx"))) == 2


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_every_household_stands_once_behind_its_member(tmp_path, form):
    target = tmp_path / "all.zip"
    decisions(communes(1, teams=3, households=25), target, form)
    with zipfile.ZipFile(target) as made:
        content = made.read(made.namelist()[0])
    if form == "docx":
        cells = [cell for row in docx.Document(io.BytesIO(content)).tables[-1].rows for cell in row.cells]
        told = " ".join(cell.text for cell in cells)
    else:
        told = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    codes = [f"25600{team:03d}{number:02d}" for team in (1, 2, 3) for number in range(25)]
    assert [told.count(code) for code in codes] == [1] * len(codes)


SMALL = 8_000  # bytes; the smallest file of a commune has 13,000


@pytest.mark.long
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_nothing_of_a_commune_that_is_done_stays_in_memory(tmp_path, form):
    held = []
    tracemalloc.start()
    try:
        decisions(
            communes(5, teams=2),
            tmp_path / "all.zip",
            form,
            lambda done, name: held.append(tracemalloc.get_traced_memory()[0]),
        )
    finally:
        tracemalloc.stop()
    assert held[-1] - held[1] < 3 * SMALL, held
