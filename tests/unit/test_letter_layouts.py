"""Documents read back: what an office would measure with a ruler."""

import io
import re
import zipfile
from functools import cache

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from lib.exchange import fonts
from lib.exchange.documents import report_letter
from lib.exchange.documents.decision_letter import decision
from lib.exchange.documents.letterhead import default
from lib.exchange.letters import flow, items, letter_docx, styles
from lib.exchange.letters.letter import Paragraph
from tests import contents
from tests.table import tabled

PARTY = default("party", contents.DISTRICT, [contents.PROVINCE])
PROVINCE = default("party", contents.PROVINCE, [])
HEALTH = default("health", contents.PROVINCE, [])
COMMUNE = default("state", contents.COMMUNE, [contents.DISTRICT, contents.PROVINCE])

LETTERS = {
    "district": lambda: report_letter.report(contents.district(missing=3), PARTY),
    "province": lambda: report_letter.report(contents.province(), PROVINCE),
    "health": lambda: report_letter.of_health(contents.health(), HEALTH),
    "decision": lambda: decision(contents.decision(), COMMUNE),
}


@cache
def opened(name: str):
    """The document, made once; nothing here writes into it."""
    return docx.Document(io.BytesIO(letter_docx.docx(LETTERS[name]())))


def paragraphs(document) -> list:
    """Every paragraph in the order of the document, those in tables too."""
    return [docx.text.paragraph.Paragraph(found, document) for found in document.element.body.iter(qn("w:p"))]


def of_style(document, style: str) -> list[str]:
    known = document.styles[style].style_id
    return [one.text for one in paragraphs(document) if one._p.style == known]


def text(document) -> str:
    return "\n".join(one.text for one in paragraphs(document))


@tabled("name", ["district", "province"])
def test_a_party_report_has_the_partys_head_and_no_motto(name):
    told = text(opened(name))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in told and "\n*\n" in told and "\n-----\n" in told
    assert "Độc lập" not in told and "CỘNG HÒA" not in told
    assert "./." not in told and "TM." not in told and "KT." not in told


@tabled("name", ["health", "decision"])
def test_a_state_paper_has_motto_colon_and_end_mark(name):
    document = opened(name)
    told = text(document)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in told
    assert "ĐẢNG CỘNG SẢN" not in told and "T/M" not in told and "K/T" not in told
    assert told.count("./.") == 1 and of_style(document, "Thân văn bản")[-1].endswith("./.")
    assert of_style(document, "Số ký hiệu") == ["Số: ……/QĐ-UBND" if name == "decision" else "Số: ……/BC-SYT"]


def test_the_order_of_a_district_report_is_the_offices():
    told = text(opened("district"))
    order = [
        "ĐẢNG BỘ TỈNH TÂY NINH",
        "HUYỆN ỦY GÒ DẦU",
        "*",
        "Số ……-BC/HU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Gò Dầu, ngày 16 tháng 8 năm 2021",
        "BÁO CÁO NHANH",
        "(số liệu đến 14 giờ 00 ngày 16/8/2021; 8/9 đơn vị đã gửi)",
        "-----",
        "Kính gửi: Ban Dân vận Tỉnh ủy.",
        "I- CÔNG TÁC LÃNH ĐẠO",
        "II- KẾT QUẢ",
        "III- TRƯỜNG HỢP",
        "IV- KHÓ KHĂN",
        "V- ĐỀ XUẤT",
        "Nơi nhận:",
        "- Như trên,",
        "- Thường trực Huyện ủy (b/c),",
        "- Lưu Văn phòng Huyện ủy.",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ THƯỜNG TRỰC",
        "Phụ lục",
        "Xã Bàu Đồn",
    ]
    places = [told.index(part) for part in order]
    assert places == sorted(places)


SIZES = {
    "district": {
        "Tiêu đề": (15, True),
        "Cơ quan cấp trên": (14, False),
        "Cơ quan ban hành": (14, True),
        "Số ký hiệu": (14, False),
        "Tên loại": (16, True),
        "Trích yếu": (14, True),
        "Nơi nhận": (14, False),
        "Danh sách nơi nhận": (12, False),
        "Quyền hạn ký": (14, True),
        "Chức vụ": (14, False),
        "Thân văn bản": (14, False),
        "Số trang": (14, False),
    },
    "health": {
        "Quốc hiệu": (12, True),
        "Tiêu ngữ": (13, True),
        "Cơ quan cấp trên": (12, False),
        "Cơ quan ban hành": (12, True),
        "Số ký hiệu": (13, False),
        "Tên loại": (14, True),
        "Nơi nhận": (12, True),
        "Danh sách nơi nhận": (11, False),
        "Quyền hạn ký": (13, True),
        "Chức vụ": (13, True),
        "Thân văn bản": (14, False),
        "Số trang": (13, False),
    },
}


@tabled("name", SIZES)
def test_sizes_and_weights_are_those_of_the_rules(name):
    document = opened(name)
    for style, (size, bold) in SIZES[name].items():
        font = document.styles[style].font
        assert (font.size, bool(font.bold)) == (Pt(size), bold), style
        assert style == "Số trang" or of_style(document, style), style
    assert document.styles["Địa danh, ngày tháng"].font.italic
    assert bool(document.styles["Nơi nhận"].font.underline) == (name == "district")
    assert bool(document.styles["Nơi nhận"].font.italic) == (name == "health")


@tabled("name", LETTERS)
def test_every_script_is_set_in_times_new_roman(name):
    document = opened(name)
    for faces in document.styles.element.iter(qn("w:rFonts")):
        assert {faces.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert not list(document.element.body.iter(qn("w:rFonts")))


@tabled("name", LETTERS)
def test_paper_margins_and_page_numbers(name):
    document = opened(name)
    first = document.sections[0]
    assert abs(first.page_width - Mm(210)) < Mm(0.2) and abs(first.page_height - Mm(297)) < Mm(0.2)
    sides = [first.top_margin, first.bottom_margin, first.left_margin, first.right_margin]
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
    for section in document.sections:
        assert section.different_first_page_header_footer, "the first page of each part bears no number"
        assert section.first_page_header.paragraphs[0].text == ""
        assert "PAGE" in section.header._element.xml and section.header.paragraphs[0].alignment is None
    assert document.styles["Số trang"].paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER


def test_the_body_is_justified_indented_and_spaced():
    form = opened("district").styles["Thân văn bản"].paragraph_format
    assert form.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY
    assert (round(form.first_line_indent.mm), form.space_after, form.line_spacing) == (10, Pt(6), Pt(18))


@tabled("name", LETTERS)
def test_heads_and_feet_are_tables_without_borders(name):
    for table in opened(name).tables:
        is_frame = table._tbl.find(f".//{qn('w:tblHeader')}") is None
        assert (table._tbl.find(f".//{qn('w:tblBorders')}") is None) == is_frame
    assert len(opened(name).tables) > 2


def test_rules_are_borders_of_paragraphs_as_long_as_the_text():
    document = opened("health")
    ruled = [one for one in paragraphs(document) if one._p.find(f".//{qn('w:pBdr')}") is not None]
    assert len(ruled) == 3, "under the issuer, the motto and the abstract"
    motto = next(one for one in ruled if one._p.getprevious().find(f".//{qn('w:t')}").text.startswith("Độc lập"))
    sides = motto.paragraph_format.left_indent.mm + motto.paragraph_format.right_indent.mm
    assert 55 < 97 - sides < 57.5


@tabled("name", LETTERS)
def test_nothing_is_signed_and_no_number_is_made_up(name):
    document = opened(name)
    assert of_style(document, "Họ tên") == ["\u00a0"]
    assert not re.search(r"[Đđ]ã ký", text(document))
    assert re.fullmatch(r"Số:? ……[-/].+", of_style(document, "Số ký hiệu")[0])


def test_a_typed_number_stands_and_the_state_writes_two_digits():
    told = text(
        docx.Document(io.BytesIO(letter_docx.docx(report_letter.of_health(contents.health(), HEALTH, number="5"))))
    )
    assert "Số: 05/BC-SYT" in told
    party = report_letter.report(contents.district(), PARTY, number="12")
    assert "Số 12-BC/HU" in text(docx.Document(io.BytesIO(letter_docx.docx(party))))


def test_the_same_letter_makes_the_same_sound_package():
    letter = LETTERS["district"]()
    made = letter_docx.docx(letter)
    assert made == letter_docx.docx(LETTERS["district"]())
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.testzip() is None
        types = package.read("[Content_Types].xml").decode()
        assert types.count('Extension="png"') == 1 and "word/media/bars0.png" in package.namelist()
        assert not {"docProps/thumbnail.jpeg", "docProps/app.xml"} & set(package.namelist())
        settings = package.read("word/settings.xml").decode()
        assert 'w:themeFontLang w:val="vi-VN"' in settings and "ja-JP" not in settings
    assert docx.Document(io.BytesIO(made)).core_properties.author == "HUYỆN ỦY GÒ DẦU"


def test_what_people_type_cannot_break_the_package():
    content = contents.district()
    content["narratives"]["difficulties"] = 'Thiếu <b>"khẩu trang"</b> & nhiệt kế\x00\x0b\ud800 \U0001f637'
    told = text(docx.Document(io.BytesIO(letter_docx.docx(report_letter.report(content, PARTY)))))
    assert 'Thiếu <b>"khẩu trang"</b> & nhiệt kế' in told


def test_a_decision_stands_on_its_bases_and_three_articles():
    document = opened("decision")
    bases = of_style(document, "Căn cứ")
    assert all(basis.endswith(";") for basis in bases[:-1]) and bases[-1].endswith(".")
    assert document.styles["Căn cứ"].font.italic
    told = text(document)
    places = [
        told.index(part)
        for part in (
            "QUYẾT ĐỊNH\n",
            "ỦY BAN NHÂN DÂN XÃ PHƯỚC THẠNH\nCăn cứ",
            "QUYẾT ĐỊNH:",
            "Điều 1. Thành lập 02 Tổ",
            "Điều 2.",
            "Điều 3.",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            "Phụ lục I\n",
            "Phụ lục II\n",
        )
    ]
    assert places == sorted(places)
    assert "Tổ Covid cộng đồng số 01, ấp Phước Hội 2: Trần Văn Đức (09 hộ)" in told


def test_several_addressees_and_urgency_follow_the_layout():
    names = ("Thường trực Tỉnh ủy", "Ban Chỉ đạo tỉnh")
    for head, mark in ((PARTY, ","), (HEALTH, ";")):
        letter = head.letter(
            kind="BC",
            title="BÁO CÁO",
            abstract="về việc",
            day="2021-02-03",
            salutation=names,
            body=(Paragraph("Hết."),),
            urgency="Hỏa tốc",
        )
        document = docx.Document(io.BytesIO(letter_docx.docx(letter)))
        assert f"Kính gửi:\n\u00a0- Thường trực Tỉnh ủy{mark}\n\u00a0- Ban Chỉ đạo tỉnh." in text(document)
        assert "ngày 03 tháng 02 năm 2021" in text(document)
        boxed = next(one for one in paragraphs(document) if one.text == "HỎA TỐC")
        assert (boxed._p.find(f".//{qn('w:pBdr')}") is not None) == (head is HEALTH), "the State boxes it in red"


def test_a_long_name_is_broken_where_its_parts_meet_and_the_day_is_not_broken_at_all():
    """ "ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ / MINH" and a date over two lines stood at the head of every report of the city."""
    city = contents.PROVINCE | {"kind": "Thành phố", "name": "Hồ Chí Minh"}
    first = contents.DISTRICT | {"kind": "Quận", "name": "1"}
    party, state = default("party", city, []), default("health", city, [])
    heads = {"party": party, "state": state, "district": default("party", first, [city])}
    for name, head in heads.items():
        pair = next(flow.flow(report_letter.report(contents.district(), head)))
        left, right = [
            [part.text for part in side if isinstance(part, items.TextLine)] for side in (pair.left, pair.right)
        ]
        assert "THÀNH PHỐ HỒ CHÍ MINH" in left, name
        assert right[-1].endswith("năm 2021") and sum(pair.widths) == 165
        for side, width in zip((pair.left, pair.right), pair.widths, strict=True):
            for part in (part for part in side if isinstance(part, items.TextLine)):
                style = styles.STYLES[head.layout][part.role]
                assert fonts.width(part.text, style.size, style.font) <= width * styles.MM, (name, part.text)
