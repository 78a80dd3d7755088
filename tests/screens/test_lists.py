"""What is missing on the lists stands first, on every page; nothing is green while a commune has none."""

import json

import pytest

from lib.core import rollup
from lib.core.database import value
from lib.register.areas import expected_shares
from tests import alone, edits, world


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    file = tmp_path_factory.mktemp("alone") / "alone.db"
    alone.build(file)
    return file


def said(page) -> str:
    return " ".join(each.value for each in [*page.markdown, *page.success, *page.info, *page.caption, *page.warning])


def parts(page) -> list[dict]:
    return [json.loads(element.proto.json) for element in page.main if element.type == "bidi_component"]


def table(page) -> list[dict]:
    return next(part["rows"] for part in parts(page) if "ask" in part and part["ask"])


def green(page) -> list[str]:
    return [each.value for each in page.success]


FIRST = "93 of 94 communes have no lists yet"


def test_the_board_says_first_what_is_missing_and_counts_every_unit(app, db):
    edits.visit(db, 1, "met")
    page = app("mai", "leaderboard")
    assert FIRST in page.markdown[1].value or FIRST in page.markdown[0].value
    headline = next(part for part in parts(page) if "figures" in part)
    reporting = next(figure for figure in headline["figures"] if figure["name"] == "Units with entries")
    assert (reporting["value"], reporting["small"]) == ("1 / 9", "8 without lists")
    cells = {row["cells"][1]: row["cells"][2] for row in table(page)}
    assert cells["Huyện Gò Dầu"] == "no lists yet" and cells["Thành phố Tây Ninh"] != "no lists yet"


def test_a_district_that_reports_is_not_all_of_them_while_its_communes_lack_lists(app, db):
    edits.visit(db, 1, "met")
    headline = next(part for part in parts(app("dung", "leaderboard", area="703")) if "figures" in part)
    reporting = next(figure for figure in headline["figures"] if figure["name"] == "Units with entries")
    assert (reporting["value"], reporting["small"]) == ("1 / 10", "9 without lists")


def test_a_board_without_any_list_still_names_every_unit(app):
    page = app("mai", "leaderboard", area="710")
    assert "9 of 9 communes have no lists yet" in said(page)
    rows = table(page)
    assert len(rows) == 10 and {row["cells"][2] for row in rows} == {"no lists yet"}


def test_the_big_screen_says_it_on_every_page(app, db):
    alone.expect(db, p72=330_000)
    pages = next(part["pages"] for part in parts(app("mai", "leaderboard", screen="1")) if "pages" in part)
    province = pages[0]
    assert province["short"] and province["lists"].startswith(FIRST)
    assert "24/330,000 households on the lists, 329,976 missing (estimate)" in province["lists"]
    assert all(page["short"] and "have no lists yet" in page["lists"] for page in pages)
    assert {row["said"] for page in pages[1:] for row in page["rows"] if page["code"] != "703"} == {"no lists yet"}


def test_the_wall_of_gaps_names_them_and_never_says_all_is_well(app, db):
    for name, table in (("mai", "93"), ("dung", "9")):
        page = app(name, "gaps")
        assert "communes have no lists yet" in page.markdown[0].value + page.markdown[1].value
        assert not green(page) and "has a responsible member" not in said(page)
        found = next(part for part in parts(page) if "head" in part)
        column = [head["text"] for head in found["head"]].index("No lists")
        assert found["rows"][-1]["cells"][column] == table


@pytest.mark.parametrize("page", ["gaps", "home", "hamlets"])
def test_an_empty_commune_greets_its_first_clerk_without_a_green_tick(app, page):
    drawn = app("chi", page)
    assert "No list of households yet" in said(drawn) and not green(drawn)
    assert "has a responsible member" not in said(drawn) and "has a responsible member" not in said(drawn)


def test_a_calm_wall_stays_green_where_lists_are_complete(app, db):
    alone.expect(db, c25456=25)
    page = app("binh", "gaps")
    assert green(page) == ["Every household on the lists has a responsible member."]
    assert "24/25 households on the lists, 1 missing" in said(page)


def test_a_hamlet_without_households_and_too_few_of_them_are_gaps(app, db):
    alone.expect(db, c25456=40)
    world.add_area(db, *world.AREAS[7])
    rollup.recount(db, hamlets={"2545602"}, since=world.DAY)
    page = app("binh", "gaps")
    assert not green(page) and "has a responsible member" not in said(page)
    assert "**16** Expected households that are not on the lists" in said(page)
    assert "**1** Hamlets without any household" in said(page)


def test_levels_above_begin_their_day_with_what_is_missing(app):
    for name, n in (("mai", 93), ("dung", 9), ("thu", 9), ("son", 0)):
        page = app(name, "home")
        assert f"**{n}** Communes without any list of households yet." in said(page) or not n
        assert ("have no lists yet" in said(page)) == bool(n)


def test_the_health_station_of_an_empty_commune_is_not_thanked(app, db):
    db.conn.execute("update grants set area_code = '25654' where role = 'station'")
    page = app("son", "home")
    assert not green(page) and "No list of households yet" in said(page)


def test_the_report_says_before_it_is_sent_that_lists_are_missing(app, monkeypatch):
    from lib.core import clock

    monkeypatch.setattr(clock, "now", lambda: clock.instant(clock.at(world.DAY, "13:32")))
    for name, told in (
        ("mai", FIRST),
        ("dung", "9 of 10 communes have no lists yet"),
        ("chi", "No list of households"),
    ):
        page = app(name, "report")
        assert told in said(page) and "Nothing is missing." not in said(page)
    assert "chưa có danh sách hộ gia đình" in " ".join(code.value for code in app("mai", "report").code)


# Entering


def fields(page, code):
    return {name: page.text_input(key=f"expected_{code}.0.{name}") for name in ("households", "persons", "source")}


def test_a_clerk_enters_the_number_and_sees_it_stand_beside_the_lists(app, db):
    page = app("binh", "gaps")
    assert "Expected households: not entered yet" in [each.label for each in page.expander]
    typed = fields(page, "25456")
    typed["households"].set_value("40")
    page = page.button(key="expected_25456.0.save").click().run()
    assert "This may not be left empty" in said(page) and expected_shares.all_entered(db) == {}
    typed = fields(page, "25456")
    assert typed["households"].value == "40"
    typed["source"].set_value("Công an phường")
    page = page.button(key="expected_25456.0.save").click().run()
    assert not page.exception and "24/40 households on the lists, 16 missing" in said(page)
    assert "**40 households** · source: Công an phường · entered on 16/08/2021" in said(page)
    page = page.button(key="expected_25456.1.remove").click().run()
    assert expected_shares.all_entered(db) == {} and value(db, "select count(*) from audit_log") == 2


def test_a_share_is_called_an_estimate_and_says_of_what(app, db):
    alone.expect(db, d703=1_000)
    page = app("binh", "gaps")
    assert "Fewer households listed than estimated" in said(page) and not green(page)
    assert "24/100 households on the lists, 76 missing (estimate)" in said(page)
    assert "Estimated 100 households: an equal share of the total of Thành phố Tây Ninh" in said(page)


def test_a_total_below_what_its_communes_come_to_is_told(app, db):
    alone.expect(db, c25456=40, c25459=90, d703=100)
    assert "That is more than the total entered here" in said(app("dung", "gaps"))


def test_the_inspector_reads_and_enters_nothing(app, db):
    alone.expect(db, c25456=40)
    page = app("thu", "gaps")
    assert (
        "40 households" in said(page)
        and not page.text_input
        and not [button for button in page.button if "expected" in (button.key or "")]
    )
    assert "not found" in said(app("thu", "gaps", area="710")).lower() or not app("thu", "gaps", area="710").expander


def test_in_vietnamese_the_first_line_has_no_english_left(app, db):
    alone.expect(db, c25456=30)
    page = app("mai", "leaderboard", language="vi")
    assert "93/94 đơn vị cấp xã chưa có danh sách" in said(page) and "24/30 hộ đã lập danh sách" in said(page)
    page = app("chi", "gaps", language="vi")
    assert "Chưa có danh sách hộ" in said(page) and "communes" not in said(page)
