"""Vietnamese text: cleaned, folded, sorted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import text
from lib.core.errors import Invalid
from lib.core.words import phone
from tests.table import tabled

VIETNAMESE = st.text(alphabet="aăâáàảãạđĐêệơợưữyỹ bcnhg THỊ", max_size=30)


@tabled(
    ("typed", "cleaned"),
    [
        ("  Nguyễn\u00a0 Văn\tA ", "Nguyễn Văn A"),
        ("Hoa\u200b\ufeff", "Hoa"),
        ("\u00d0ặng", "Đặng"),
        (None, ""),
        (unicodedata.normalize("NFD", "Đặng Thị Hường"), "Đặng Thị Hường"),
    ],
)
def test_clean(typed, cleaned):
    assert text.clean(typed) == cleaned


@given(VIETNAMESE)
def test_folding_forgets_marks_case_and_normal_form(name):
    assert text.fold(unicodedata.normalize("NFD", name)) == text.fold(name) == text.fold(name.upper())
    assert text.fold(name).isascii()
    assert text.fold(text.fold(name)) == text.fold(name)


@given(VIETNAMESE)
def test_cleaning_twice_changes_nothing(name):
    assert text.clean(text.clean(name)) == text.clean(name)


def test_districts_stand_in_the_order_of_the_bulletins():
    order = [
        "Bến Cầu",
        "Châu Thành",
        "Dương Minh Châu",
        "Gò Dầu",
        "Hòa Thành",
        "Tân Biên",
        "Tân Châu",
        "Tây Ninh",
        "Trảng Bàng",
    ]
    assert sorted(reversed(order), key=text.sort_key) == order


@tabled(
    "order",
    [
        ["Phường 2", "Phường 9", "Phường 10"],
        ["an", "ăn", "ân"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["Dung", "Đạt", "Yến"],
        ["Tân", "Tân Biên", "Tâng"],
    ],
)
def test_vietnamese_order(order):
    assert sorted(reversed(order), key=text.sort_key) == order


@tabled("name", ["ấp 5²", "①", "Tổ Ⅳ", "٣"])
def test_signs_that_look_like_digits_break_nothing(name):
    assert text.sort_key(name) and text.person_sort_key(name)


def test_people_are_listed_by_given_name():
    names = ["Trần Văn An", "Lê Thị Bình", "Nguyễn Thị Bình", "Bùi Đức"]
    assert sorted(reversed(names), key=text.person_sort_key) == names


@tabled(
    ("typed", "digits"),
    [
        ("0276.3822.123", "02763822123"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0168 234 5678", "0382345678"),
        ("", None),
        (None, None),
        ("0912-345-678", "0912345678"),
    ],
)
def test_telephone_numbers_are_understood(typed, digits):
    assert phone.parse(typed) == digits


@tabled("typed", ["12345", "0912 345 67", "abc", "09123456789", "1900 9095", "0912 345 678 (vợ)"])
def test_a_wrong_telephone_number_names_its_field(typed):
    with pytest.raises(Invalid) as refusal:
        phone.parse(typed, "phone2")
    assert set(refusal.value.faults) == {"phone2"}


def test_telephone_numbers_are_spaced_for_reading():
    assert phone.spaced("0912345678") == "0912 345 678"
    assert phone.spaced("02763822123") == "0276 3822 123"
