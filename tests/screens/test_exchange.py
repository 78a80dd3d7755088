"""The page of Excel files: four steps in sight, refusals, taking back; only for those who keep the lists."""

import io

import pytest
from openpyxl import load_workbook

from lib.core.database import connect, rows, value
from lib.exchange.columns import kinds
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from lib.screen.history import act_sentences
from tests import damaged, world

HEADINGS = ["Mã hộ", "Ấp, khu phố", "Họ tên chủ hộ", "Ngõ, hẻm", "Số nhân khẩu", "Điện thoại", "Màu cửa"]
NEW = [None, "khu phố 1", "Nguyễn Thị Mới", "Hẻm 9", 3, "0912345678", "xanh"]
CHANGED = ["25456-0001", "khu phố 1", "Trần Thị Hoa", "Hẻm 1", 5, None, None]
BAD = [None, "ấp Không Có", "Lê Văn Sai", "Hẻm 9", 3, "12", None]


def said(test):
    drawn = [*test.markdown, *test.info, *test.success, *test.warning, *test.caption]
    return " ".join(str(each.value) for each in drawn).replace("\\", "")


def tables(test):
    """What stands in the tables, as it is read."""
    return " ".join(str(cell) for each in test.table for cell in each.value.to_numpy().ravel()).replace("\\", "")


def excel(*lines, headings=HEADINGS):
    return book([Sheet("Hộ", headings, lines)])


def given(app, who, *lines, data=None, kind=None, name="ho.xlsx"):
    test = app(who, "exchange")
    if kind:
        test.selectbox(key="exchange_kind").set_value(kind).run()
    test.file_uploader[0].upload(name, data or excel(*lines), "application/octet-stream").run()
    assert not test.exception
    return test


def metrics(test):
    return [each.value for each in test.metric]


def button(test, start):
    return next(each for each in test.button if each.label.startswith(start))


@pytest.mark.parametrize("who", ["an", "lan", "son", "thu", "quan"])
def test_the_page_belongs_to_those_who_keep_the_lists(app, who):
    assert "is not open to your current" in said(app(who, "exchange"))


def test_the_steps_of_a_file(app, db):
    test = given(app, "binh", NEW, CHANGED, BAD)
    told = said(test)
    assert [each.value for each in test.subheader[:4]] == [
        "1. Choose the file",
        "2. Columns of the file",
        "3. Preview",
        "4. Import",
    ]
    assert metrics(test) == ["1", "1", "0", "1"] and "3 rows in the file in total" in told
    assert "these headings are not recognised: Màu cửa" in told
    assert "To be imported: **2**; not accepted: **1**. Check first: 1 column is not read" in said(test)
    assert "Lê Văn Sai: " in tables(test) and "no hamlet of this name" in tables(test)
    assert value(db, "select count(*) from households") == 96


def test_a_file_is_understood_once_and_not_at_each_click(app):
    test = given(app, "binh", NEW, CHANGED, BAD)
    [(_way, first)] = test.session_state["exchange_read"]
    test.segmented_control(key="exchange_0_state").set_value("new").run()
    assert test.session_state["exchange_read"][0][1] is first
    door = next(each for each in test.selectbox if "Màu cửa" in each.label)
    door.set_value("note").run()
    assert test.session_state["exchange_read"][0][1].tables[0].rows[0].values["note"] == "xanh"
    assert len(test.session_state["exchange_read"]) == 2 and first.tables[0].unknown == ["Màu cửa"]


def test_the_good_rows_are_loaded_and_a_second_time_nothing(app, db):
    test = given(app, "binh", NEW, CHANGED, BAD)
    button(test, "Import only the 2 valid rows").click().run()
    assert not test.exception and "Imported: 1 new, 1 changed" in said(test)
    assert rows(db, "select head_name, phone, from_day from households where id > 96") == [
        {"head_name": "Nguyễn Thị Mới", "phone": "0912345678", "from_day": world.DAY}
    ]
    assert value(db, "select person_count from households where id = 1") == 5
    again = given(app, "binh", NEW, CHANGED, BAD)
    assert metrics(again) == ["0", "0", "2", "1"] and "nothing to import" in said(again)


def test_a_file_is_taken_back_as_a_whole(app, db):
    before = rows(db, "select * from households")
    test = given(app, "binh", NEW, CHANGED)
    button(test, "Import 2 rows").click().run()
    assert "ho.xlsx" in said(test) and rows(db, "select * from households") != before
    button(test, "Undo").click().run()
    assert not test.exception and "everything is as it was" in said(test)
    assert rows(db, "select * from households") == before
    assert not [each for each in test.button if each.label == "Undo"]


def test_what_was_changed_since_stands_in_the_way(app, db, store):
    test = given(app, "binh", NEW, CHANGED)
    button(test, "Import 2 rows").click().run()
    other = connect(store)
    other.conn.execute("update households set note = 'x' where id = 1")
    other.close()
    button(test, "Undo").click().run()
    assert "Changed since" in said(test) and value(db, "select count(*) from households") == 97


def test_a_stranger_finds_neither_the_commune_nor_its_files(app, db):
    test = given(app, "chi", CHANGED)
    assert metrics(test) == ["0", "0", "0", "1"] and "outside the area" in tables(test)
    loaded = given(app, "binh", NEW)
    button(loaded, "Import 1 row").click().run()
    assert "No file has been imported yet" in said(app("chi", "exchange"))
    assert "ho.xlsx" in said(app("dung", "exchange"))


def test_the_province_takes_out_a_district_or_a_commune_at_a_time(app):
    options = app("mai", "exchange").selectbox(key="exchange_from").options
    assert "Huyện Gò Dầu" in options and not [option for option in options if option.startswith("All of")]


def test_the_district_loads_for_its_communes(app, db):
    options = app("dung", "exchange").selectbox(key="exchange_area").options
    assert options == ["All of Thành phố Tây Ninh", "Phường 1", "Phường 3"]
    test = given(app, "dung", CHANGED)
    button(test, "Import 1 row").click().run()
    assert "Imported: 0 new, 1 changed" in said(test)
    assert value(db, "select person_count from households where id = 1") == 5


def test_what_is_no_list_is_refused_in_a_sentence(app):
    assert "only files that end" in said(given(app, "binh", data=b"Xin chao", name="thu.docx")).casefold()
    assert "No row of headings" in said(given(app, "binh", data=excel(["a"], headings=["Thơ"])))


def test_old_fonts_are_converted_only_when_asked(app):
    line = [None, "khu phè 1", "NguyÔn ThÞ Thu H»ng", "HÎm 9", "3", "0912345678", None]
    headings = ["M· hé", "Êp, khu phè", "Hä tªn chñ hé", "Ngâ, hÎm", "Sè nh©n khÈu", "§iÖn tho¹i", "Mµu cöa"]
    test = given(app, "binh", data=excel(line, headings=headings))
    assert "old font TCVN3" in said(test) and not test.metric
    choice = next(each for each in test.button_group if each.label == "Convert the text?")
    choice.set_value("yes").run()
    assert metrics(test) == ["1", "0", "0", "0"] and "Nguyễn Thị Thu Hằng" in tables(test)


def test_in_vietnamese_the_columns_have_their_vietnamese_names(app):
    test = app("binh", "exchange", language="vi")
    test.file_uploader[0].upload("ho.xlsx", excel(NEW), "application/octet-stream").run()
    assert not test.exception and "Họ tên chủ hộ" in said(test)


def test_every_list_can_be_taken_out(app):
    labels = [each.label for each in app("binh", "exchange").get("download_button")]
    assert labels == ["Empty form", "Current list"] * len(set(kinds.KINDS) - {"persons"})


def test_no_sheet_is_passed_over_in_silence(app):
    hidden = given(app, "binh", data=damaged.xlsx(damaged.ROWS, hidden=True))
    assert "Hidden sheets are not read: Nháp." in said(hidden)
    other = [None, "khu phố 2", "Lê Thị Mới", "Hẻm 1", 2, None, None]
    sheets = [Sheet("KP 1", HEADINGS, [NEW]), Sheet("KP 2", HEADINGS, [other]), Sheet("Tổng hợp", ["Số liệu"], [[7]])]
    several = given(app, "binh", data=book(sheets))
    assert "2 sheets (KP 1, KP 2)" in said(several) and metrics(several) == ["2", "0", "0", "0"]
    assert "The sheet “Tổng hợp” (2 rows) is not read" in said(several) and "Số liệu · 7" in said(several)


def question(test, heading):
    """The list to choose from at a column."""
    return next(each for each in test.selectbox if f"· {heading}** –" in each.label)


def test_an_unknown_column_is_matched_by_hand_and_remembered_until_it_is_forgotten(app, db):
    test = given(app, "binh", NEW)
    assert "1 column is not read" in said(test) and question(test, "Màu cửa").label.endswith("xanh")
    question(test, "Màu cửa").set_value("note").run()
    assert not test.exception and "is not read" not in said(test)
    button(test, "Import 1 row").click().run()
    assert value(db, "select note from households where id > 96") == "xanh"
    again = given(app, "binh", [*NEW[:2], "Lê Thị Khác", *NEW[3:]])
    assert "is not read" not in said(again) and "“Màu cửa” → **Note**" in said(again)
    button(again, "Forget").click().run()
    assert not again.exception and "1 column is not read" in said(again)
    assert "removed the remembered meaning of the list heading “Màu cửa”" in act_sentences.sentence(
        {"detail": {}, "names": {}, **rows(db, "select action, subject from audit_log order by id desc limit 1")[0]}
    )


def test_a_column_is_left_out_by_choice(app):
    test = given(app, "binh", NEW)
    question(test, "Màu cửa").set_value("").run()
    assert "Skipped columns: Màu cửa." in said(test) and "is not read" not in said(test)


def test_headings_nobody_knows_are_matched_in_the_row_where_they_stand(app, db):
    lines = [["Nơi chốn", "Người đứng tên sổ", "Tổng nhân sự"], ["khu phố 1", "Lê Thị Sổ", 4]]
    data = book([Sheet("DS", ["Danh mục", "", ""], lines)])
    test = given(app, "binh", data=data)
    row = next(each for each in test.selectbox if each.label == "Row of the headings")
    assert "No row of headings" in said(test) and row.options[row.value].startswith("2: Nơi chốn")
    for heading, column in zip(lines[0], ("hamlet_code", "head_name", "person_count"), strict=True):
        question(test, heading).set_value(column).run()
        assert not test.exception
    assert metrics(test) == ["1", "0", "0", "0"]
    button(test, "Import 1 row").click().run()
    assert value(db, "select head_name from households where id > 96") == "Lê Thị Sổ"


def test_blocks_and_what_is_passed_over_are_told(app):
    blocks = ["STT", "Ấp, khu phố", "Họ và tên", "Quan hệ với chủ hộ", "Nam", "Nữ"]
    lines = [
        [1, "khu phố 1", "Lê Thị Sổ", "Chủ hộ", "", 1950],
        ["", "", "Trần Văn Con", "Con", 1980, ""],
        ["", "", "Tổng cộng", "1 hộ"],
    ]
    test = given(app, "binh", data=excel(*lines, headings=blocks))
    assert "1 households with 2 persons" in said(test) and "Total: 3 entries from 2 rows" in said(test)
    assert "Tổng cộng · 1 hộ" in tables(test) and "Sex" in said(test)


def test_rows_that_nobody_sees_are_told_and_left_out_when_asked(app):
    made = load_workbook(io.BytesIO(excel(NEW, [None, "khu phố 1", "Trần Văn Ẩn", "Hẻm 9", 3, None, None])))
    made.active.row_dimensions[3].hidden = True
    made.active["F2"] = "=1/0"
    out = io.BytesIO()
    made.save(out)
    test = given(app, "binh", data=out.getvalue())
    assert "hidden rows are read like the others: 3." in said(test) and metrics(test) == ["2", "0", "0", "0"]
    assert "Cell F2 is skipped" in said(test)
    assert "Check first: 1 hidden row is read" in said(test)
    test.toggle(key="exchange_shown").set_value(True).run()
    assert not test.exception and metrics(test) == ["1", "0", "0", "0"] and "hidden row is read" not in said(test)


TWINS = [
    [None, "khu phố 1", "Lò Văn Thuỷ", None, 4, "0912345678", None],
    [None, "khu phố 1", "Lò Văn Thủy", None, 4, "0912345678", None],
    [None, "khu phố 1", "LÒ V. THUỶ", "Hẻm 3", 4, "0912345678", None],
]


def test_the_clerk_says_which_rows_are_the_same_household_and_which_are_new(app, db):
    test = given(app, "binh", *TWINS)
    assert metrics(test) == ["3", "0", "0", "0"]
    assert any("2 rows may be households already known" in each.label for each in test.expander)
    told = "Row 3: Lò Văn Thủy. Possibly the same as row 2"
    row = next(each for each in test.button_group if each.label.replace("\\", "").startswith(told))
    assert row.value == "new"
    row.set_value("same")
    button(test, "Preview again with these answers").click().run()
    assert not test.exception and metrics(test) == ["2", "0", "1", "0"]
    button(test, "Import 2 rows").click().run()
    assert rows(db, "select head_name, lane from households where id > 96") == [
        {"head_name": "Lò Văn Thuỷ", "lane": None},
        {"head_name": "Lò V. Thuỷ", "lane": "Hẻm 3"},
    ]
    assert metrics(given(app, "binh", *TWINS))[2:] == ["2", "0"]


def test_an_answer_that_was_not_looked_at_again_keeps_the_file_from_being_loaded(app):
    test = given(app, "binh", *TWINS)
    assert button(test, "Import 3 rows") and [each.label for each in test.expander if "warning" in each.label] == []
    every = next(each for each in test.button_group if each.label == "All of these rows")
    every.set_value("same").run()
    assert not [each for each in test.button if each.label.startswith("Import")] and "before you import" in said(test)
    row = next(each for each in test.button_group if each.label.startswith("Row 3"))
    assert row.value == "same"
    row.set_value("new").run()
    button(test, "Preview again with these answers").click().run()
    assert not test.exception and metrics(test) == ["2", "0", "1", "0"] and "before you import" not in said(test)


def test_the_name_of_a_sheet_is_never_translated(app):
    made = load_workbook(io.BytesIO(excel(NEW)))
    made.active.title, made.active.row_dimensions[2].hidden = "Sheet", True
    out = io.BytesIO()
    made.save(out)
    test = app("binh", "exchange", language="vi")
    test.file_uploader[0].upload("ho.xlsx", out.getvalue(), "application/octet-stream").run()
    assert "Trang tính “Sheet”: các dòng" in said(test)


def test_numbers_are_told_with_what_they_count_and_lists_of_one_sheet_by_their_names(app):
    blocks = ["STT", "Ấp, khu phố", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Số khẩu"]
    lines = [[1, "khu phố 1", "Lê Thị Sổ", "Chủ hộ", 1950, 2], ["", "", "Trần Văn Con", "Con", 1980, ""]]
    test = given(app, "binh", data=excel(*lines, headings=blocks))
    assert "Number of persons: 2" in tables(test) and "Households: 1; Persons: 2" in said(test)
    assert "**Households** · " in said(test) and "**Persons** · " in said(test) and button(test, "Import 3 entries")


def test_all_doubtful_rows_are_answered_at_once(app, db):
    test = given(app, "binh", *TWINS)
    next(each for each in test.button_group if each.label == "All of these rows").set_value("same")
    button(test, "Preview again with these answers").click().run()
    button(test, "Import 1 row").click().run()
    assert rows(db, "select head_name, lane from households where id > 96") == [
        {"head_name": "Lò Văn Thuỷ", "lane": "Hẻm 3"}
    ]


def test_doubtful_rows_of_several_sheets_are_asked_with_their_sheet(app, db):
    headings = ["Ấp, khu phố", "Họ tên chủ hộ", "Số nhân khẩu", "Điện thoại"]
    names = ("Lò Văn Thuỷ", "LÒ VĂN THỦY")
    sheets = [Sheet(f"Trang {n}", headings, [["khu phố 1", names[n - 1], 4, "0912345678"]]) for n in (1, 2)]
    test = given(app, "binh", data=book(sheets))
    asked = [each.label.replace("\\", "") for each in test.button_group if each.label.startswith("Row ")]
    assert any(
        label.startswith("Row 2 (Trang 2): Lò Văn Thủy. Possibly the same as row 2 (Trang 1)") for label in asked
    )
    next(each for each in test.button_group if each.label == "All of these rows").set_value("same")
    button(test, "Preview again with these answers").click().run()
    assert not test.exception and metrics(test) == ["1", "0", "1", "0"]


def test_cells_that_look_right_are_converted_only_when_chosen(app):
    headings = ["M· hé", "Êp, khu phè", "Hä tªn chñ hé", "Ngâ, hÎm", "Sè nh©n khÈu", "§iÖn tho¹i", "Mµu cöa"]
    lines = [[None, "khu phè 1", name, None, "3", None, None] for name in ("NguyÔn ThÞ Thu", "Lú Hõ Chõ")]
    test = given(app, "binh", data=excel(*lines, headings=headings))
    next(each for each in test.button_group if each.label == "Convert the text?").set_value("yes").run()
    assert "Lú Hõ Chõ" in tables(test) and metrics(test) == ["2", "0", "0", "0"]
    test.multiselect(key="exchange_convert_too").set_value(["Lú Hõ Chõ"]).run()
    assert not test.exception and "Lỳ Hừ Chừ" in tables(test)


def test_the_preview_says_which_of_two_communes_of_one_name_a_row_goes_to(app, db):
    with db.conn:
        for code, parent in (("25460", "703"), ("25657", "710")):
            world.add_area(db, code, "commune", "Xã", "Tân Hòa", parent)
            world.add_area(db, f"{code}01", "hamlet", "ấp", "Một", code)
    rows_ = [["Tân Hòa", district, "ấp Một", "Lê Văn Mẫu", 3] for district in ("Gò Dầu", "Tây Ninh", None)]
    headings = ["Xã, phường", "Huyện", "Ấp, khu phố", "Họ tên chủ hộ", "Số nhân khẩu"]
    test = given(app, "mai", data=excel(*rows_, headings=headings))
    assert "write the district" in tables(test).casefold()
    test.segmented_control[0].set_value("new").run()
    assert "Xã Tân Hòa, Huyện Gò Dầu" in tables(test) and "Xã Tân Hòa, Thành phố Tây Ninh" in tables(test)
