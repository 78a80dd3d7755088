"""The official units: counts, codes with their zeros, names as on 1 July 2021."""

import re
import unicodedata
from collections import Counter

from lib.core import text
from lib.register.areas import official_units
from tests.table import tabled


def test_counts_are_those_of_2021():
    assert Counter(a.level for a in official_units.all_areas().values()) == {
        "province": 63,
        "district": 705,
        "commune": 10599,
    }


@tabled(
    "code, kind, name",
    [
        ("01", "Thành phố", "Hà Nội"),
        ("001", "Quận", "Ba Đình"),
        ("00001", "Phường", "Phúc Xá"),
        ("72", "Tỉnh", "Tây Ninh"),
        ("703", "Thành phố", "Tây Ninh"),
        ("25456", "Phường", "1"),
        ("259", "Huyện", "Quế Võ"),
        ("261", "Thị xã", "Từ Sơn"),
        ("262", "Huyện", "Thuận Thành"),
        ("07477", "Xã", "Phương Sơn"),
        ("07870", "Xã", "Bắc Lý"),
        ("058", "Thành phố", "Bắc Kạn"),
    ],
)
def test_known_units(code, kind, name):
    assert official_units.all_areas()[code][2:4] == (kind, name)


def test_every_unit_hangs_under_the_level_above():
    above = {"province": None, "district": "province", "commune": "district"}
    width = {"province": 2, "district": 3, "commune": 5}
    for area in official_units.all_areas().values():
        parent = official_units.all_areas().get(area.parent_code)
        assert (parent and parent.level) == above[area.level]
        assert area.code.isdigit() and len(area.code) == width[area.level]


def test_names_are_clean_and_without_the_type_word():
    for area in official_units.all_areas().values():
        assert area.name == text.clean(area.name) == unicodedata.normalize("NFC", area.name)
        assert area.kind == area.kind.capitalize()
    doubled = [a.name for a in official_units.all_areas().values() if a.name.startswith(f"{a.kind} ")]
    assert doubled == ["Phường Đúc"]  # a ward of Huế that is called so


CAPITALS = {
    "00679": "Đại Áng",
    "03442": "Pa Ủ",
    "03712": "Nậm Ét",
    "03727": "Mường É",
    "03742": "É Tòng",
    "06337": "Đồng Ý",
    "23554": "Ya Ly",
}


def test_every_word_of_a_name_begins_with_a_capital():
    assert {code: official_units.all_areas()[code].name for code in CAPITALS} == CAPITALS
    words = {word: area for area in official_units.all_areas().values() for word in re.split("[ -]+", area.name)}
    assert {word for word in words if word[0] != word[0].upper()} == set()


def test_tay_ninh_has_its_nine_districts_and_94_communes():
    inside = official_units.of_province("72")
    assert [a.code for a in inside if a.level == "district"] == [str(c) for c in range(703, 713) if c != 704]
    communes = Counter(a.parent_code for a in inside if a.level == "commune")
    assert list(communes.values()) == [10, 10, 12, 11, 15, 8, 9, 9, 10]


def test_an_unknown_province_and_a_district_code_have_nothing():
    assert official_units.of_province("99") == official_units.of_province("703") == []


def test_provinces_stand_in_vietnamese_order():
    names = [a.name for a in official_units.provinces()]
    assert names[:3] == ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu"]
    assert names.index("Cà Mau") < names.index("Đà Nẵng") < names.index("Đắk Lắk") < names.index("Gia Lai")


def test_loading_twice_changes_nothing(db):
    before = {a["code"] for a in db["areas"].rows}
    assert official_units.load(db, "72") == 104 - len(before & {a.code for a in official_units.of_province("72")})
    assert official_units.load(db, "72") == 0
