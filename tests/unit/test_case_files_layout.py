"""Lists as offices lay them out: every row and every column is read, refused with a reason, or named."""

from pathlib import Path

import pytest

from lib.core.database import connect, value
from lib.exchange import reading, whole
from lib.exchange.machine import load
from lib.exchange.plan import plan
from lib.exchange.workbook import refused
from tests import damaged, world

CASES = Path(__file__).with_name("cases")
BUM, BAU_TRAM, HIEP_PHU = "03433", "25678", "26845"
PLACES = [
    ("12", "province", "Tỉnh", "Lai Châu", None), ("107", "district", "Huyện", "Mường Tè", "12"),
    (BUM, "commune", "Xã", "Bum Nưa", "107"),
    *[(f"{BUM}{n:02d}", "hamlet", "bản", name, BUM)
      for n, name in enumerate(["Bum", "Nà Hừ 1", "Nà Hừ 2", "Phìn Khò"], start=1)],
    (BAU_TRAM, "commune", "Xã", "Bàu Năng", "710"),
    (f"{BAU_TRAM}01", "hamlet", "ấp", "Bàu Tràm", BAU_TRAM), (f"{BAU_TRAM}02", "hamlet", "ấp", "Phước Tây", BAU_TRAM),
    ("79", "province", "Thành phố", "Hồ Chí Minh", None), ("769", "district", "Thành phố", "Thủ Đức", "79"),
    (HIEP_PHU, "commune", "Phường", "Hiệp Phú", "769"),
    *[(f"{HIEP_PHU}{n:02d}", "hamlet", "khu phố", str(n), HIEP_PHU) for n in range(1, 6)],
]  # fmt: skip


@pytest.fixture(scope="module")
def places(template, tmp_path_factory) -> Path:
    """The world with the communes that the files speak of, and the one household that two of them know."""
    file = tmp_path_factory.mktemp("places") / "places.db"
    file.write_bytes(template.read_bytes())
    db = connect(file)
    db.conn.execute("begin immediate")
    for place in PLACES:
        world.add_area(db, *place)
    world.add_household(db, 3031, BAU_TRAM, f"{BAU_TRAM}01", 1, name="Trương Thử Một")
    db.conn.execute(f"update households set code = '{BAU_TRAM}-0031' where id = 3031")
    db.conn.execute("commit")
    db.close()
    return file


@pytest.fixture
def db(store, places):
    store.write_bytes(places.read_bytes())
    connection = connect(store)
    yield connection
    connection.close()


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def loaded(db, name, area=BUM, kind="households", *, data=None, write=True, **how) -> dict:
    """What the command makes of a file: one of the cases, or these rows of a sheet."""
    data = case(name) if data is None else data
    data = damaged.xlsx(data) if isinstance(data, list) else data
    return load(db, kind, data, name, area, write=write, now=world.NOW, **how)


def counts(done: dict) -> tuple[int, int, int, int]:
    return tuple(done["counts"].values())


def named(done: dict) -> list[tuple[int, str]]:
    return [(line["row"], line["reason"]) for line in done["passed"]]


def said(done: dict) -> str:
    return " ".join(line["say"] for line in [*done["told"], *done["warnings"]])


def households(db, area=BUM) -> list[tuple]:
    return db.conn.execute(
        "select head_name, hamlet_code, person_count from households where commune_code = ? order by id", [area]
    ).fetchall()


# The files


def test_a_row_with_a_number_or_a_telephone_is_refused_and_never_a_section(db):
    done = loaded(db, "80-missing-name.xlsx")
    assert counts(done) == (6, 0, 0, 2) and not done["passed"]
    assert [(line["row"], list(line["faults"])) for line in done["refused"]] == [(4, ["head_name"]), (7, ["head_name"])]


def test_an_unclosed_quote_swallows_nothing_and_is_told_with_its_cell(db):
    done = loaded(db, "57f-unclosed-quote-note.csv")
    assert counts(done) == (8, 0, 0, 0) and "Cell F6 opens a quotation mark" in done["unseen"][0]
    assert value(db, "select note from households where head_name = 'Lò Văn X'") == "Hộ mới về"


@pytest.mark.parametrize(("name", "area", "cells"), [
    ("formula-no-cache.xlsx", BAU_TRAM, ["D2", "E2"]),
    ("53-error-cells.xlsx", BUM, [f"{column}{row}" for row in range(2, 10) for column in "EF"]),
])  # fmt: skip
def test_errors_and_formulas_without_a_value_are_told_cell_by_cell(db, name, area, cells):
    done = loaded(db, name, area)
    assert [line["say"].split()[1] for line in done["warnings"]] == cells and not done["refused"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "=\x1aA1"])
def test_a_name_that_is_an_error_is_refused_and_never_a_section(db, error):
    data = damaged.text([["STT", "Bản", "Họ tên chủ hộ", "Số khẩu"], ["1", "Bản Bum", error.replace("=", ""), ""],
                         ["", "Bản Bum", error.replace("=", ""), "4"]])  # fmt: skip
    done = loaded(db, "a.csv", data=data.encode())
    assert [list(line["faults"])[0] for line in done["refused"]] == ["head_name"] * 2 and not done["passed"]


@pytest.mark.parametrize("name", ["05-blocks-relation.xlsx", "05e-blocks-merged.xlsx"])
def test_the_register_of_residence_is_read_as_households_with_their_persons(db, name):
    done = loaded(db, name)
    assert not done["refused"] and "3 households with 9 persons" in said(done)
    assert households(db) == [("Lò Văn Thanh", "0343301", 3), ("Giàng A Páo", "0343301", 2), ("Pờ Go Xá", "0343302", 4)]
    living = db.conn.execute(
        """select h.head_name, p.full_name, p.relation, p.sex, p.birth_year from persons p
           join households h on h.id = p.household_id where h.commune_code = ? order by p.id""", [BUM]
    ).fetchall()  # fmt: skip
    assert len(living) == 9 and living[:2] == [("Lò Văn Thanh", "Lò Văn Thanh", "head", "male", 1970),
                                              ("Lò Văn Thanh", "Vàng Thị Mé", "spouse", "female", 1972)]  # fmt: skip
    assert counts(loaded(db, name, write=False)) == (0, 0, 12, 0)


def test_sexes_by_the_column_a_cross_stands_in(db):
    loaded(db, "15-sex-columns.xlsx")
    found = db.conn.execute("select full_name, sex, birth_year from persons order by id").fetchall()
    assert found == [("Lò Văn Thanh", "male", 1975), ("Vàng Thị Mé", "female", 1980), ("Giàng A Páo", "male", 1990),
                     ("Pờ Go Xá", "female", 2000)]  # fmt: skip


def test_sex_and_year_by_the_column_the_year_stands_in(db):
    done = loaded(db, "birth-under-sex.xlsx", BAU_TRAM)
    assert counts(done) == (3, 1, 0, 0) and not done["unread"]
    found = db.conn.execute("select sex, birth_year from persons order by id").fetchall()
    assert found == [("male", 1975), ("female", 1978), ("male", 2001)]


def test_a_column_without_a_heading_is_told_with_what_stands_in_it(db):
    done = loaded(db, "84-column-without-heading.xlsx")
    assert [(one["column"], one["heading"], one["cells"], one["samples"][0]) for one in done["unread"]] == [
        ("F", "", 8, "0977345601")
    ]


def test_unknown_headings_of_the_second_sheet_are_told_and_its_foot_is_named(db):
    done = loaded(db, "persons-unknown-headings.xlsx", BAU_TRAM)
    assert [(one["sheet"], one["heading"], one["samples"]) for one in done["unread"]] == [
        ("Nhân khẩu", "Ngày sinh DL", ["1980"]), ("Nhân khẩu", "Số CCCD gắn chip", ["072080001234"]),
        ("Nhân khẩu", "QH chủ hộ", ["Con"]),
    ]  # fmt: skip
    assert named(done) == [(3, "total"), (4, "signature")] and counts(done) == (1, 1, 0, 0)


@pytest.mark.parametrize(("name", "area", "n"), [
    ("04-sheet-per-hamlet.xlsx", BUM, 12), ("sheet-per-hamlet.xlsx", BAU_TRAM, 6),
])  # fmt: skip
def test_every_sheet_is_read(db, name, area, n):
    done = loaded(db, name, area)
    assert counts(done) == (n, 0, 0, 0) and len(done["sheets"]) == n / 3 and not done["left"]
    assert len({hamlet for _name, hamlet, _n in households(db, area) if _name != "Trương Thử Một"}) == n / 3


def test_notes_that_speak_of_signatures_are_notes(db):
    done = loaded(db, "notes-signature.xlsx", BAU_TRAM)
    assert counts(done) == (7, 0, 0, 0) and named(done) == [(2, "section")]
    assert value(db, "select note from households where head_name = 'Trần Văn Mẫu Hai'").startswith("Tiêm ngày 12")


def test_subtotals_are_skipped_and_named(db):
    done = loaded(db, "07b-subtotals-merged.xlsx")
    assert counts(done) == (12, 0, 0, 0)
    assert [line["words"] for line in done["passed"]] == [
        "Bản Bum · Cộng · 9", "Bản Nà Hừ 1 · Tổng bản · 9", "Bản Nà Hừ 2 · Cộng bản · 9",
        "Bản Phìn Khò · Tổng số hộ · 9",
    ]  # fmt: skip


def test_a_leader_named_in_a_column_of_his_own_leads(db):
    done = loaded(db, "t9-leader-column-not-among-members.xlsx", kind="teams")
    assert counts(done) == (3, 0, 0, 0)
    found = db.conn.execute(
        """select m.full_name, m.role from members m join teams t on t.id = m.team_id
           where t.commune_code = ? order by m.full_name""", [BUM]
    ).fetchall()  # fmt: skip
    assert found == [("Lò Văn A", "leader"), ("Lò Văn B", "member"), ("Lò Văn C", "member")]


@pytest.mark.parametrize("name", ["92-ten-ban-heading", "93-02-hamlet-heading", "94-02-count-heading"])
def test_headings_of_plain_meaning_are_read(db, name):
    assert counts(loaded(db, f"{name}.xlsx")) == (8, 0, 0, 0)


def test_a_list_of_hamlets_under_their_local_word(db):
    done = loaded(db, "h1-ten-ban.xlsx", kind="hamlets")
    assert counts(done) == (2, 0, 0, 0) and done["unread"][0]["samples"] == ["Lỳ A", "Lỳ B"]


def test_empty_hamlets_are_those_above_and_it_is_said(db):
    done = loaded(db, "10b-blank-hamlet-below.xlsx")
    assert counts(done) == (8, 0, 0, 0) and "“Bản” were filled with what stands above them: rows 3, 5, 7, 9" in said(
        done
    )
    assert [hamlet[-1] for _name, hamlet, _n in households(db)] == list("11223344")


@pytest.mark.parametrize("sign", ['"', "〃", "nt", "Như trên", "-nt-", "''", "-“-", "n.t"])
def test_signs_for_as_above_are_what_stands_above(db, sign):
    done = loaded(db, "a.xlsx", data=[["STT", "Bản", "Họ tên chủ hộ", "Số khẩu"], ["1", "Bản Nà Hừ 1", "Lò Văn Một", 4],
                                      ["2", sign, "Lò Văn Hai", 3], ["3", sign, sign, 3]])  # fmt: skip
    assert counts(done) == (2, 0, 0, 1) and "read as what stands above them: rows 3–4" in said(done)
    assert {hamlet for _name, hamlet, _n in households(db)} == {"0343302"}
    assert "cannot stand here" in done["refused"][0]["faults"]["head_name"]


def test_the_quarter_is_the_hamlet_and_the_residents_group_is_the_group(db):
    assert counts(loaded(db, "hcm-tdp-kp.xlsx", HIEP_PHU)) == (144, 0, 0, 0)
    assert db.conn.execute(
        "select distinct hamlet_code, group_name from households where commune_code = ? order by 1, 2 limit 2",
        [HIEP_PHU],
    ).fetchall() == [(f"{HIEP_PHU}01", "Tổ 1"), (f"{HIEP_PHU}01", "Tổ 2")]


def test_hidden_rows_are_told_and_can_be_left_out(db):
    done = loaded(db, "hidden-rows.xlsx", BAU_TRAM, write=False)
    assert counts(done) == (3, 0, 0, 0) and len(done["unseen"]) == 2
    assert counts(loaded(db, "hidden-rows.xlsx", BAU_TRAM, write=False, visible=True)) == (2, 0, 0, 0)


def test_refused_rows_of_a_strict_workbook_come_back_readable(db):
    user = load.__globals__["system"](db, BAU_TRAM, world.NOW)
    found = whole.understood(reading.read(case("bad-strict.xlsx"), "a.xlsx"), "households")
    made = plan(db, user, "households", BAU_TRAM, found.tables, now=world.NOW)
    back = refused(made, case("bad-strict.xlsx"), str, heading="Cần sửa")
    assert "Trần Văn Mẫu Một" in reading.read(back, "b.xlsx")[0].rows[1]
