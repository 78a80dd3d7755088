"""Stores of earlier versions with data in them: what stood there stands after the migration."""

import json

import pytest
from sqlite_utils.utils import sqlite3

from db.migrations import migrations
from lib.core import access, database, text
from lib.core.database import rows
from lib.core.identity import authentication, delegation
from lib.oversight.report_template import versions
from lib.oversight.reports import states
from tests import world


@pytest.fixture
def before_recalls(tmp_path):
    """A store of the version that knew no recalling, with a report that was sent, received and corrected."""
    db = database.connect(tmp_path / "older.db")
    with database.write_schema(db):
        migrations.apply(db, stop_before="m007_recalled_reports")
    db.conn.execute("begin immediate")
    for area in world.AREAS:
        world.add_area(db, *area)
    world.add_account(db, *world.CAST["mai"], grant_id=1)
    told = json.dumps({"narratives": {"difficulties": "Không"}, "manual": {"relief": {"value": 4, "reason": "x"}}})
    for number, deed in enumerate(("submit", "receive", "correct"), start=1):
        db.conn.execute(
            """insert into report_events (id, day, area_code, deed, at, account_id, version, reason, content)
               values (?, ?, '703', ?, ?, 6, 1, 'x', ?)""",
            [number, world.DAY, deed, f"2021-08-16T0{5 + number}:00:00Z", told if deed == "submit" else "{}"],
        )
    db.conn.execute("commit")
    yield db
    db.close()


def test_reports_of_an_older_store_stand_and_can_be_recalled(before_recalls, tmp_path):
    db = before_recalls
    old = rows(db, "select * from report_events order by id")
    database.prepare(tmp_path / "older.db", now=world.NOW)
    assert rows(db, "select * from report_events order by id") == old
    assert states.sent(db, ["703"], world.DAY, by="9")["703"]["manual"]["relief"]["value"] == 4
    assert rows(db, "select area_code, submitted_at, last from reports_counted") == [
        {"area_code": "703", "submitted_at": "2021-08-16T06:00:00Z", "last": "receive"}
    ]
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version)
           values (?, '703', 'recall', '2021-08-16T06:30:00Z', 6, 1)""",
        [world.DAY],
    )
    assert rows(db, "select last from reports_counted") == [], "what is recalled counts as not sent"
    for sql in ("update report_events set version = 2", "delete from report_events"):
        with pytest.raises(sqlite3.IntegrityError):
            db.conn.execute(sql)
    assert not rows(db, "pragma foreign_key_check")


def test_a_delegation_of_an_older_store_is_announced_once(tmp_path):
    db = database.connect(tmp_path / "older.db")
    with database.write_schema(db):
        migrations.apply(db, stop_before="m010_delegations_are_announced")
    db.conn.execute("begin immediate")
    for area in world.AREAS:
        world.add_area(db, *area)
    for number, name in enumerate(("binh", "dung"), start=1):
        world.add_account(db, *world.CAST[name], grant_id=number)
    db.conn.execute(
        """insert into grants (account_id, role, area_code, from_day, until_day, for_account_id, from_hour)
           values (3, 'district', '703', ?, '2021-08-20', 5, '13:50')""",
        [world.DAY],
    )
    db.conn.execute("commit")
    database.prepare(tmp_path / "older.db", now=world.NOW)
    binh = access.user(db, world.CAST["binh"][0], world.DAY)
    [line] = delegation.held(db, binh, world.DAY)
    assert line["in_force"] and line["seen_at"] is None
    delegation.see(db, binh, line["id"], now=world.NOW)
    assert delegation.held(db, binh, world.DAY)[0]["seen_at"]
    db.close()


def test_a_form_of_an_older_store_stands_and_can_ask_for_more(tmp_path):
    db = database.connect(tmp_path / "older.db")
    with database.write_schema(db):
        migrations.apply(db, stop_before="m013_entered_numbers")
    db.conn.execute("begin immediate")
    for area in world.AREAS:
        world.add_area(db, *area)
    world.add_account(db, *world.CAST["mai"], grant_id=1)
    old = [line for line in versions.delivered() if line["code"] != "relief"]
    names = ("code", "position", "block", "name_vi", "name_en", "formula_vi", "formula_en", "function", "unit", "shown")
    for version, made_by in ((1, None), (2, 6)):
        db.conn.execute("insert into templates values (?, '2021-08-01T00:00:00Z', ?, 'x')", [version, made_by])
        db.conn.executemany(
            f"""insert into indicators (version, {", ".join(names)})
                values ({version}, {", ".join(f":{name}" for name in names)})""",
            [line | {"name_vi": f"{line['name_vi']} {version}"} for line in old],
        )
    db.conn.execute("commit")
    database.prepare(tmp_path / "older.db", now=world.NOW)
    told = {line["code"]: line for line in versions.lines(db)}
    assert versions.current(db) == 2 and told["cases_new"]["name_vi"].endswith(" 2") and "relief" not in told
    assert (told["cases_new"]["source"], told["cases_new"]["flow"], told["seen"]["cumulative_unit"]) == (1, 1, "lượt")
    assert [section["number"] for section in versions.sections(db)][:2] == ["I", "II.1"]
    mai = access.user(db, world.CAST["mai"][0], world.DAY)
    asked = [line | {"required": int(line["code"] == "cases_new")} for line in versions.lines(db)]
    assert versions.edit(db, mai, versions.FormEdit(asked, 2, "x"), now=world.NOW) == 3
    assert {line["code"]: line["required"] for line in versions.lines(db)}["cases_new"] == 1
    for table in ("templates", "indicators", "sections"):
        with pytest.raises(sqlite3.IntegrityError):
            db.conn.execute(f"delete from {table}")
    assert not rows(db, "pragma foreign_key_check")
    db.close()


def test_a_lock_out_of_an_older_store_is_let_go_and_counting_goes_on(tmp_path):
    db = database.connect(tmp_path / "older.db")
    with database.write_schema(db):
        migrations.apply(db, stop_before="m014_tries_are_counted_before")
    locked = ["2021-08-16T04:59:00Z", "2021-08-16T05:09:00Z"]
    db.conn.execute("insert into signin_failures values ('account', 'an', 5, ?, ?)", locked)
    db.close()
    database.prepare(tmp_path / "older.db", now=world.NOW)
    db = database.connect(tmp_path / "older.db")
    tries = [authentication.reserve(db, authentication.comer("an", "10.0.0.1"), now=world.NOW) for _try in range(6)]
    assert tries == [True] * 5 + [False]
    db.close()


def test_communes_of_an_older_store_get_their_capitals_and_what_was_sent_keeps_its_words(tmp_path):
    db = database.connect(tmp_path / "older.db")
    with database.write_schema(db):
        migrations.apply(db, stop_before="m017_capitals_of_communes")
    for area in (
        ("01", "province", "Thành phố", "Hà Nội", None),
        ("050", "district", "Huyện", "Thanh Trì", "01"),
        ("00679", "commune", "Xã", "Đại áng", "050"),
        ("00676", "commune", "Xã", "Yên Mỹ", "050"),
        ("03442", "commune", "Xã", "Pa Ủ cũ", "050"),
    ):
        world.add_area(db, *area)
    world.add_account(db, 6, "mai", "Hồ Tuyết Mai", "province", "01", None, None, grant_id=1)
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, version, reason, content, account_id)
           values (?, '00679', 'submit', ?, 1, 'x', ?, 6)""",
        [world.DAY, "2021-08-16T06:00:00Z", json.dumps({"narratives": {"difficulties": "Xã Đại áng"}})],
    )
    sent = rows(db, "select * from report_events")
    db.conn.commit()
    database.prepare(tmp_path / "older.db", now=world.NOW)
    named = dict(db.conn.execute("select code, name from areas where level = 'commune'").fetchall())
    assert named == {"00679": "Đại Áng", "00676": "Yên Mỹ", "03442": "Pa Ủ cũ"}  # what somebody else wrote stays
    assert rows(db, "select * from report_events") == sent
    (line,) = rows(db, "select name, name_folded, name_sort from areas where code = '00679'")
    assert (line["name_folded"], line["name_sort"]) == (text.fold(line["name"]), text.sort_key(line["name"]))
    db.close()


def test_names_of_an_older_store_get_the_one_apostrophe_and_are_found(tmp_path):
    db = database.connect(tmp_path / "older.db")
    with database.write_schema(db):
        migrations.apply(db, stop_before="m016_posts_in_words_and_one_apostrophe")
    for area in world.AREAS:
        world.add_area(db, *area)
    world.add_area(db, "2545603", "hamlet", "buôn", "R’leng", "25456")
    for number, name in ((1, "H’Hen Niê"), (2, "K`Brêu"), (3, "Y Ƀliu"), (4, "Lê Văn Một")):
        world.add_household(db, number, "25456", "2545601", number, name)
        folded = name.casefold().replace("ê", "e").replace("ă", "a").replace("ộ", "o")  # as that version folded
        db.execute("update households set head_folded = ?, search_text = ? where id = ?", [folded, folded, number])
    for team, hamlet, name in ((1, "2545601", "Tổ K’Lích"), (2, "2545602", "Tổ 1")):
        db.execute(
            """insert into teams (id, commune_code, hamlet_code, name, name_folded, name_sort, model, from_day)
               values (?, '25456', ?, ?, ?, '', 'hamlet', ?)""",
            [team, hamlet, name, text.fold(name), world.FOUNDED],
        )
    db.conn.commit()
    database.prepare(tmp_path / "older.db", now=world.NOW)
    heads = [line["head_name"] for line in rows(db, "select head_name from households order by id")]
    assert heads == ["H'Hen Niê", "K'Brêu", "Y Ƀliu", "Lê Văn Một"]
    for line in rows(db, "select head_name, head_folded, search_text from households"):
        assert line["head_folded"] == line["search_text"] == text.fold(line["head_name"])
    assert rows(db, "select name from areas where code = '2545603'") == [{"name": "R'leng"}]
    db.execute(
        "insert into teams (commune_code, hamlet_code, name, name_folded, name_sort, model, from_day)"
        " values ('25456', '2545601', 'Tổ 1', 'to 1', '', 'hamlet', ?)",
        [world.FOUNDED],
    )
    assert rows(db, "select count(*) n from teams where name = 'Tổ 1'") == [{"n": 2}]
    db.close()
