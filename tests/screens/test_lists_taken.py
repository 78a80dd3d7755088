"""Lists to take away: what stands in the file is what was found, for whom it was found, and the log says so."""

import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from lib.core import rollup
from lib.core.database import row, rows
from lib.core.errors import NotFound
from lib.core.identity import authentication
from lib.screen import i18n
from lib.screen.widgets import download
from tests import edits, world

NO_RIGHT = ("an", "thu", "quan")


@pytest.fixture
def offered(app, monkeypatch):
    """`offered("binh", "teams")`: the page, and the files its buttons make, by title of the list and form."""
    kept = {}
    real = download._file

    def noted(title, table, form, area):
        make = real(title, table, form, area)
        kept[title, form] = make
        return make

    monkeypatch.setattr(download, "_file", noted)

    def opened(name, page, **query):
        kept.clear()
        return app(name, page, **query), kept

    return opened


def sheet(data: bytes) -> list[list]:
    (drawn,) = load_workbook(io.BytesIO(data)).worksheets
    return [list(line) for line in drawn.iter_rows(values_only=True)]


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def last_line(db) -> dict:
    line = "select action, subject, area_code, detail ->> 'rows_taken' as taken from audit_log"
    return row(db, f"{line} order by id desc limit 1")


def buttons(page) -> list[str]:
    return [each.proto.label for each in page.get("download_button")]


def test_the_file_holds_every_household_found_and_not_only_those_shown(offered, as_, db):
    for number in range(200, 210):
        world.add_household(db, number, "25456", "2545601", number)
    db.conn.execute("update households set phone = '0912345678' where id = 9")
    page, files = offered("binh", "households")
    assert "1 to 50 are shown" in " ".join(caption.value for caption in page.caption)
    lines = sheet(files["Households", "xlsx"](*as_("binh")))
    assert lines[0][:4] == ["Code", "Head of household", "Commune", "Hamlet"] and len(lines) == 1 + 58
    assert {line[0] for line in lines[1:]} == {
        each["code"] for each in rows(db, "select code from households where commune_code = '25456'")
    }
    (an,) = [line for line in lines if line[0] == "25456-0009"]
    assert an[6] == "0912 345 678" and an[8:10] == ["Trần Văn An", "Tổ Covid cộng đồng số 01"]
    assert last_line(db) == {"action": "list.export", "subject": "Households", "area_code": "25456", "taken": 58}


def test_the_file_holds_what_the_search_found(offered, as_, db):
    page, files = offered("dung", "households")
    assert not files  # nothing is listed yet
    page.selectbox(key="household_commune").set_value("25456").run()
    page.text_input(key="household_query").set_value("duc le hoang").run()
    lines = table(files["Households", "csv"](*as_("dung")))
    assert [line[0] for line in lines[1:]] == ["25456-0008", "25456-0032"]
    assert (last_line(db)["area_code"], last_line(db)["taken"]) == ("25456", 2)


def test_teams_and_their_members_are_two_files(offered, as_, db):
    db.conn.execute("update teams set decision_no = null where id = 2")
    page, files = offered("binh", "teams")
    bound = as_("binh")
    assert len(sheet(files["Community Covid teams", "xlsx"](*bound))) == 1 + 2
    page.toggle(key="teams_warned").set_value(True).run()
    lines = sheet(files["Community Covid teams", "xlsx"](*bound))
    assert [line[1:8] for line in lines[1:]] == [
        ["khu phố 2", "Tổ Covid cộng đồng số 02", "Active", "01/08/2021", 3, 24, "Mai Văn Hai"]
    ]
    people = sheet(files["Team members", "xlsx"](*bound))
    assert [(line[2], line[4], line[7], line[10]) for line in people[1:]] == [
        ("Tổ Covid cộng đồng số 02", "Leader", "0912 000 004", 8),
        ("Tổ Covid cộng đồng số 02", "Member", "0912 000 005", 8),
        ("Tổ Covid cộng đồng số 02", "Member", "0912 000 006", 8),
    ]
    assert last_line(db)["taken"] == 3


def test_the_households_left_today_are_taken_from_the_work_list(offered, as_, db):
    edits.visit(db, 1, "met")
    edits.visit(db, 2, "absent")
    for name, left in (("binh", 46), ("lan", 22)):
        _page, files = offered(name, "home")
        lines = sheet(files["Households not visited yet", "xlsx"](*as_(name)))
        assert len(lines) == 1 + left and not {"25456-0001", "25456-0002"} & {line[0] for line in lines}
        assert last_line(db)["taken"] == left
    assert lines[1][5:8] == ["Not visited", "Phạm Thị Lan", "0912 000 001"]


def test_the_whole_list_of_doors_and_not_one_page_is_taken_from_the_board(offered, as_, db):
    for number in range(300, 330):
        world.add_household(db, number, "25456", "2545601", number)
        world.add_assignment(db, number, 2, 1)
    rollup.recount(db, teams={1}, hamlets={"2545601"}, since=world.DAY)
    _page, files = offered("binh", "leaderboard", area="25456", doors="unseen")
    ((title, _form), make), *_rest = files.items()
    assert title.startswith("Not reached yet") and len(sheet(make(*as_("binh")))) == 1 + 78


def test_history_is_taken_as_it_was_searched(offered, as_, db):
    for code in ("25456-0003", "25456-0004"):
        db.conn.execute(
            """insert into audit_log (at, account_id, role, action, area_code, subject, detail)
               values (?, 3, 'commune', 'household.edit', '25456', ?, '{"commitment_day": [null, "2021-08-02"]}')""",
            [f"{world.DAY}T03:00:00Z", code],
        )
    page, files = offered("binh", "history")
    page.text_input(key="history_query").set_value("25456-0003").run()
    (line,) = sheet(files["History", "xlsx"](*as_("binh")))[1:]
    assert line[:3] == ["10:00 16/08/2021", "Lê Thanh Bình", "Commune staff"]
    assert world.head_name(3) in line[3] and "02/08/2021" in line[3]


@pytest.mark.parametrize("name", NO_RIGHT)
@pytest.mark.parametrize(
    ("page", "query"),
    [("households", {}), ("teams", {}), ("home", {}), ("history", {}), ("leaderboard", {"doors": "unseen"})],
)
def test_who_takes_no_lists_sees_no_button(offered, name, page, query):
    drawn, files = offered(name, page, **query)
    assert not drawn.exception and buttons(drawn) == [] and files == {}


def test_a_stranger_s_file_holds_nothing_of_another_commune(offered, as_, db):
    """Even with the very button of somebody else: the rows are read with the right of who presses."""
    files = {}
    for page in ("households", "teams", "home"):
        files |= offered("binh", page)[1]
    files |= offered("binh", "leaderboard", area="25456", doors="unseen")[1]
    assert len(files) == 10
    for make in files.values():
        told = make(*as_("chi"))
        if told.startswith(b"PK"):
            told = str(sheet(told)).encode()
        assert not re.search("25456|Trần Văn An|Phạm Thị Lan|Phường 1", told.decode())


def test_the_right_may_have_ended_since_the_page_was_drawn(offered, as_, db):
    _page, files = offered("binh", "households")
    _db, user = as_("binh")
    run = download.maker(replace(user, address="10.0.0.7"), files["Households", "xlsx"])
    assert run().startswith(b"PK")
    assert row(db, "select address from audit_log order by id desc limit 1") == {"address": "10.0.0.7"}
    db.conn.execute("update grants set until_day = ? where account_id = 3", [world.DAY])
    with pytest.raises(Exception, match="no such record"):
        run()


def test_the_session_may_have_ended_since_the_page_was_drawn(as_):
    """Signed out on another device, an open page takes out nothing more."""
    bound, user = as_("binh")
    run = download.maker(user, lambda db, user: b"names")
    assert run() == b"names"
    authentication.end_sessions(bound, user, now=world.NOW)
    with pytest.raises(NotFound):
        run()


@pytest.mark.parametrize(("language", "word"), [("vi", "Khu phố"), ("en", "Hamlet")])
def test_the_file_speaks_the_visitor_s_language_in_a_thread_of_its_own(as_, monkeypatch, language, word):
    _db, user = as_("binh")
    with monkeypatch.context() as run_of_page:
        run_of_page.setattr(i18n, "language", lambda: language)
        make = download.maker(user, lambda db, user: i18n._("Hamlet").encode())
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(make).result().decode() == word
