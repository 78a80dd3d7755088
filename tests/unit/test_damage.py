"""Cells as Excel, old fonts and hurried hands leave them."""

import csv
from pathlib import Path

import pytest

from lib.core.errors import Say
from lib.core.words import dates, phone
from lib.exchange.columns import cell_values
from lib.exchange.spreadsheets import old_fonts
from lib.exchange.spreadsheets.old_fonts import is_syllable
from tests.table import tabled

AREAS = Path(__file__).resolve().parents[2] / "db" / "areas.csv"
ROUNDED, WHOLE, NO_DAY = Say(cell_values.ROUNDED), Say(cell_values.WHOLE), Say(dates.FAULTS["unread"])


@tabled(
    ("cell", "stored"),
    [
        ("0912345678", "0912345678"),
        ("912345678", "0912345678"),
        ("912345678.0", "0912345678"),
        ('="0912345678"', "0912345678"),
        ("'0912345678", "0912345678"),
        ("9.12345678E8", "0912345678"),
        ("9,12345678E+08", "0912345678"),
        ("9.8E8", ROUNDED),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("ĐT: 0912.345.678", "0912345678"),
        ("1681234567", "0381234567"),
        ("0168 1234 567", "0381234567"),
        ("2763822123", "02763822123"),
        ("0276.3822123", "02763822123"),
        ("không có", None),
        ("0", None),
        (" – ", None),
    ],
)
def test_a_telephone_gets_its_zero_back(cell, stored):
    assert cell_values.phone(cell) == stored


@tabled("cell", ["12345", "0912345678/0988777666", "hỏi con gái", "2021-08-16", "0912345678 (vợ)"])
def test_what_is_no_telephone_or_more_than_one_is_told(cell):
    assert isinstance(cell_values.phone(cell), Say)


@tabled("between", ["/", " - ", "-", "; ", " ", "\n", " hoặc ", ",", " & ", "~", "+", "..."])
def test_two_telephones_in_a_cell(between):
    assert phone.find_all(f"0912345678{between}0276 3822123") == (["0912345678", "02763822123"], "")


@tabled(
    ("cell", "stored"),
    [
        ("16/8/2021", "2021-08-16"),
        ("16-08-21", "2021-08-16"),
        ("16.8.75", "1975-08-16"),
        ("44424", "2021-08-16"),
        ("44424.0", "2021-08-16"),
        ("2021-08-16 07:30:00", "2021-08-16"),
        ("ngày 16 tháng 8 năm 2021", "2021-08-16"),
        ("Ngày 16 tháng 08 năm 2021", "2021-08-16"),
        ("08/16/2021", Say(dates.FAULTS["swapped"], {"day": "16/08/2021"})),
        ("31/02/2021", Say(dates.FAULTS["short"], {"days": "28", "month": "2", "year": "2021"})),
        ("160821", "2021-08-16"),
        ("10821", "2021-08-01"),
        ("27463", "1975-03-10"),
        ("8112021", "2021-11-08"),
        ("28/11", "28/11"),
        ("31/02", "31/02"),
        ("hôm qua", "hôm qua"),
        ("8/2021", NO_DAY),
        ("…/…/2021", NO_DAY),
        ("-", None),
    ],
)
def test_a_day_in_every_dress(cell, stored):
    assert cell_values.day(cell) == stored


@tabled(
    ("cell", "stored"),
    [
        ("4 người", 4),
        ("04", 4),
        ("4.0", 4),
        ("4,00", 4),
        ("1.234", 1234),
        ("4 (khẩu)", 4),
        ("", None),
        ("0", 0),
        ("bốn", WHOLE),
        ("4,5", WHOLE),
        ("3-4", WHOLE),
        ("-4", WHOLE),
    ],
)
def test_a_whole_number(cell, stored):
    assert cell_values.whole(cell) == stored


@tabled(
    ("cell", "stored"),
    [
        ("1975", 1975),
        ("1975.0", 1975),
        ("12/03/1975", 1975),
        ("27463", 1975),
        ("1905-05-28", 1975),
        ("", None),
        ("75", Say(cell_values.YEAR)),
        ("không rõ", Say(cell_values.YEAR)),
    ],
)
def test_a_year_of_birth(cell, stored):
    assert cell_values.year(cell) == stored


@tabled(
    ("cell", "stored"),
    [
        ("x", 1),
        ("Có", 1),
        ("CO", 1),
        ("✓", 1),
        ("TRUE", 1),
        ("Không", 0),
        ("0", 0),
        ("", None),
        ("có lẽ", Say(cell_values.YES_NO)),
    ],
)
def test_yes_and_no(cell, stored):
    assert cell_values.flag(cell) == stored


def test_identity_numbers_and_codes_get_their_zeros_back():
    assert cell_values.identity("72090001234") == "072090001234"
    assert cell_values.identity("1090001234") == "001090001234"
    assert cell_values.identity("90123456") == "090123456"
    assert cell_values.identity("072 090 001 234") == "072090001234"
    assert cell_values.identity("7.209E+10") == ROUNDED
    assert cell_values.place_code("9163") == "09163" and cell_values.place_code("916301") == "0916301"
    assert cell_values.place_code("Phường 1") == "Phường 1" and cell_values.place_code("25456.0") == "25456"
    assert cell_values.household_code("9163 - 17") == "09163-0017"
    assert cell_values.household_code("25456-10017") == "25456-10017"


def test_dashes_say_nothing_and_words_stay():
    assert [cell_values.words_of(cell) for cell in ("", " ", "\u00a0", "--", "...", "#N/A", "null", "/")] == [None] * 8
    assert cell_values.words_of("  Hẻm\u00a0 \u200b5 \n") == "Hẻm 5"
    assert cell_values.words_of("Nguyễn Văn Đường") == "Nguyễn Văn Đường"


# Sentences seen in files of the two fonts, letter by letter with their meaning.
@tabled(
    ("encoding", "old", "new"),
    [
        ("tcvn3", "B¶o Th¾ng, Mêng Kh¬ng, B¸t X¸t", "Bảo Thắng, Mờng Khơng, Bát Xát"),
        ("tcvn3", "M\xadêng Kh\xad¬ng", "Mường Khương"),
        ("tcvn3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("tcvn3", "NGUYÔN THÞ ¸NH TUYÕT", "NGUYỄN THỊ ÁNH TUYẾT"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("vni", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("vni", "NGUYEÃN THÒ AÙNH TUYEÁT", "NGUYỄN THỊ ÁNH TUYẾT"),
        ("vni", "Lyù, Thuûy, Kyø, Myõ, Kyû, ñònh kì, thò xaõ", "Lý, Thủy, Kỳ, Mỹ, Kỷ, định kì, thị xã"),
        ("vni", "Ôû aáp Phöôùc Ñöùc, Öng Vaên Khieâm", "Ở ấp Phước Đức, Ưng Văn Khiêm"),
    ],
)
def test_old_fonts_letter_by_letter(encoding, old, new):
    assert old_fonts.encoding_of([old]) == encoding
    assert old_fonts.converted(old, encoding) == new


def test_both_tables_hold_every_letter_once():
    letters = set(old_fonts._PLAIN)
    assert len(letters) == len(old_fonts._PLAIN) == 67
    assert len(set(old_fonts._TCVN3)) == 67
    alone = set("âăêơưđ")
    assert letters <= set(old_fonts._FROM_VNI.values()) | alone
    lower = [new for new in old_fonts._FROM_VNI.values() if new.islower()]
    assert len(lower) == len(set(lower)), "two ways to write a letter"


def written(name: str, encoding: str) -> str:
    """A name as it would have been typed in an old font."""
    if encoding == "tcvn3":
        back = dict(zip(old_fonts._PLAIN, old_fonts._TCVN3, strict=True))
        back |= {letter.upper(): old for letter, old in back.items()}
        back |= {new: old for old, new in old_fonts._TCVN3_CAPITALS.items()}
    else:
        back = {new: old for old, new in old_fonts._FROM_VNI.items()}
    return "".join(back.get(letter, letter) for letter in name)


@pytest.fixture(scope="module")
def names() -> list[str]:
    with AREAS.open(encoding="utf-8") as file:
        return [line["name"] for line in csv.DictReader(file)]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_every_place_of_the_country_comes_back_from_an_old_font(names, encoding):
    old = [written(name, encoding) for name in names]
    assert old_fonts.encoding_of(old) == encoding
    back = [old_fonts.converted(name, encoding) for name in old]
    # TCVN3 has no capitals with a tone: Ý comes back as ý.
    assert [name.casefold() for name in back] == [name.casefold() for name in names]
    parts = [old[at : at + 6] for at in range(0, len(old), 6)]
    missed = [part for part in parts if old_fonts.encoding_of(part) != encoding]
    assert len(missed) <= len(parts) / 20  # communes of the highlands, whose names are of other tongues


def test_sound_text_is_never_taken_for_old(names):
    assert [part for at in range(0, len(names), 4) if old_fonts.encoding_of(part := names[at : at + 4])] == []
    assert [
        name for name in names if old_fonts.converted(name, "tcvn3") != name and any(c > "\u00ff" for c in name)
    ] == []


def test_other_tongues_and_signs_are_not_taken_for_old():
    foreign = [
        "Hélène Müller",
        "José Nuñez",
        "François Lefèvre",
        "Søren Ångström",
        "Zoë Brontë",
        "João Conceição",
        "Jörg Weiß",
        "El Niño",
        "Réunion",
        "1½",
        "m²",
        "§ 5",
        "25°C",
        "£20",
        "Niê",
        "H'Hen Niê",
        "Ksor H'Bơ Khăp",
        "K'Brêu",
        "Mlô",
        "Thạch Sa Rươl",
        "Bríu Pố",
        "A Lăng",
        "Đinh Plưn",
        "Lò Văn Muôn",
        "Giàng A Páo",
        "Cà Ná",
        "La Hà",
        "Bà Rá",
    ]
    assert old_fonts.encoding_of(foreign) is None
    assert [foreign[at : at + 3] for at in range(len(foreign)) if old_fonts.encoding_of(foreign[at : at + 3])] == []


def test_a_sound_cell_in_an_old_file_stays():
    assert old_fonts.converted("Nguyễn Văn Ấp", "tcvn3") == "Nguyễn Văn Ấp"
    assert old_fonts.converted("Hà", "tcvn3") == "Hà"
    assert old_fonts.converted("Nam", "vni") == "Nam"


def test_names_of_tcvn3_get_their_capitals():
    assert old_fonts.names_of("Nguyễn Thị ánh") == "Nguyễn Thị Ánh"
    assert old_fonts.names_of("nguyễn thị ánh") == "nguyễn thị ánh"


@tabled("word", ["Nguyễn", "quốc", "giếng", "Thuỷ", "Quỳnh", "khuya", "Ấp", "Ỷ", "xoong", "nghiêng"])
def test_syllables(word):
    assert is_syllable(word)


@tabled("word", ["NguyÔn", "Nguyeãn", "Hélène", "các1", "cac", "ặc̀", "Müller", "Krông"])
def test_what_is_no_syllable(word):
    assert not is_syllable(word)
