"""One term, one meaning: the table of terms, held in the catalogue and wherever else the product speaks Vietnamese."""

import ast
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from lib.core.words.place_words import PlaceWords
from lib.exchange.columns.kinds import KINDS
from tests import catalogue

# The words lists are known to use instead are read, never written; what is written of them is looked at below.
READ_ONLY = (
    "lib/exchange/columns/code_words.py",
    "lib/exchange/columns/kinds.py",
    "lib/exchange/columns/shared.py",
    "lib/exchange/spreadsheets/old_fonts.py",
)
VIETNAMESE = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", re.IGNORECASE)


class Term(NamedTuple):
    """A term of the table, as patterns without case.

    Where a sentence says `english` its translation says `vietnamese`; where one says `vietnamese` the sentence says
    `english` or what it `also` stands for, unless that is None. What is `never` said is said nowhere.
    """

    english: str
    vietnamese: str
    also: str | None = None
    never: str = ""


TERMS = {
    # What happens at a door
    "met": Term("^met$|^met in person$", "^gặp( trực tiếp)?$", ""),
    "met or phoned": Term("^(?-i:Reached)$|households reached", "đã gặp", None, "gặp / tổng"),
    "attempted": Term(r"\battempted\b", "đã đến"),
    "not visited": Term("not visited|still to visit$", "chưa thăm|còn phải thăm", None, r"\bhộ chưa đến\b"),
    "not seen": Term("not reached yet", "chưa gặp"),
    "visit": Term(r"\bvisits? (were|was|with|entered|stays)|^visits", "thăm|nhập từ lúc này", None, "lần thăm"),
    "absent": Term(r"\babsent\b(?! or)", "vắng", None, "không có người ở nhà"),
    "by phone": Term("by phone|reached by", "qua điện thoại", "reached|called", "^gọi điện$"),
    "central quarantine": Term("central quarantine", "cách ly tập trung", "", "^cách ly$"),
    "all at once": Term("all at once", "nhập đồng loạt", "", "nhập chung"),
    "temperature": Term("temperature", "thân nhiệt", "degrees", "nhiệt độ"),
    "guest or returnee": Term(
        "guest or returnee", "khách, người từ nơi khác đến, về", "", "địa phương khác|nơi khác về, |và người trở về"
    ),
    "undeclared": Term("undeclared", "không khai báo, vi phạm", "", "chưa khai báo(?! y tế)"),
    "vulnerable": Term("vulnerab", "đối tượng yếu thế", "", "diện yếu thế|người già neo đơn"),
    # Figures
    "coverage": Term("coverage", "độ phủ", "^(?-i:On time)$|^reach$|reach counts"),
    "reach": Term("^reach$|reach counts", "độ phủ trên tổng số hộ", "", "tỷ lệ gặp"),
    "on-time coverage": Term("^(?-i:On time)$|on-time coverage", "độ phủ đến 14 giờ", "", "độ phủ đúng giờ|^đúng giờ"),
    "target": Term("target", "mức (độ phủ )?quy định", "", r"chỉ tiêu (độ phủ|\{percent)"),
    "freeze": Term("fr[eo]ez|froze|cut-off", "chốt", "", r"chốt báo cáo|báo cáo ((đã|chưa) )?chốt(?! số liệu)"),
    "lock": Term("\\b(un)?lock(ed|s)?\\b(?! down| with a password)|lock-out", "khóa", "switch"),
    "no entries": Term("no entries|without entries|nothing entered", "(chưa|không) có số liệu", None, "chưa nhập gì"),
    "not reported": Term(
        r"(?<!that has )not reported|nothing reported", "chưa báo cáo", "without a report|partial until all units have"
    ),
    "active household": Term("active household", "hộ đang quản lý", "", "hộ đang sinh sống"),
    "points": Term(r"\{points\}", r"\{points\} điểm %"),
    # Reports
    "in time": Term("^in time$|^(?-i:on time)$|on time,", "đúng hạn", "[io]n time|punctual|timel|late"),
    "overdue": Term("overdue", "quá hạn", "", "^quá giờ"),
    "addendum": Term("addend", "đính chính", "marked|^shares are"),
    "reminder": Term("remind", "đôn đốc", "", "lượt đôn đốc|(?<!nội dung )đôn đốc đã gửi|gửi đôn đốc"),
    "returned": Term("^returned$|^returned:|returned report", "bị trả lại", None, "^trả lại:"),
    # People
    "responsible member": Term("responsible member", "phụ trách|thu hồi phân công"),
    "accountable officer": Term("accountable officer", "chịu trách nhiệm báo cáo", "", "(cán bộ|đồng chí) phụ trách"),
    "deputy": Term("your deputy", "người được ủy quyền", "delegated to|the deputy", ""),
    "substitute": Term("substitute", "người thay thế", "", "người thay(?! thế)"),
    "unassigned": Term("^unassigned( households)?$|^only unassigned", "chưa phân công", None, "chưa giao"),
    "taken from its member": Term(
        "^remove the responsible member$|withdrew households", "thu hồi", None, "thu lại|bỏ người phụ trách"
    ),
    "authority": Term("signing authority", "quyền hạn của người ký", "", "thẩm quyền ký"),
    "Front": Term("Front (work|committee)", "mặt trận", None, "BTV"),
    # Places
    "commune": Term("^(choose (a|the) )?commune$", "cấp xã"),
    "communes": Term("^all communes$", "xã, phường, thị trấn", None, "xã, phường(?!, thị trấn)"),
    # Doing and taking back
    "undo": Term("\\bundo(ne)?\\b|\\bundid\\b", "hoàn tác", None, r"lấy (lại|số|cả|tổng|\{)"),
    "redo": Term("\\bredo(ne)?\\b", "làm lại", ""),
    "load": Term("^import", "nạp"),
    "set-up code": Term("one-time code", "mã thiết lập", "not the code", "mã dùng một lần"),
    "program": Term(r"\bprogram\b", "phần mềm", None, "chương trình"),
    # Counting
    "character": Term(r"\bcharacters?\b", "ký tự", None, "(một|hai|ba|vài|ít|bớt|nhiều|[0-9]) chữ(?! (số|cái|ký|in))"),
    "row number": Term(
        "^No\\.|(from|to) No\\.$|/17|row number|^row \\{n\\} is no", "STT", "numbers", "số thứ tự|hoặc số dòng"
    ),
    "cut-off hour": Term("the 14:00 cut-off", "14 giờ", None, "1[345]:(00|45)(?!:)"),
}


def translated() -> list[tuple[str, str]]:
    """Every sentence, the one of a single thing where it counts, and its Vietnamese."""
    pairs = ((m.id if isinstance(m.id, str) else m.id[0], catalogue._strings(m.string)[0]) for m in catalogue.read())
    return [pair for pair in pairs if pair[0]]


def literals(file: Path) -> list[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told)
    return [node.value for node in strings if isinstance(node.value, str)]


def lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def said() -> list[tuple[str, str]]:
    """Where and what the product says in Vietnamese: catalogue, documents and paper, lists, scripts, README."""
    found = [(f"app.po: {english}", vietnamese) for english, vietnamese in translated()]
    for folder in ("lib", "pages", "db"):
        for file in sorted((catalogue.ROOT / folder).rglob("*")):
            place = file.relative_to(catalogue.ROOT).as_posix()
            read = {".py": literals, ".js": lines}.get(file.suffix)
            if read and place not in READ_ONLY:
                found += [(place, text) for text in read(file)]
    for name in ("db/indicators.csv", "db/sections.csv"):
        found += [(name, cell.strip('"')) for line in lines(catalogue.ROOT / name) for cell in line.split(",")]
        found += [(name, line) for line in lines(catalogue.ROOT / name)]
    found += [(name, line) for name in ("README.md", "SECURITY.md") for line in lines(catalogue.ROOT / name)]
    for kind, columns in KINDS.items():
        found += [(f"list of {kind}", text) for column in columns for text in (column.vi, *column.words())]
    return [(place, text) for place, text in found if VIETNAMESE.search(text)]


@pytest.fixture(scope="module")
def pairs():
    return translated()


@pytest.fixture(scope="module")
def everything():
    return said()


def has(pattern: str, text: str) -> bool:
    return bool(re.search(pattern, text, re.IGNORECASE))


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_a_term_is_translated_by_one_word(pairs, term):
    spoken = [(english, vietnamese) for english, vietnamese in pairs if has(term.english, english)]
    assert spoken, "no sentence says it any more"
    assert [pair for pair in spoken if not has(term.vietnamese, pair[1])] == []


@pytest.mark.parametrize(
    "term",
    [t for t in TERMS.values() if t.also is not None],
    ids=[name for name, t in TERMS.items() if t.also is not None],
)
def test_a_word_has_one_meaning(pairs, term):
    meant = "|".join(filter(None, (term.english, term.also)))
    assert [pair for pair in pairs if has(term.vietnamese, pair[1]) and not has(meant, pair[0])] == []


@pytest.mark.parametrize(
    "never", [t.never for t in TERMS.values() if t.never], ids=[name for name, t in TERMS.items() if t.never]
)
def test_a_variant_is_said_nowhere(everything, never):
    assert [place for place in everything if has(never, place[1])] == []


# What no official sentence has: how it is addressed and shouted, spaces, half-translated dates, names in small letters.
UNOFFICIAL = {
    "bạn": r"\b[Bb]ạn\b",
    "shouting": r"!(?!\[)",
    "a space before a sign": r" [….,;:?](?!\w)|  ",
    "English dates": "dd/mm",
    "Trạm Y tế": "[Tt]rạm y tế",
    "Ban công tác Mặt trận": "[Bb]an công tác mặt trận|[Cc]án bộ mặt trận",
    "older tone marks": "[oO][àáạảã](?![a-zà-ỹ])|[uU][ỳýỵỷỹ]\\b",
    "hàng ngày": "[Hh]àng ngày",
    "Covid": "COVID|covid",
    "letters of two parts": "[\u0300-\u036f]",
    "emoji": "[\U0001f000-\U0001faff]",
}


@pytest.mark.parametrize("pattern", UNOFFICIAL.values(), ids=UNOFFICIAL)
def test_sentences_are_official_and_spelled_alike(pairs, pattern):
    assert [pair for pair in pairs if re.search(pattern, pair[1])] == []


def test_a_sentence_ends_as_its_original_does(pairs):
    def end(text):
        return text.rstrip()[-1] if text.rstrip()[-1] in ".:" else ""

    apart = [pair for pair in pairs if end(pair[0]) != end(pair[1]) and "No." not in pair[0][-3:]]
    assert [pair for pair in apart if pair[0] != "Running..."] == []  # Streamlit's own


def test_a_button_is_named_in_sentences_as_it_is_called(pairs):
    """“Open the sheet” of a sentence is the Vietnamese of “Open the sheet” on its button."""
    words = dict(pairs)
    named = [(pair, label) for pair in pairs for label in re.findall("“([^”{}]+)”", pair[0]) if label in words]
    told = [pair for pair, label in named if f"“{words[label]}”" not in pair[1]]
    assert len(named) > 20
    assert [pair for pair in told if "Windows" not in pair[0]] == []  # whose own buttons are named there


def test_every_text_is_composed(everything):
    assert [text for _place, text in everything if text != unicodedata.normalize("NFC", text)] == []


# Ba Đình of Hà Nội, a hamlet commune of Lai Châu, a ward of Quận 1: one word, two, and other units than the text has.
ELSEWHERE = {
    "thôn, tổ dân phố": PlaceWords(("thôn", "tổ dân phố"), ("xã", "phường"), ("quận", "huyện", "thị xã")),
    "bản": PlaceWords(("bản",), ("xã",), ("huyện",)),
    "khu phố": PlaceWords(("khu phố",), ("phường",), ("quận",)),
}


@pytest.mark.parametrize("words", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_sentence_reads_in_the_words_of_every_place(pairs, words):
    """No word of another place is left over, and none comes twice in a row of words."""
    put = [(english, words.put(vietnamese)) for english, vietnamese in pairs]
    assert [pair for pair in put if re.search(r"(?<!\w)ấp(?!\w)", pair[1]) and "ấp" not in words.hamlets] == []
    rows = r"(?<!\w)(thôn|bản|khu phố|xã|phường)(, [\w ]+)*, \1(?!\w)"
    assert [pair for pair in put if re.search(rows, pair[1], re.IGNORECASE)] == []
    ward = words.communes == ("phường",)
    assert [
        pair for pair in put if ward and re.search(r"(?<![Cc]ấp )(?<!thị )(?<!\w)xã(?!\w)(?! hội| [A-ZĐ])", pair[1])
    ] == []
