"""Which columns a file may have, what they are called, and what is read from them."""

import gettext
import time
from pathlib import Path

import pytest

from lib.core.errors import Invalid, Say
from lib.exchange.columns import code_words, headings, kinds
from lib.exchange.columns.recognised_table import KINDS, How
from lib.register.areas import hamlets
from lib.register.households import fields as household_values
from lib.register.households import persons
from lib.register.teams import fields, member_fields
from lib.screen import labels
from tests import damaged
from tests.imported import recognised
from tests.table import tabled

LOCALE = Path(labels.__file__).with_name("locale")
LISTS = {
    "TEAM_MODELS": fields.MODELS,
    "TEAM_STATUS": fields.STATUS,
    "EQUIPMENT": fields.EQUIPMENT,
    "MEMBER_ROLES": member_fields.ROLES,
    "POSITIONS": member_fields.POSITIONS,
    "CATEGORIES": member_fields.CATEGORIES,
    "ORGANISATIONS": member_fields.ORGANISATIONS,
    "AVAILABILITY": member_fields.AVAILABILITY,
    "DWELLINGS": household_values.DWELLINGS,
    "VULNERABILITIES": household_values.VULNERABILITIES,
    "EXPOSURES": household_values.EXPOSURES,
    "RELATIONS": persons.RELATIONS,
    "RESIDENCES": persons.RESIDENCES,
    "SEXES": persons.SEXES,
    "HAMLET_KINDS": hamlets.KINDS,
}
ALL = [column for kind in KINDS.values() for column in kind]


@tabled("name", LISTS)
def test_the_words_are_those_of_the_register_in_its_order(name):
    assert list(getattr(code_words, name)) == list(LISTS[name])


@tabled("name", [name for name in LISTS if name != "HAMLET_KINDS"])
def test_files_and_screens_use_the_same_words(name):
    vietnamese = gettext.translation("app", LOCALE, ["vi"])
    for code, (vi, en, *_others) in getattr(code_words, name).items():
        assert (vietnamese.gettext(getattr(labels, name)[code]), getattr(labels, name)[code]) == (vi, en)


def test_every_field_of_the_register_has_a_column():
    keys = {kind: {column.key for column in KINDS[kind]} for kind in KINDS}
    assert set(household_values.FIELDS) <= keys["households"]
    assert set(persons.FIELDS) <= keys["persons"]
    assert {f"member.{field}" for field in member_fields.COLUMNS} <= keys["teams"]
    renamed = {"phone": "team_phone", "from_day": "team_from_day"}
    assert {renamed.get(field, field) for field in fields.COLUMNS} <= keys["teams"]


@tabled("kind", KINDS)
def test_no_two_columns_have_one_heading(kind):
    for language in ("vi", "en"):
        names = [headings.plainest(column.heading(language)) for column in KINDS[kind]]
        assert len(set(names)) == len(names)
    assert len({column.key for column in KINDS[kind]}) == len(KINDS[kind])


@tabled("kind", KINDS)
@tabled("language", ["vi", "en"])
def test_a_template_is_recognised_in_both_languages(kind, language):
    names = [column.heading(language) for column in KINDS[kind]]
    table = recognised([names, ["?"] * len(names)], kind)
    assert (list(table.columns), table.unknown) == ([column.key for column in KINDS[kind]], [])


@tabled("column", [c for c in ALL if c.choices])
def test_every_word_is_read_back(column):
    for code in column.choices:
        value = [code] if column.several else code
        for language in ("vi", "en"):
            assert column.read(column.written(value, language)) == value
            assert column.read(column.written(value, language).upper()) == value
        assert column.read(code) == value
    if column.several:
        every = list(column.choices)
        assert column.read(column.written(every)) == every and column.read("") == []


@tabled("column", [c for c in ALL if c.example])
def test_the_example_of_each_column_can_be_read(column):
    value = column.read(column.example)
    assert value is not None and not isinstance(value, Say)


def test_an_unknown_word_is_told_with_those_there_are():
    fault = next(c for c in kinds.HOUSEHOLDS if c.key == "dwelling").read("lâu đài")
    assert fault.places["typed"] == "lâu đài" and "Phòng trọ" in fault.places["words"]


def test_several_words_in_one_cell():
    column = next(c for c in kinds.TEAMS if c.key == "member.categories")
    assert column.read("Đảng viên; Hội, đoàn thể") == ["party_member", "association"]
    assert column.read("dang vien, Tình nguyện viên/đảng viên") == ["party_member", "volunteer"]
    assert isinstance(column.read("Đảng viên, lạ"), Say)


@tabled(
    ("heading", "key"),
    [
        ("Họ tên chủ hộ", "head_name"),
        ("TÊN CHỦ HỘ", "head_name"),
        ("Chu ho", "head_name"),
        ("2. Họ và tên (*)", "head_name"),
        ("SĐT", "phone"),
        ("Số ĐT", "phone"),
        ("Điện thoại", "phone"),
        ("Số khẩu", "person_count"),
        ("Nhân khẩu", "person_count"),
        ("Ấp/Khu phố", "hamlet_code"),
        ("Khu phố", "hamlet_code"),
        ("Tổ", "group_name"),
        ("Địa chỉ", "house_number"),
        ("Hẻm", "lane"),
        ("Ghi  chú\n", "note"),
        ("Phone", "phone"),
    ],
)
def test_headings_of_real_lists(heading, key):
    assert headings.meanings("households")[headings.plainest(heading)] == key


@tabled(
    ("kind", "key", "former", "code"),
    [
        ("teams", "member.position", "Trưởng ban công tác mặt trận", "front_head"),
        ("teams", "member.categories", "Cán bộ mặt trận", ["front_worker"]),
        ("households", "vulnerabilities", "Người già neo đơn", ["elderly_alone"]),
    ],
)
def test_words_of_files_written_before_the_proof_reading_are_read(kind, key, former, code):
    column = next(column for column in KINDS[kind] if column.key == key)
    assert column.read(former) == code and former not in column.words()


@tabled("kind", [kind for kind, columns in KINDS.items() if "commune" in {c.key for c in columns}])
def test_a_file_whose_communes_were_headed_by_the_former_word_is_read(kind):
    assert headings.meanings(kind)[headings.plainest("Xã, phường")] == "commune"
    assert "Xã, phường, thị trấn" in [column.vi for column in KINDS[kind]]


def test_a_leader_named_in_a_column_of_its_own():
    rows = [["Tên tổ", "Tổ trưởng", "Số điện thoại"], ["Tổ 1", "Trần Bé", "912345678"], ["Tổ 2", "", ""]]
    one, two = recognised(rows, "teams").rows
    assert one.values == {
        "name": "Tổ 1",
        "member.full_name": "Trần Bé",
        "member.role": "leader",
        "member.phone": "0912345678",
    }
    assert two.values == {"name": "Tổ 2", "member.phone": None}


def test_a_leader_marked_with_an_x():
    rows = [["Tên tổ", "Họ và tên", "Tổ trưởng"], ["Tổ 1", "Trần Bé", "x"], ["", "Lê Ba", ""], ["", "Võ Tư", "Trần Bé"]]
    found = [(line.values["name"], line.values.get("member.role")) for line in recognised(rows, "teams").rows]
    assert found == [("Tổ 1", "leader"), ("Tổ 1", None), ("Tổ 1", "member")]


def roles(*lines):
    """Who is in the team by these rows below their headings, and as what."""
    return [
        (line.values["name"], line.values.get("member.full_name"), line.values.get("member.role"))
        for line in recognised([list(line) for line in lines], "teams").rows
    ]


def test_a_deputy_named_in_a_column_of_its_own():
    heads = ("Tên tổ", "Tổ trưởng", "Tổ phó", "Họ và tên")
    lead, deputy = ("Tổ 1", "Trần Bé", "leader"), ("Tổ 1", "Lê Ba", "deputy")
    assert roles(heads[:3], ("Tổ 1", "Trần Bé", "Lê Ba")) == [lead, deputy]
    members = roles(heads, ("Tổ 1", "Trần Bé", "Lê Ba", "Võ Tư"), ("", "", "", "Bùi Năm"))
    assert members == [lead, ("Tổ 1", "Võ Tư", "member"), deputy, ("Tổ 1", "Bùi Năm", None)]
    assert roles(heads, ("Tổ 1", "Trần Bé", "Lê Ba", "Trần Bé"), ("", "", "", "Lê Ba")) == [lead, deputy]
    assert roles(heads, ("Tổ 1", "Trần Bé", "", "Võ Tư"), ("", "", "", "Trần Bé"))[1:] == [lead]  # in a row below
    assert roles(heads[:3], ("Tổ 1", "", "Lê Ba; Võ Tư"))[1] == ("Tổ 1", "Võ Tư", "deputy")
    assert roles(("Tên tổ", "Họ và tên", "Họ tên tổ phó"), ("Tổ 1", "Lê Ba", "x"), ("", "Võ Tư", "")) == [
        deputy,
        ("Tổ 1", "Võ Tư", None),
    ]


@tabled("heading", ["Chức vụ", "Nhiệm vụ", "Vai trò", "Chức danh", "Chức vụ trong tổ"])
def test_roles_and_posts_in_one_column_are_told_apart(heading):
    said = ["Tổ trưởng", "Tổ phó", "Thư ký", "Bí thư chi bộ", "Trưởng bản", "Thành viên", ""]
    rows = [["Tên tổ", "Họ và tên", heading], *(["Tổ 1", f"Lê {n}", word] for n, word in enumerate(said))]
    table = recognised(rows, "teams")
    names = ("role", "position", "position_words")
    assert [tuple(line.values.get(f"member.{name}") for name in names) for line in table.rows] == [
        ("leader", None, None),
        ("deputy", None, None),
        (None, "other", "Thư ký"),
        (None, "cell_secretary", None),
        (None, "hamlet_head", None),
        ("member", None, None),
        (None, None, None),
    ]
    assert not any(line.faults for line in table.rows)


def test_only_columns_of_the_list_are_taken():
    rows = [[*damaged.HEADINGS, "version", "id", "merged_into"], [*damaged.row(), "9", "1", "2"]]
    table = recognised(rows, "households")
    assert table.unknown == ["version", "id", "merged_into"]
    assert set(table.rows[0].values) == {"hamlet_code", "head_name", "phone", "person_count"}


@tabled("kind", KINDS)
def test_the_example_left_in_a_template_is_no_row(kind):
    example = [column.example for column in KINDS[kind]]
    table = recognised([[column.vi for column in KINDS[kind]], example], kind)
    assert (table.rows, table.skipped) == ([], {"heading": 1, "example": 1})


def test_a_file_of_known_households_needs_no_other_column():
    table = recognised([["Mã hộ", "SĐT"], ["25456-0001", "912345678"]], "households")
    assert table.rows[0].values == {"code": "25456-0001", "phone": "0912345678"}


def test_old_text_is_converted_only_when_wanted():
    asked = recognised(damaged.TCVN3, "households")
    kept = recognised(damaged.TCVN3, "households", How(convert=False))
    assert asked.encoding == kept.encoding == "tcvn3"
    assert (asked.rows[0].values["head_name"], kept.rows[0].values["head_name"]) == (
        "Nguyễn Văn Đường",
        "NguyÔn V¨n §êng",
    )


def test_people_named_like_totals_and_streets_stay():
    names = ["Tống Công", "Tống Cộng Minh", "Công Thị Tổng", "Chữ Thị Ký", "Ấp", "Bản Văn Sơn"]
    rows = [damaged.HEADINGS, *[["1", "Phước Đức", name, "0912345678", "4"] for name in names]]
    assert [line.values["head_name"] for line in recognised(rows, "households").rows] == names


def test_a_file_without_headings_names_the_columns_it_needs():
    with pytest.raises(Invalid) as refusal:
        recognised([["Nguyễn Văn An", "4"]], "households")
    assert refusal.value.faults["file"].places["columns"] == "“Ấp, khu phố”, “Họ tên chủ hộ”, “Số nhân khẩu”"


def test_a_commune_is_recognised_in_half_a_second():
    rows = [damaged.HEADINGS, *[["1", "Phước Đức", f"Nguyễn Văn {n}", f"09{n:08d}", "4 người"] for n in range(3550)]]
    began = time.perf_counter()
    assert len(recognised(rows, "households").rows) == 3550
    assert time.perf_counter() - began < 2  # 0.1 to 0.3 s when the machine has nothing else to do
