"""PDFs read back: the words of the DOCX, letters that every machine draws, pages that hold what they begin."""

import io
import re
import unicodedata

import docx
import pypdfium2
from docx.oxml.ns import qn

from lib.exchange import fonts
from lib.exchange.documents.decision_letter import decision
from lib.exchange.letters import letter_docx, letter_pdf
from lib.exchange.letters.letter import Group, Letter, LetterColumn, LetterTable, Paragraph, Signature
from tests import contents
from tests.table import tabled
from tests.unit.test_letter_layouts import COMMUNE, LETTERS

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = "đ" + "".join(unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in TONES)


def pages(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_range() for page in document]


def bare(text: str) -> str:
    """Without blanks and breaks, which the two forms set differently."""
    return re.sub(r"[\s\u00a0\u00ad\ufffe]", "", text)


def of_docx(made: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(made)).element.body
    return [bare("".join(part.text or "" for part in one.iter(qn("w:t")))) for one in body.iter(qn("w:p"))]


@tabled("style", ["", "B", "I", "BI"])
def test_each_font_draws_every_vietnamese_letter(style):
    wanted = VIETNAMESE + VIETNAMESE.upper() + "ĭŏŭĕčƀĬŎŬĔČɃẶẴỮỢỹẫđĐƠơƯư0123456789.,;:/-–−…“”()%*+→↑↓□■"
    assert len(set(VIETNAMESE)) == 73
    assert set(wanted) <= fonts.letters(style)
    assert fonts.file(style).stat().st_size < 150_000


def test_the_widths_are_those_of_times_new_roman():
    assert [round(fonts.width(letter, 1000)) for letter in "aW0 "] == [444, 944, 500, 250]


@tabled("name", LETTERS)
def test_the_pdf_says_what_the_docx_says_in_the_same_order(name):
    told, place = bare("".join(pages(letter_pdf.pdf(LETTERS[name]())))), 0
    for paragraph in of_docx(letter_docx.docx(LETTERS[name]())):
        place = told.find(paragraph, place)
        assert place >= 0, paragraph
        place += len(paragraph)


def test_the_pdf_says_nothing_else():
    one, two = (decision(contents.decision(teams=1, households=6), COMMUNE) for _ in range(2))  # read once each
    assert bare("".join(pages(letter_pdf.pdf(one)))) == "".join(of_docx(letter_docx.docx(two)))


def test_pages_are_numbered_from_the_second_of_each_part():
    told = pages(letter_pdf.pdf(decision(contents.decision(teams=14), COMMUNE)))
    first = [page.split("\r\n")[0] for page in told]
    assert first[:3] == ["ỦY BAN NHÂN DÂN", "Phụ lục I", "2"]
    assert first[-1].isdecimal() and "Phụ lục II" in first


def test_the_head_of_a_long_table_stands_on_each_of_its_pages():
    told = pages(letter_pdf.pdf(decision(contents.decision(teams=14), COMMUNE)))
    assert all("Chủ hộ" in page for page in told[told.index(next(p for p in told if "Phụ lục II" in p[:20])) :])


def short(body: tuple) -> Letter:
    return Letter("party", "A", "B", "-BC/HU", "Gò Dầu", "2021-08-16", "BÁO CÁO", "về việc", body, Signature("T/M"))


@tabled("count", range(20, 40))
def test_the_signature_never_stands_alone_on_a_page(count):
    made = short(tuple(Paragraph(f"Đoạn {place}.") for place in range(count)))
    last = pages(letter_pdf.pdf(made))[-1]
    assert f"Đoạn {count - 1}." in last and "T/M" in last


def test_cells_wrap_and_unknown_letters_are_marked():
    table = LetterTable(
        (LetterColumn("Tên", 30), LetterColumn("Số", 0, "right")),
        [("Một tên dài hơn ô của bảng này nhiều \U0001f637", "1")],
    )
    told = " ".join(pages(letter_pdf.pdf(short((table, Paragraph("Hết."))))))
    assert bare("Một tên dài hơn ô của bảng này nhiều ?") in bare(told)


def test_a_row_taller_than_a_page_goes_on_on_the_next():
    words = [f"chữ{number}" for number in range(3000)]
    rows = [("trước", "1"), (" ".join(words), "2"), ("sau", "3")]
    made = letter_pdf.pdf(
        short((LetterTable((LetterColumn("Tên", 60), LetterColumn("Số", 0, "right")), rows), Paragraph("Hết.")))
    )
    told = re.findall(r"chữ\d+|trước|sau|Hết", " ".join(pages(made)))
    assert told == ["trước", *words, "sau", "Hết"]
    for page in pypdfium2.PdfDocument(made):
        assert _drawn(page)[1] >= 20 * 72 / 25.4 - 2
    assert "Tên" in pages(made)[3] and len(pages(made)) < 22


def test_the_same_letter_makes_the_same_file():
    one, two = (letter_pdf.pdf(LETTERS["district"]()) for _ in range(2))
    assert one == two and pypdfium2.PdfDocument(one).get_metadata_dict()["Author"] == "HUYỆN ỦY GÒ DẦU"


@tabled("name", LETTERS)
def test_nothing_is_drawn_beyond_the_margins(name):
    for page in pypdfium2.PdfDocument(letter_pdf.pdf(LETTERS[name]())):
        width, height = page.get_size()
        left, bottom, right, top = _drawn(page)
        assert left >= 20 * 72 / 25.4 - 1 and right <= width - 15 * 72 / 25.4 + 1
        assert bottom >= 20 * 72 / 25.4 - 2 and top <= height - 10 * 72 / 25.4 + 1


def _drawn(page) -> tuple[float, float, float, float]:
    found = [one.get_bounds() for one in page.get_objects()]
    return min(b[0] for b in found), min(b[1] for b in found), max(b[2] for b in found), max(b[3] for b in found)


@tabled("count", range(34, 44))
@tabled("words", [30, 45, 60])
def test_no_line_of_a_paragraph_stands_alone_on_a_page(count, words):
    long = " ".join(f"chữ{number}" for number in range(words))
    above = tuple(Paragraph(f"Đoạn {place}.") for place in range(count - 20))
    for page in pages(letter_pdf.pdf(short((*above, Paragraph(long), Paragraph("Hết."))))):
        lines = [line for line in page.split("\r\n") if "chữ" in line]
        assert len(lines) != 1, lines


@tabled("count", range(20, 60, 2))
def test_totals_and_the_note_stand_on_the_page_of_the_last_row(count):
    rows = [(f"dòng{place}", str(place)) for place in range(count)]
    totals = (("Tổng cộng", "1"), ("So với hôm trước", "0"), ("Lũy kế", "9"))
    columns = (LetterColumn("Đơn vị", 60), LetterColumn("Số", 0, "right"))
    table = LetterTable(columns, iter(rows), totals, note="Ghi chú của bảng này.")
    told = pages(letter_pdf.pdf(short((table, Paragraph("Hết.")))))
    page = next(page for page in told if "Tổng cộng" in page)
    assert all(text in page for text in (f"dòng{count - 1}", "So với hôm trước", "Lũy kế", "Ghi chú của bảng này."))


def grouped(above: int, rows: int) -> list[str]:
    """Pages of so many paragraphs and rows of a table, then a group with a first row of two lines."""
    listed = [*((f"dòng{place}", "") for place in range(rows)), Group("Nhóm"), ("Hai\ndòng", "1"), ("cuối", "2")]
    table = LetterTable((LetterColumn("Đơn vị", 60), LetterColumn("Số", 0, "right")), listed)
    paragraphs = (Paragraph(f"Đoạn {place}.") for place in range(above))
    return pages(letter_pdf.pdf(short((*paragraphs, table, Paragraph("Hết.")))))


@tabled("above", range(8))
def test_a_group_stands_on_the_page_of_its_first_row(above):
    for rows in range(20, 36):
        assert "Hai" in next(page for page in grouped(above, rows) if "Nhóm" in page), rows


@tabled("rows", [0, 1, 2])
def test_a_table_begins_where_its_first_group_and_row_have_room(rows):
    for above in range(18, 30):
        assert "Hai" in next(page for page in grouped(above, rows) if "Nhóm" in page), above


@tabled(("note", "kept"), [("", 3), ("Ghi chú.", 4)])
def test_word_keeps_the_totals_and_the_note_with_the_last_row(note, kept):
    rows = [(f"dòng{place}", "1") for place in range(6)]
    totals = (("Tổng cộng", "1"), ("So với hôm trước", "0"), ("Lũy kế", "9"))
    table = LetterTable((LetterColumn("Đơn vị", 60), LetterColumn("Số", 0, "right")), iter(rows), totals, note=note)
    body = docx.Document(io.BytesIO(letter_docx.docx(short((table, Paragraph("Hết.")))))).tables[1]
    keeps = [all(p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs) for row in body.rows]
    assert [row.cells[0].text for row, keep in zip(body.rows, keeps, strict=True) if keep][-kept:] == [
        text for text, _ in (rows[-1], *totals)
    ][:kept]
    assert keeps[1:6] == [None] * 5 or not any(keeps[1:6])
